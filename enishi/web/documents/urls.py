"""Addresses of papers."""

from django.urls import path

from . import bookkeeping, vault, views, yearly

urlpatterns = [
    path("documents/", vault.vault, name="vault"),
    path("documents/papers.zip", vault.vault_archive, name="vault_archive"),
    path("documents/bookkeeping/", bookkeeping.bookkeeping, name="bookkeeping"),
    path("documents/bookkeeping.csv", bookkeeping.bookkeeping_table, name="bookkeeping_table"),
    path("documents/payments/", yearly.payments, name="payments"),
    path("documents/payments.csv", yearly.payments_table, name="payments_table"),
    path("documents/payments/records/", yearly.payment_records, name="payment_records"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>.pdf", views.document_pdf, name="document_pdf"),
    path("documents/<uuid:document_id>.json", views.document_record, name="document_record"),
]
