from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "enishi.documents"
    label = "documents"
