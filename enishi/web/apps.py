from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "enishi.web"
    label = "web"
