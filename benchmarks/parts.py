"""Of which parts a page is made: asked in this process, one request after the other, in CPU time.

A query is all that an answer of the database costs this side: sending it and making objects of the
rows. Drawing is Jinja2 alone. Log lines are left out.
"""

import io
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from .measure import number

ASKED = 60


@dataclass(slots=True)
class Parts:
    """Milliseconds of CPU a request, and how many queries."""

    queries: int = 0
    asking: float = 0.0
    drawing: float = 0.0
    rest: float = 0.0

    def written(self) -> str:
        return (
            f"of which {self.queries} queries {number(self.asking)} ms, drawing "
            f"{number(self.drawing)} ms, all else {number(self.rest)} ms"
        )


def parts(paths: Sequence[str], headers: dict[str, str]) -> Parts:
    """Of a signed-in reader's requests for these paths in turn."""
    from jinja2 import Template

    from enishi.kit.compiled import _Statement
    from enishi.wsgi import application

    found = Parts()
    clocked: dict[str, float] = {"asking": 0.0, "drawing": 0.0}
    asked = [environ(path, headers) for path in paths]

    def ask() -> None:
        for environ in asked:
            answer = application(dict(environ), lambda *_: None)
            b"".join(answer)
            answer.close()

    with ExitStack() as stack:
        logging.disable(logging.INFO)  # its lines would stand between ours
        stack.callback(logging.disable, logging.NOTSET)
        for _ in range(3):  # queries and templates are known afterwards
            ask()
        found.queries = _counted(ask) // len(asked)
        for name, owner, method in (
            ("asking", _Statement, "rows"),
            ("asking", _Statement, "count"),
            ("drawing", Template, "render"),
        ):
            stack.enter_context(_timed(owner, method, clocked, name))
        began = time.thread_time()
        rounds = max(1, ASKED // len(asked))
        for _ in range(rounds):
            ask()
        total = time.thread_time() - began
    each = 1000 / (rounds * len(asked))
    found.asking, found.drawing = clocked["asking"] * each, clocked["drawing"] * each
    found.rest = total * each - found.asking - found.drawing
    return found


def _counted(act: Callable[[], None]) -> int:
    from django.db import connection

    seen = [0]

    def one(execute: Any, *rest: Any) -> Any:
        seen[0] += 1
        return execute(*rest)

    with connection.execute_wrapper(one):
        act()
    return seen[0]


@contextmanager
def _timed(owner: Any, method: str, clocked: dict[str, float], name: str) -> Any:
    plain = getattr(owner, method)

    def timed(*args: Any, **named: Any) -> Any:
        began = time.thread_time()
        try:
            return plain(*args, **named)
        finally:
            clocked[name] += time.thread_time() - began

    with patch.object(owner, method, timed):
        yield


def environ(path: str, headers: dict[str, str]) -> dict[str, Any]:
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    host, _, port = headers["Host"].partition(":")
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        **named,
    }
