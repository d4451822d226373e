"""Addresses of what a person has typed and not sent."""

from django.urls import path

from . import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/<int:draft_id>/discard/", views.discard, name="draft_discard"),
]
