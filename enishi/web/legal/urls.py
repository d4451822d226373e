"""Addresses of the texts anyone may read."""

from django.urls import path

from . import views

urlpatterns = [
    path("terms/", views.terms, name="terms"),
    path("privacy/", views.privacy, name="privacy"),
    path("legal-notice/", views.legal_notice, name="legal_notice"),
    path("fees/", views.fees, name="fees"),
    path("safety/", views.safe, name="safe"),
    path("deadlines/", views.clocks, name="clocks"),
    path("pledge/", views.pledge, name="pledge"),
    path("help/", views.questions, name="help"),
]
