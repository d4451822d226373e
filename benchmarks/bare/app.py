"""The bare program under Granian: one connection, prepared statements, templates cut beforehand."""

import os
import secrets
from collections.abc import Callable, Iterable
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import psycopg
from jinja2 import Template
from psycopg.rows import namedtuple_row

from .cut import environment
from .pages import PAGES, reader

ROUTES = {"jobs": "list", "messages": "inbox", "contracts": "deal"}
POST = """
    insert into bare_message (body, at, author_id, thread_id) values (%s, now(), %s, %s)
"""


@cache
def connection() -> psycopg.Connection[Any]:
    return psycopg.connect(
        os.environ["ENISHI_BENCH_DATABASE"],
        autocommit=True,
        prepare_threshold=0,
        row_factory=namedtuple_row,
    )


@cache
def templates() -> dict[str, Template]:
    made = environment()
    folder = Path(os.environ["ENISHI_BENCH_TEMPLATES"])
    return {path.stem: made.from_string(path.read_text()) for path in folder.glob("*.html")}


def application(
    environ: dict[str, Any], start: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    _, area, number, *_ = environ["PATH_INFO"].split("/")
    with connection().cursor() as cursor:
        if environ["REQUEST_METHOD"] == "POST":
            typed = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
            cursor.execute(POST, [typed["body"][0], int(typed["author"][0]), int(number)])
            start("302 Found", [("Location", f"/messages/{number}/"), ("Content-Length", "0")])
            return [b""]
        name = "job" if area == "jobs" and number else ROUTES[area]
        key = SimpleCookie(environ["HTTP_COOKIE"])["sessionid"].value
        rows = PAGES[name].rows(cursor, reader(cursor, key), number)
    nonce = secrets.token_urlsafe(16)
    body = templates()[name].render(rows, csrf=secrets.token_hex(32), nonce=nonce).encode()
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start("200 OK", [*headers, ("Content-Security-Policy", f"script-src 'nonce-{nonce}'")])
    return [body]
