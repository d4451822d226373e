"""The stream process: server-sent events that say only “something concerns you, look again”.

Raw ASGI, one process, one database connection for all readers. Pages and content stay elsewhere.
"""

import asyncio
import logging.config
import os
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.settings")

from django.conf import settings

from enishi.notifications import stream_pass
from enishi.notifications.stream_pass import Pass

from .hub import Hub, Stream
from .listener import listen

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = "/stream"
KEEP_ALIVE = 25.0  # seconds; below the patience of proxies

logging.config.dictConfig(settings.LOGGING)  # uvicorn's own lines would quote passes

hub = Hub()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _answer(scope, receive, send)
    else:
        await send({"type": "websocket.close"})


async def _live(receive: Receive, send: Send) -> None:
    """The listener lives exactly as long as the process serves."""
    await receive()
    listening = asyncio.create_task(listen(hub))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening
    await send({"type": "lifespan.shutdown.complete"})


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    status, holder = _who(scope)
    if holder is None:
        await _refuse(send, status)
        return
    await send({"type": "http.response.start", "status": 200, "headers": _headers()})
    stream = hub.join(holder)
    try:
        await _until_over(stream, receive, send)
    finally:
        hub.leave(stream)


def _who(scope: Scope) -> tuple[int, Pass | None]:
    """Only our own pages may ask, with a pass that is still fresh."""
    if scope["path"] != PATH:
        return 404, None
    if scope["method"] != "GET":
        return 405, None
    headers = dict(scope["headers"])
    if headers.get(b"origin", settings.URL.encode()) != settings.URL.encode():
        return 403, None
    query = parse_qs(scope["query_string"].decode("latin-1"))
    holder = stream_pass.read(query.get("token", [""])[0])
    return (200, holder) if holder else (401, None)


async def _until_over(stream: Stream, receive: Receive, send: Send) -> None:
    """Whichever comes first: the reader leaves, the hub ends the stream, the writing fails."""
    ends = [
        asyncio.create_task(_gone(receive)),
        asyncio.create_task(stream.is_over.wait()),
        asyncio.create_task(_write(stream, send)),
    ]
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        stream.is_over.set()  # the server stops; the page asks again by itself
    finally:
        for end in ends:
            end.cancel()
        await asyncio.gather(*ends, return_exceptions=True)
    if stream.is_over.is_set():
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b""})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(stream: Stream, send: Send) -> None:
    while True:
        event = await stream.next(KEEP_ALIVE)
        await send({"type": "http.response.body", "body": event, "more_body": True})


def _headers() -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *_cors(),
    ]


def _cors() -> list[tuple[bytes, bytes]]:
    return [(b"access-control-allow-origin", settings.URL.encode()), (b"vary", b"origin")]


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _cors()})
    await send({"type": "http.response.body", "body": b""})
