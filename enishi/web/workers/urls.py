"""Addresses of the worker list."""

from django.urls import path

from . import views

urlpatterns = [
    path("workers/", views.workers, name="workers"),
    path("workers/mine/", views.entry, name="worker_entry"),
]
