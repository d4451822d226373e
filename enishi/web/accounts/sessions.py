"""Who this request is from, read on every page: the session, its account, and that it was seen.

The session stands in the database; the cache is the database too.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse

from enishi.accounts.models import Account
from enishi.kit.compiled import compiled

SEEN_EVERY = 300.0  # seconds between two notes that a sign-in was used
REMEMBERED = 10_000  # sign-ins of which this process knows that they were noted


class SessionStore(db.SessionStore):
    """Django's own, reading by a compiled query."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = _session.first(self.session_key or "")
        if found is None:
            self._session_key = None
        return found


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> Account | None:
        found: Account | None = _account.first(user_id)
        return found if found is not None and self.user_can_authenticate(found) else None


@compiled
def _session(key: str) -> QuerySet[Session]:
    # The database's own clock: a sign-in ends in real time, never in the market's.
    return Session.objects.filter(session_key=key, expire_date__gt=Now())


@compiled
def _account(account_id: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=account_id)


class Seen:
    """Middleware. A sign-in is noted in the list of devices when it is new, comes from elsewhere,
    or was not noted for some minutes: not with every page, each would wait for the disk."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer
        self._noted: OrderedDict[tuple[Any, ...], float] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            self._see(request)
        return self.answer(request)

    def _see(self, request: HttpRequest) -> None:
        ip = get_adapter().get_client_ip(request)
        device = request.META.get("HTTP_USER_AGENT", "")
        use = (request.session.session_key, request.user.pk, ip, device)
        noted = self._noted.get(use)
        if noted is not None and time.monotonic() - noted < SEEN_EVERY:
            return
        UserSession.objects.create_from_request(request)
        self._noted[use] = time.monotonic()
        self._noted.move_to_end(use)
        if len(self._noted) > REMEMBERED:
            self._noted.popitem(last=False)
