from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "enishi.events"
    label = "events"
