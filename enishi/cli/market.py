"""What every command that touches the market does first: check the environment, wake Django and
the database."""

import os
from datetime import datetime

from enishi.kit import patience

from . import database, environment, folder, provider


def load(*, starting: bool = False) -> None:
    """Read the settings and load the applications; the database is not touched."""
    environment.check()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.settings")
    provider.settle(starting=starting)
    patience.of_commands()
    import django

    django.setup()
    from django.utils import translation

    translation.activate("en")


def enter(*, starting: bool = False) -> None:
    """Load, and start the embedded database if this market lives in one. `starting`: this command
    brings up a sandbox of its own."""
    load(starting=starting)
    database.start()


def refuse_while_running() -> None:
    """A past cannot be walked in a running market: its worker moves every clock to the present."""
    if folder.is_running():
        raise environment.UsageError("Enishi is running: end it there with Ctrl-C first.")


def now() -> datetime:
    from enishi.kit import clock

    return clock.now()


def url() -> str:
    from django.conf import settings

    return str(settings.URL)


def is_live() -> bool:
    from django.conf import settings

    return bool(settings.LIVE)
