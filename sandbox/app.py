"""The ASGI program: who calls, was it answered before, what fails on purpose, then the endpoint."""

import asyncio
import base64
import binascii
import contextlib
import hashlib
import hmac
import logging
from email.utils import formatdate
from typing import Any

from . import later, routes
from .box import Box
from .errors import ApiError, invalid
from .hooks import Sender
from .shapes import Shape
from .store import precisely
from .web import BODY_LIMIT, Handler, Request, Response, Routes, as_json

logger = logging.getLogger(__name__)

TICK = 0.1  # seconds
EVENT_FIRST_MOST = 2.0
STORED = (402, 500)  # with 200; a call refused for its shape leaves its key free


class App:
    def __init__(self, box: Box) -> None:
        self.box = box
        self.sender: Sender | None = None
        self.beat: asyncio.Task[None] | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        self.sender = Sender(self.box)
        self.beat = asyncio.create_task(self._beat(self.sender))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.beat.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.beat
        await self.sender.close()
        self.box.store.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _beat(self, sender: Sender) -> None:
        while True:
            try:
                done = later.run_due(self.box) + await sender.deliver_due()
            except Exception:
                logger.exception("something that was due did not happen")
                done = 0
            if not done:
                await asyncio.sleep(TICK)

    async def _http(self, scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more and len(body) <= BODY_LIMIT:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        request = Request(
            scope["method"],
            scope["path"],
            scope["query_string"].decode("latin-1"),
            {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
            body,
        )
        response = await self._answer(request)
        dated = formatdate(precisely() + self.box.settings.clock_ahead, usegmt=True)
        headers = {"content-length": str(len(response.body)), "date": dated, **response.headers}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": response.status, "headers": raw})
        await send({"type": "http.response.body", "body": response.body})

    async def _answer(self, request: Request) -> Response:
        if len(request.body) > BODY_LIMIT:
            return as_json({"error": {"type": "invalid_request_error"}}, 413)
        if request.path.startswith("/v1/"):
            return await self._api(request)
        if request.path.startswith("/_control/"):
            return self._control(request)
        if found := routes.PAGES.find(request.method, request.path):
            with self.box.store.transaction():
                return found[0](self.box, request, **found[1])  # type: ignore[no-any-return]  # pages answer with a Response
        return Response(404, b"Not found", {"content-type": "text/plain"})

    def _control(self, request: Request) -> Response:
        try:
            self._known(request)
            call, names = self._found(routes.CONTROL, request)
            with self.box.store.transaction():
                return as_json(call(self.box, request, **names))
        except ApiError as error:
            return as_json({"error": error.body}, error.status)

    def _found(self, table: Routes, request: Request) -> tuple[Handler, dict[str, str]]:
        found = table.find(request.method, request.path)
        if found is None:
            raise invalid(
                f"Unrecognized request URL ({request.method}: {request.path}).", status=404
            )
        return found

    def _known(self, request: Request) -> None:
        """The secret key as bearer token or as the user name of basic authentication."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "basic":
            with contextlib.suppress(binascii.Error, ValueError):
                given = base64.b64decode(given).decode().partition(":")[0]
        if not hmac.compare_digest(given.encode(), self.box.settings.key.encode()):
            raise invalid("Invalid API Key provided", status=401)

    async def _api(self, request: Request) -> Response:
        try:
            self._known(request)
            call, names = self._found(routes.API, request)
        except ApiError as error:
            return as_json({"error": error.body}, error.status)
        shape = self.box.shapes.for_call(request.method, request.path)
        if shape and shape.name == "refuse":
            return as_json({"error": {"type": shape.kind, "code": shape.code}}, shape.status)
        if shape and shape.name == "rate_limit":
            return as_json({"error": {"type": "invalid_request_error", "code": "rate_limit"}}, 429)
        key = request.headers.get("idempotency-key", "") if request.method == "POST" else ""
        key = key and f"{request.account} {key}"
        if key and (before := self._answered_before(key, request)):
            return before
        if shape and shape.name == "time_out_before":
            await asyncio.sleep(shape.seconds)
            self._forget(key)
            return as_json({"error": {"type": "api_error", "message": "Too late"}}, 504)
        response = self._run(call, request, names, key, shape)
        await self._after(shape)
        if shape and shape.name == "nonsense":
            return Response(200, b"<html>", {"content-type": "text/html"})
        return response

    def _answered_before(self, key: str, request: Request) -> Response | None:
        """The stored answer of this key, or a refusal. None: the key is new and now taken."""
        db = self.box.store.db
        print_of = hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()
        row = db.execute(
            "select fingerprint, status, body from answers where key = ?", (key,)
        ).fetchone()
        if row is None:
            db.execute("insert into answers (key, fingerprint) values (?, ?)", (key, print_of))
            return None
        if row[0] != print_of:
            return _idempotency_error(
                400,
                "Keys for idempotent requests can only be used with the same parameters they "
                "were first used with.",
            )
        if row[1] is None:
            return _idempotency_error(
                409, "There is currently another in-progress request using this Idempotency Key."
            )
        headers = {"content-type": "application/json", "idempotent-replayed": "true"}
        return Response(row[1], row[2], headers)

    def _run(
        self, call: Handler, request: Request, names: dict[str, str], key: str, shape: Shape | None
    ) -> Response:
        """The endpoint's effect and the answer kept under its key commit together."""
        failing = shape.name if shape else ""
        try:
            with self.box.store.transaction():
                response = _outcome(call, self.box, request, names, failing)
                if key and (response.status == 200 or response.status in STORED):
                    self.box.store.db.execute(
                        "update answers set status = ?, body = ? where key = ?",
                        (response.status, response.body, key),
                    )
        except ApiError as error:
            self._forget(key)
            return as_json({"error": error.body}, error.status)
        except Exception:
            self._forget(key)  # rolled back: the key must not seem to be in use for ever
            raise
        return response

    def _forget(self, key: str) -> None:
        self.box.store.db.execute("delete from answers where key = ?", (key,))

    async def _after(self, shape: Shape | None) -> None:
        if shape and shape.name == "time_out_after":
            await asyncio.sleep(shape.seconds)
        if shape and shape.name == "event_first" and self.sender:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.sender.deliver_due(), EVENT_FIRST_MOST)


def _outcome(
    call: Handler, box: Box, request: Request, names: dict[str, str], failing: str
) -> Response:
    trouble = as_json({"error": {"type": "api_error", "message": "Something went wrong"}}, 500)
    if failing == "error_before":
        return trouble
    try:
        response = as_json(call(box, request, **names))
    except ApiError as error:
        if not error.keeps:
            raise
        response = as_json({"error": error.body}, error.status)
    return trouble if failing == "error_after" else response


def _idempotency_error(status: int, message: str) -> Response:
    code = "idempotency_key_in_use" if status == 409 else ""
    return as_json(
        {"error": {"type": "idempotency_error", "code": code, "message": message}}, status
    )
