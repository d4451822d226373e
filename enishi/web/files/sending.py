"""The way of a file to a person who may have it; or a page that says why it does not leave."""

import logging
from http import HTTPStatus

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from procrastinate.contrib.django import app

from enishi.files import responses, scans
from enishi.files.models import StoredFile

from .showing import known

logger = logging.getLogger(__name__)
STATUS = {
    "pending": HTTPStatus.CONFLICT,
    "bad": HTTPStatus.NOT_FOUND,
    "damaged": HTTPStatus.INTERNAL_SERVER_ERROR,
}


def send(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """The file itself, to be saved."""
    try:
        return responses.attachment(stored, to=request.user)
    except responses.Withheld as withheld:
        return _said(request, withheld)


def show(request: HttpRequest, stored: StoredFile) -> HttpResponseBase:
    """A picture that we drew, in its place on a page."""
    try:
        return responses.inline_image(stored)
    except responses.Withheld as withheld:
        return _said(request, withheld)


def _said(request: HttpRequest, withheld: responses.Withheld) -> HttpResponseBase:
    stored = withheld.stored
    if withheld.why == "damaged":
        _raise_alarm(stored)
    context = {
        "why": withheld.why,
        "file": stored,
        "known": known({stored.pk: stored.name})[stored.pk],
        "is_owner": request.user.pk == stored.owner_id,
    }
    page = render(request, "errors/file.html", context, status=STATUS[withheld.why])
    page.headers["Cache-Control"] = "private, no-store"
    if withheld.why == "pending":
        page.headers["Retry-After"] = "5"
    return page


def _raise_alarm(stored: StoredFile) -> None:
    """The log hears of it each time, the office once: by a job, because reading changes nothing."""
    logger.error("a stored file is damaged", extra={"facts": {"file": str(stored.pk)}})
    app.configure_task(scans.DAMAGE_JOB).defer(file_id=str(stored.pk))
