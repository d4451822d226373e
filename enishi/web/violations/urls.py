"""Where browsers tell what a page of ours was kept from doing."""

from django.urls import path

from . import views

urlpatterns = [path("violations/", views.violations, name="violations")]
