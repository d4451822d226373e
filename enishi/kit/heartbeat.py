"""What runs by itself says when it was last done, so that its silence is heard."""

from django.db import connection

BEAT = """
    insert into kit_heartbeat (name, at) values (%s, now())
    on conflict (name) do update set at = excluded.at"""


def beat(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [name])
