"""Addresses of papers."""

from django.urls import path

from . import vault, views

urlpatterns = [
    path("documents/", vault.vault, name="vault"),
    path("documents/papers.zip", vault.vault_archive, name="vault_archive"),
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>.pdf", views.document_pdf, name="document_pdf"),
    path("documents/<uuid:document_id>.json", views.document_record, name="document_record"),
]
