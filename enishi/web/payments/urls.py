"""Addresses of the way back from the provider, of its webhooks, and of the way to the bank."""

from django.urls import path

from . import bank, views

urlpatterns = [
    path("settings/bank-account/", bank.bank_account, name="bank_account"),
    path("payments/<int:payment_id>/return/", views.returning, name="payment_return"),
    path("webhooks/provider/", views.webhook, name="provider_webhook"),
]
