"""Whoever comes second, made to wait for the first: races that end one way each time."""

from time import sleep

from django.db import connection


def until_somebody_waits(many=1):
    """Until so many connections wait for a lock; they may be those of threads of the test."""
    for _ in range(1000):
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_locks where not granted")
            if cursor.fetchone()[0] >= many:
                return
        sleep(0.01)
    raise AssertionError("nobody waits")
