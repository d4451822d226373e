from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "enishi.drafts"
    label = "drafts"
