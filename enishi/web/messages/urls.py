"""Addresses of conversations."""

from django.urls import path

from . import views

urlpatterns = [
    path("messages/", views.threads, name="threads"),
    path("messages/<int:thread_id>/", views.thread, name="thread"),
    path("messages/<int:thread_id>/search/", views.search, name="thread_search"),
    path("messages/<int:thread_id>/entries/", views.entries, name="thread_entries"),
    path("messages/<int:thread_id>/readings/", views.readings, name="thread_readings"),
    path("messages/<int:thread_id>/no-reply/", views.no_reply, name="thread_no_reply"),
    path("messages/<int:thread_id>/files/<uuid:file_id>/", views.file, name="thread_file"),
]
