"""An upload while it comes in: counted before it is written, cut off when it crawls (F4).

Django's own handler would fill the disk with whatever anyone sends to any form, and only then ask
who it is. Bytes beyond a limit are counted but not kept: the form then says by how much it failed,
and the other boxes keep what was typed.
"""

import os
import secrets
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from enishi.kit.failpoints import failpoint

from . import queries

INCOMING = "incoming"
MOST_IN_MEMORY = 64  # megabytes of one form whose files must not touch the disk
MEGABYTE = 1024 * 1024
GRACE = 120.0  # seconds in which a slow line may gather speed
SLOWEST = 8 * 1024  # bytes a second, on average
FILES_MOST = 50  # in one form
SIGN_OF_LIFE = 30.0  # seconds, far less than the sweep takes for broken


class Crawling(BadRequest):
    """So slow that it only keeps a place busy."""


class Cut(BadRequest):
    """The sender was gone before the end: half a file must not pass for a whole one."""


class Received(UploadedFile):
    """A file that came in. Its size is what was counted, whatever the sender said; `is_kept` tells
    whether its bytes are there. It is gone when it is closed or forgotten."""

    is_kept = True
    is_over_day = False
    digest = b""  # SHA-256 of all that came

    def close(self) -> None:
        super().close()
        if isinstance(self.file.name, str):  # what lies in memory has a number for a name
            Path(self.file.name).unlink(missing_ok=True)

    def __del__(self) -> None:
        self.close()


class Receiving(FileUploadHandler):
    """One for each request; Django calls it file after file."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.started = time.monotonic()
        self.total = self.count = 0
        self.complete: list[Path] = []
        self.touched = self.started
        self._left: int | None = None
        self.open: Any = None
        path = getattr(request, "path", "")
        self.is_secret = path.startswith(tuple(settings.UPLOADS_IN_MEMORY))

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:  # noqa: N803  # Django's word
        self.input, self.promised = input_data, content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.count += 1
        self.digest = sha256()
        self.size, self.over_day, self.over = 0, False, self.count > FILES_MOST
        self.open = self._in_memory() if self.is_secret else self._on_disk()
        failpoint("files.incoming")

    def _on_disk(self) -> IO[bytes]:
        folder = Path(settings.MEDIA_ROOT) / INCOMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (folder / secrets.token_hex(16)).open("xb+")

    def _in_memory(self) -> IO[bytes]:
        """A document of identity is never in the clear on any disk (P1)."""
        return os.fdopen(os.memfd_create(INCOMING), "wb+")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._check_speed(len(raw_data))
        self._touch()
        self.size += len(raw_data)
        self.digest.update(raw_data)
        self.over_day = self.over_day or self.total > self._day_left()
        one, all_of_them = self._limits()
        is_over = self.size > one * MEGABYTE or self.total > all_of_them * MEGABYTE
        if self.over or self.over_day or is_over:
            self.over = True
            self.open.truncate(0)
            return
        self.open.write(raw_data)
        failpoint("files.received")

    def file_complete(self, file_size: int) -> UploadedFile:
        self.open.seek(0)
        found = Received(self.open, self.file_name or "file", size=file_size)
        found.digest = self.digest.digest()
        found.is_kept, found.is_over_day = not self.over, self.over_day
        if not self.is_secret:
            self.complete.append(Path(self.open.name))
        self.open = None
        return found

    def upload_complete(self) -> None:
        """Every byte that was announced has come. (WSGI ends early without a word.)"""
        stream = getattr(self.input, "_stream", None)
        read = getattr(stream, "_pos", None)
        if read is not None and read < self.promised:
            raise Cut

    def upload_interrupted(self) -> None:
        self._forget()

    def _touch(self) -> None:
        """The first file of a long form is not broken because the last one still comes."""
        if time.monotonic() - self.touched < SIGN_OF_LIFE:
            return
        self.touched = time.monotonic()
        for path in self.complete:
            with suppress(FileNotFoundError):
                os.utime(path)

    def _forget(self) -> None:
        if self.open is not None:
            self.open.close()
            if not self.is_secret:
                Path(self.open.name).unlink()
            self.open = None

    def _limits(self) -> tuple[int, int]:
        """Megabytes of one file, and of all together."""
        rules = settings.RULES
        if self.is_secret:
            return rules.document_megabytes, MOST_IN_MEMORY
        return rules.file_megabytes, rules.contract_megabytes

    def _check_speed(self, more: int) -> None:
        self.total += more
        spent = time.monotonic() - self.started
        if spent > GRACE and self.total < SLOWEST * spent:
            self._forget()
            raise Crawling

    def _day_left(self) -> int:
        """Bytes that this person may still upload today. A stranger may upload nothing."""
        if self._left is None:
            who, at = getattr(self.request, "user", None), getattr(self.request, "now", None)
            if who is None or at is None or not who.is_authenticated:
                self._left = -1
            else:
                most = settings.RULES.day_megabytes * MEGABYTE
                self._left = most - queries.uploaded_on(who.pk, at)
        return self._left
