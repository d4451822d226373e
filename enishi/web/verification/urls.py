"""What is checked about a person."""

from django.urls import path

from . import phone, views

urlpatterns = [
    path("settings/verification/", views.verifications, name="verifications"),
    path("settings/verification/pledge/", views.pledge, name="verification_pledge"),
    path("settings/verification/phone/", phone.phone, name="verification_phone"),
    path("settings/verification/phone/code/", phone.code, name="verification_phone_code"),
    path(
        "settings/verification/phone/confirmation/",
        phone.confirmation,
        name="verification_phone_confirmation",
    ),
    path(
        "settings/verification/<int:verification_id>/retraction/",
        views.retraction,
        name="verification_retraction",
    ),
    path("settings/verification/<str:kind>/", views.documents, name="verification_documents"),
]
