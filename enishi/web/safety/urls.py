"""Addresses of reports to the office."""

from django.urls import path

from . import views

urlpatterns = [
    path("reviews/<int:review_id>/report/", views.of_review, name="review_report"),
    path("threads/<int:thread_id>/report/", views.of_thread, name="thread_report"),
    path("contracts/<int:contract_id>/report/", views.of_contract, name="contract_report"),
    path("reports/<int:report_id>/", views.report, name="report"),
]
