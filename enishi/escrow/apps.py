from django.apps import AppConfig


class EscrowConfig(AppConfig):
    name = "enishi.escrow"
    label = "escrow"
