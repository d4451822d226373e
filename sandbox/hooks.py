"""Webhooks: signed, sent at least once, retried with growing pauses, in no promised order."""

import asyncio
import hashlib
import hmac
import json

import httpx

from .box import Box
from .store import now, precisely
from .web import public

ATTEMPTS = 16
PAUSE_MOST = 3600.0
AT_ONCE = 8


def signature(secret: str, body: bytes, at: int) -> str:
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class Sender:
    def __init__(self, box: Box) -> None:
        self.box = box
        # Only loopback and the operator's own market are called: no proxy from the environment.
        self.client = httpx.AsyncClient(timeout=10, trust_env=False)
        self.lock = asyncio.Lock()

    async def deliver_due(self) -> int:
        """Send what is due. Returns how many were tried."""
        if self.box.shapes.is_paused or not self.box.settings.webhook_url:
            return 0
        async with self.lock:
            newest_first = self.box.shapes.reversed
            rows = self.box.store.db.execute(
                "select d.id, d.attempts, o.body from deliveries d"
                " join objects o on o.id = d.event where d.status = 'due' and d.at <= ?"
                f" order by d.id {'desc' if newest_first else 'asc'} limit ?",
                (precisely(), AT_ONCE),
            ).fetchall()
            if newest_first:
                for row in rows:
                    await self._send(*row)
            else:
                await asyncio.gather(*(self._send(*row) for row in rows))
            return len(rows)

    async def _send(self, delivery: int, attempts: int, event: str) -> None:
        body = json.dumps(public(json.loads(event)), ensure_ascii=False).encode()
        settings = self.box.settings
        headers = {
            "content-type": "application/json; charset=utf-8",
            "stripe-signature": signature(settings.webhook_secret, body, now()),
        }
        try:
            answer = await self.client.post(settings.webhook_url, content=body, headers=headers)
            taken = answer.is_success
        except httpx.HTTPError:
            taken = False
        status = "sent" if taken else "due" if attempts + 1 < ATTEMPTS else "given_up"
        pause = min(2.0**attempts, PAUSE_MOST)
        self.box.store.db.execute(
            "update deliveries set status = ?, attempts = attempts + 1, at = ? where id = ?",
            (status, precisely() + pause, delivery),
        )

    async def close(self) -> None:
        await self.client.aclose()
