from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "enishi.reviews"
    label = "reviews"
