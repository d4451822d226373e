"""Addresses of what a person is told, and of the pass to the live stream."""

from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.notifications, name="notifications"),
    path("notices/readings/", views.readings, name="notice_readings"),
    path("notices/counts/", views.counts, name="notice_counts"),
    path("stream-token/", views.stream_token, name="stream_token"),
]
