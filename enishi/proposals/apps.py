from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "enishi.proposals"
    label = "proposals"
