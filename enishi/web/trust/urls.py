"""Addresses of the page that explains what is known about a person."""

from django.urls import path

from . import views

urlpatterns = [path("people/<int:account_id>/trust/", views.person_trust, name="person_trust")]
