from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "enishi.jobs"
    label = "jobs"
