from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "enishi.messaging"
    label = "messaging"
