from django.apps import AppConfig


class ContractsConfig(AppConfig):
    name = "enishi.contracts"
    label = "contracts"
