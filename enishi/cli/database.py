"""Bringing the database up: start the embedded one, migrate as owner, give the app its rights."""

import sys

MIGRATING = 0x656E6973  # any fixed number: the advisory lock two migrations at once would fight for


def start() -> None:
    """Start the embedded database, unless DATABASE_URL names another one."""
    from django.conf import settings

    from enishi.kit import postgres

    if settings.EMBEDDED_DATABASE is not None:
        postgres.ensure(settings.EMBEDDED_DATABASE)


def stop() -> None:
    from django.conf import settings
    from django.db import connections

    from enishi.kit import postgres

    connections.close_all()
    if settings.EMBEDDED_DATABASE is not None:
        postgres.stop(settings.EMBEDDED_DATABASE)


def migrate(*, verbosity: int = 1) -> None:
    """Bring tables, rights and the one market row up to date. Safe to repeat and to race."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from enishi.kit import clock, roles

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    shared = {"database": "owner", "verbosity": verbosity, "stdout": sys.stderr}
    call_command("migrate", interactive=False, **shared)
    call_command("createcachetable", **shared)
    roles.grant(owner)
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])
    clock.open_market(settings.MODE)
