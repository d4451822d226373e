from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "enishi.kit"
    label = "kit"
