"""The one connection to the database: it hears the journal and, between, asks who may stay."""

import asyncio
import logging
from typing import Any

import psycopg
from django.conf import settings

from enishi.notifications.stream_pass import Pass

from .hub import Hub

CHANNEL = "enishi"  # as the journal calls it
CHECK_EVERY = 5.0  # seconds; a suspended person's stream is closed within twice that (A4)
LONGEST_PAUSE = 10.0

# A sign-in holds while its session does, the account may act, and neither a new
# password nor a suspension came between. Who acts for an organisation holds its stream as well, as
# long as they are a member and neither of the two is stopped (PE3, A4).
HOLDS = """
    select heard.id, signed_in.id,
           left(encode(sha256(convert_to(
               account.password || ':' || account.session_epoch, 'UTF8')), 'hex'), 16)
      from usersessions_usersession signed_in
      join accounts_account account on account.id = signed_in.user_id
      join django_session session on session.session_key = signed_in.session_key
      cross join lateral (
            select account.id
             union all
            select organisation.id from organisations_membership membership
              join accounts_account organisation on organisation.id = membership.organisation_id
             where membership.account_id = account.id and membership.status = 'active'
               and organisation.is_active) heard
     where signed_in.id = any(%s) and account.is_active and session.expire_date > now()
"""

log = logging.getLogger(__name__)


def address() -> dict[str, Any]:
    """The application's own database, in the driver's words."""
    database = settings.DATABASES["default"]
    named = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
    }
    return {key: value for key, value in named.items() if value} | database.get("OPTIONS", {})


async def listen(hub: Hub) -> None:
    """Serve the hub for ever. A lost connection is made anew, ever more patiently."""
    pause = 0.5
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(
                **address(), autocommit=True, application_name="enishi-stream"
            ) as connection:
                await connection.execute(f"listen {CHANNEL}")
                hub.refresh()
                pause = 0.5
                await _serve(connection, hub)
        except psycopg.OperationalError as error:
            log.warning("The stream lost the database: %s", error)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _serve(connection: psycopg.AsyncConnection[Any], hub: Hub) -> None:
    while True:
        async for notice in connection.notifies(timeout=CHECK_EVERY):
            hub.tell(notice.payload)
        if holders := hub.holders():
            asked = [holder.sign_in_id for holder in holders]
            found = await connection.execute(HOLDS, [asked])
            still = {Pass(*row) for row in await found.fetchall()}
            # Whoever came while the database answered is asked about in the next round.
            hub.keep_only(still | (hub.holders() - holders))
