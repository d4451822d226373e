"""Addresses of profiles."""

from django.urls import path

from . import invoicing, views

urlpatterns = [
    path("people/<int:account_id>/", views.person, name="person"),
    path("people/<int:account_id>/image/<uuid:image_id>/", views.image, name="person_image"),
    path("settings/invoices/", invoicing.invoice_registration, name="invoice_registration"),
    path("profile/", views.profile, name="profile"),
]
