"""Where one lands after signing in."""

from django.urls import path

from . import views

urlpatterns = [path("desk/", views.desk, name="desk")]
