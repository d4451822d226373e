from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "enishi.files"
    label = "files"
