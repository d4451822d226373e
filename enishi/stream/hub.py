"""Who is connected, and what is handed to them. No network and no database here."""

import asyncio
from collections import defaultdict
from collections.abc import Collection

from enishi.notifications.stream_pass import Pass

ROOM = 32  # events a slow reader may lag behind
MOST_PER_ACCOUNT = 16  # browsers of one person; the oldest makes room
EVERYONE = "*"

REFRESH = b"event: refresh\ndata: -\n\n"
ALIVE = b": alive\n\n"


class Stream:
    """One open connection. It is ended rather than made to wait: the page then asks anew."""

    def __init__(self, holder: Pass) -> None:
        self.holder = holder
        self.is_over = asyncio.Event()
        self._events: asyncio.Queue[bytes] = asyncio.Queue(ROOM)

    def put(self, event: bytes) -> None:
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            self.is_over.set()

    async def next(self, patience: float) -> bytes:
        """The next event, or a sign of life when none came for `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                return await self._events.get()
        except TimeoutError:
            return ALIVE


class Hub:
    def __init__(self) -> None:
        self._streams: dict[int, list[Stream]] = defaultdict(list)

    def join(self, holder: Pass) -> Stream:
        stream = Stream(holder)
        mine = self._streams[holder.account_id]
        mine.append(stream)
        if len(mine) > MOST_PER_ACCOUNT:
            mine.pop(0).is_over.set()
        stream.put(REFRESH)  # what happened before the connection stood was not heard
        return stream

    def leave(self, stream: Stream) -> None:
        mine = self._streams[stream.holder.account_id]
        if stream in mine:
            mine.remove(stream)
        if not mine:
            del self._streams[stream.holder.account_id]

    def tell(self, payload: str) -> None:
        """Hand on `<event id> <account,account,…>` to the streams of exactly these accounts."""
        event_id, _, accounts = payload.partition(" ")
        news = f"event: news\ndata: {int(event_id)}\n\n".encode()
        concerned = (
            list(self._streams)
            if accounts == EVERYONE
            else [int(account) for account in accounts.split(",") if account]
        )
        for account_id in concerned:
            for stream in self._streams.get(account_id, ()):
                stream.put(news)

    def refresh(self) -> None:
        """The line to the database was cut: something may have been missed."""
        for stream in self._all():
            stream.put(REFRESH)

    def holders(self) -> set[Pass]:
        return {stream.holder for stream in self._all()}

    def keep_only(self, holders: Collection[Pass]) -> None:
        """End the streams of everyone else: signed out, suspended, or the password is new."""
        for stream in self._all():
            if stream.holder not in holders:
                stream.is_over.set()

    def _all(self) -> list[Stream]:
        return [stream for mine in self._streams.values() for stream in mine]
