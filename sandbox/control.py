"""The levers of tests and of the demo: failure shapes, webhooks on and off, what was sent."""

from dataclasses import asdict
from typing import Any

from . import later
from .box import Box, needed
from .errors import invalid
from .shapes import SHAPES, Shape
from .store import Body
from .web import Request


def add_shape(box: Box, request: Request) -> Body:
    params = request.params
    name = needed(params, "name")
    if name not in SHAPES:
        raise invalid(f"No such shape: {name}", param="name")
    box.shapes.waiting.append(
        Shape(
            name=name,
            path=needed(params, "path"),
            method=params.get("method", "POST"),
            times=int(params.get("times", 1)),
            seconds=float(params.get("seconds", 5)),
            status=int(params.get("status", 400)),
            kind=params.get("kind", "invalid_request_error"),
            code=params.get("code", ""),
        )
    )
    return {"waiting": len(box.shapes.waiting)}


def drop_shapes(box: Box, request: Request) -> Body:
    """What was asked for does not happen any more."""
    box.shapes.waiting.clear()
    return {"waiting": 0}


def list_shapes(box: Box, request: Request) -> Body:
    """What was asked for and has not happened yet."""
    return {"data": [asdict(shape) for shape in box.shapes.waiting]}


def steer_webhooks(box: Box, request: Request) -> Body:
    params = request.params
    shapes = box.shapes
    shapes.copies = int(params.get("copies", shapes.copies))
    shapes.delay = float(params.get("delay", shapes.delay))
    shapes.reversed = params.get("reversed", str(shapes.reversed)).lower() == "true"
    shapes.is_paused = params.get("paused", str(shapes.is_paused)).lower() == "true"
    box.settings.webhook_url = params.get("url", box.settings.webhook_url)
    return {"url": box.settings.webhook_url, "paused": shapes.is_paused}


def forget_keys(box: Box, request: Request) -> Body:
    """A day has passed: no idempotency key is known any more."""
    return {"forgotten": box.store.db.execute("delete from answers").rowcount}


def hurry(box: Box, request: Request) -> Body:
    """Slow payments and payouts come to rest now."""
    return {"arrived": later.hurry(box)}


def deliveries(box: Box, request: Request) -> Body:
    rows: list[tuple[Any, ...]] = box.store.db.execute(
        "select event, status, attempts from deliveries order by id"
    ).fetchall()
    return {"data": [{"event": e, "status": s, "attempts": a} for e, s, a in rows]}
