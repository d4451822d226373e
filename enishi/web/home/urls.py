"""The front page, and what a browser keeps for the time without a connection."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("offline/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
]
