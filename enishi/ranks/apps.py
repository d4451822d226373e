from django.apps import AppConfig


class RanksConfig(AppConfig):
    name = "enishi.ranks"
    label = "ranks"
