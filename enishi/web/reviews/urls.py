"""Addresses of reviews."""

from django.urls import path

from . import views

urlpatterns = [
    path("contracts/<int:contract_id>/review/", views.review, name="review"),
    path("reviews/<int:review_id>/reply/", views.reply, name="review_reply"),
    path("people/<int:account_id>/reviews/", views.person_reviews, name="person_reviews"),
]
