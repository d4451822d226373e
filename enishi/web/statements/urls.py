"""Addresses of statements."""

from django.urls import path

from . import views

urlpatterns = [
    path("statements/", views.statement, name="statement"),
    path("statements/month.csv", views.statement_table, name="statement_table"),
]
