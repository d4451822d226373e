"""What one person does over HTTP: on our pages with a session, on the provider's as a payer."""

import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.middleware.csrf import CSRF_SECRET_LENGTH, _mask_cipher_secret

from .log import ACK, REFUSED, UNKNOWN

PATIENCE = 20.0  # seconds; whoever got no answer until then has got none
HOME = "/"  # where a refusal leads who came from there


class Pages:
    """Everybody's browser, one connection for all of them."""

    def __init__(self, url: str, sessions: dict[int, str], sandbox: Path) -> None:
        self.url, self.sessions, self.sandbox = url, sessions, sandbox
        self.secret = secrets.token_hex(CSRF_SECRET_LENGTH // 2)
        self.http = httpx.Client(timeout=PATIENCE, trust_env=False)

    def form(self, **boxes: str) -> dict[str, str]:
        """A form as it stands on a page: with a token that no other page has."""
        return {"csrfmiddlewaretoken": _mask_cipher_secret(self.secret), **boxes}

    def post(self, person: int, path: str, form: dict[str, str]) -> tuple[str, str]:
        """The answer, and where it leads. An act that was done leads on; a refusal leads back to
        where one came from, or shows the form again."""
        headers = self._headers(person) | {"Referer": self.url + HOME}
        try:
            found = self.http.post(self.url + path, data=form, headers=headers)
        except httpx.HTTPError:
            return UNKNOWN, ""
        if found.status_code == httpx.codes.FOUND:
            to = found.headers["location"]
            return (REFUSED if urlsplit(to).path == HOME else ACK), to
        return _answer(found.status_code), ""

    def get(self, person: int, path: str) -> str:
        try:
            found = self.http.get(self.url + path, headers=self._headers(person))
        except httpx.HTTPError:
            return UNKNOWN
        return ACK if found.status_code == httpx.codes.OK else _answer(found.status_code)

    def _headers(self, person: int) -> dict[str, str]:
        cookies = f"sessionid={self.sessions[person]}; csrftoken={self.secret}"
        self.http.cookies.clear()
        return {"Cookie": cookies, "Accept-Language": "en"}

    def pay(self, page: str, method: str) -> tuple[str, Any]:
        """At the provider, on the page that we led to; what became of the page."""
        name = urlsplit(page).path.rpartition("/")[2]
        return self.lever(f"sessions/{name}/pay", payment_method=method)

    def lever(self, path: str, **form: Any) -> tuple[str, Any]:
        """What happens at the provider without us. Its port changes when it was killed."""
        try:
            address = f"http://127.0.0.1:{(self.sandbox / 'port').read_text()}"
            key = {"authorization": f"Bearer {(self.sandbox / 'key').read_text()}"}
            found = self.http.post(f"{address}/_control/{path}", data=form, headers=key)
            said = found.json()
        except (httpx.HTTPError, OSError, json.JSONDecodeError, ValueError):
            return UNKNOWN, {}
        return (ACK if found.status_code == httpx.codes.OK else _answer(found.status_code)), said


def _answer(status: int) -> str:
    """A fault of ours is named, so that it can be asked about; being shut for a moment is none."""
    if status == httpx.codes.INTERNAL_SERVER_ERROR:
        return f"error {status}"
    return REFUSED if status < httpx.codes.INTERNAL_SERVER_ERROR else UNKNOWN
