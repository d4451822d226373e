"""The least that Django asks for: its own middleware, session and account around the bare program's
rows and templates. No page of a Django project is faster, so this is where ours could end."""

import os
import secrets
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.bare.stock_settings"

import psycopg
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import path
from jinja2 import Environment
from psycopg.rows import namedtuple_row

from . import cut
from .app import POST, ROUTES
from .pages import PAGES, reader


def environment(**options: Any) -> Environment:
    """For Django's Jinja2 backend, which has wishes of its own about two of them."""
    for decided in ("autoescape", "auto_reload"):
        options.pop(decided, None)
    return cut.environment(**options)


def page(request: HttpRequest, area: str, number: str = "") -> HttpResponse:
    assert request.user.is_authenticated
    name = "job" if area == "jobs" and number else ROUTES[area]
    with _cursor() as cursor:
        me = reader(cursor, str(request.session.session_key))
        rows = PAGES[name].rows(cursor, me, number)
    own = {"csrf": get_token(request), "nonce": secrets.token_urlsafe(16)}
    return render(request, f"{name}.html", rows | own)


def send(request: HttpRequest, number: str) -> HttpResponse:
    assert request.user.is_authenticated
    with _cursor() as cursor:
        cursor.execute(POST, [request.POST["body"], request.user.pk, int(number)])
    return redirect(f"/messages/{number}/")


def _cursor() -> Any:
    """Of the driver itself, prepared: what the ORM adds is not asked here."""
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.prepare_threshold = 0
    return psycopg.Cursor(raw, row_factory=namedtuple_row)


urlpatterns = [
    path("messages/<number>/entries/", send),
    path("<area>/", page),
    path("<area>/<number>/", page),
]
application = get_wsgi_application()
