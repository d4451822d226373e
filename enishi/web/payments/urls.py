"""Addresses of the way back from the provider, of its webhooks, and of the way to the bank."""

from django.urls import path

from . import bank, chargebacks, views

urlpatterns = [
    path("settings/bank-account/", bank.bank_account, name="bank_account"),
    path("payments/<int:payment_id>/return/", views.returning, name="payment_return"),
    path("chargebacks/<int:chargeback_id>/", chargebacks.chargeback, name="chargeback"),
    path("chargebacks/<int:chargeback_id>/repayment/", chargebacks.repayment, name="repayment"),
    path("webhooks/provider/", views.webhook, name="provider_webhook"),
]
