"""A signed-in reader, as the browser of one sends requests."""

from functools import cache
from typing import Any

TOKEN = "b" * 32  # a CSRF secret; a form may send it unmasked


@cache
def session_of(account_id: int) -> str:
    """The key of a session that stands in the database."""
    from django.conf import settings
    from django.contrib import auth
    from django.contrib.sessions.models import Session

    from enishi.accounts.models import Account

    account: Any = Account.objects.get(pk=account_id)
    store: Any = _store()
    store[auth.SESSION_KEY] = str(account.pk)
    store[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[auth.HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.save()
    assert Session.objects.filter(pk=store.session_key).exists()
    return str(store.session_key)


def _store() -> Any:
    from importlib import import_module

    from django.conf import settings

    return import_module(settings.SESSION_ENGINE).SessionStore()


def headers(port: int, account_id: int) -> dict[str, str]:
    cookies = f"sessionid={session_of(account_id)}; csrftoken={TOKEN}; language=ja"
    host = f"localhost:{port}"
    return {"Host": host, "Cookie": cookies, "User-Agent": "bench", "Accept-Language": "ja"}
