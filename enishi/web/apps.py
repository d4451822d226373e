from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "enishi.web"
    label = "web"

    def ready(self) -> None:
        from . import tracing
        from .accounts import checks

        checks.throttles_are_shared()
        tracing.listen()
