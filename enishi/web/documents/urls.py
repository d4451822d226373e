"""Addresses of papers."""

from django.urls import path

from . import views

urlpatterns = [
    path("documents/<uuid:document_id>/", views.document, name="document"),
    path("documents/<uuid:document_id>.pdf", views.document_pdf, name="document_pdf"),
    path("documents/<uuid:document_id>.json", views.document_record, name="document_record"),
]
