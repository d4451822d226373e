from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "enishi.payments"
    label = "payments"
