"""Addresses of the way back from the provider, and of its webhooks."""

from django.urls import path

from . import views

urlpatterns = [
    path("payments/<int:payment_id>/return/", views.returning, name="payment_return"),
    path("webhooks/provider/", views.webhook, name="provider_webhook"),
]
