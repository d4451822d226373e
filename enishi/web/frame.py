"""The frame around every page: where one can go, in which role, in which theme."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markupsafe import Markup

from enishi.accounts.models import Account
from enishi.organisations import policy

from .drawn import Drawn

Words = str | Promise
Entry = tuple[str, Words]

NAV: dict[str, tuple[Entry, ...]] = {
    "visitor": (
        ("jobs", _("Find work")),
        ("job_new", _("Order work")),
        ("safe", _("How it is kept safe")),
        ("help", _("Questions and answers")),
    ),
    "worker": (
        ("desk", _("My desk")),
        ("jobs", _("Find work")),
        ("my_proposals", _("My applications")),
        ("contracts", _("Contracts")),
        ("threads", _("Messages")),
        ("profile", _("My profile")),
    ),
    "client": (
        ("desk", _("My desk")),
        ("my_jobs", _("My posts")),
        ("workers", _("Find workers")),
        ("contracts", _("Contracts")),
        ("threads", _("Messages")),
        ("profile", _("My profile")),
    ),
    "member": (
        ("desk", _("My desk")),
        ("my_jobs", _("My posts")),
        ("workers", _("Find workers")),
        ("contracts", _("Contracts")),
        ("threads", _("Messages")),
        ("organisation", _("Organisation")),
    ),
    "office": (
        ("office", _("Office desk")),
        ("office_people", _("People")),
        ("office_deals", _("Deals")),
        ("office_verifications", _("Verifications")),
        ("office_reports", _("Reports")),
        ("office_money", _("Money")),
        ("office_clocks", _("Clocks")),
        ("office_mail", _("Mail")),
    ),
}
FOOTER: tuple[Entry, ...] = (
    ("safe", _("How your money is kept safe")),
    ("clocks", _("Every deadline and its outcome")),
    ("fees", _("Fees")),
    ("help", _("Questions and answers")),
    ("terms", _("Terms of use")),
    ("privacy", _("Privacy")),
    ("legal_notice", _("Legal notice")),
)
ROLES: dict[str, Words] = {
    "visitor": "",
    "worker": _("Worker"),
    "client": _("Client"),
    "member": _("Client"),
    "office": _("Office"),
}
THEMES = ("light", "dark")
CSRF = Markup("\x02csrf\x03")  # stands in what is kept where each page has its own token
_header = Drawn("components/_header.html", "header", most=1024)
_footer = Drawn("components/_footer.html", "footer", most=256)


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    label: Words
    href: str


@cache
def links(entries: tuple[Entry, ...]) -> list[Link]:
    """Those whose page this instance has."""
    found = []
    for name, label in entries:
        try:
            found.append(Link(name, label, reverse(name)))
        except NoReverseMatch:
            continue
    return found


class Frame:
    """Read by base.html; each part is worked out only if the page asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def account(self) -> Account | None:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def acting(self) -> Account | None:
        """The organisation for which this person acts; it knows who acts and how far (PE3)."""
        return getattr(self.request, "acting", None)

    @property
    def is_decider(self) -> bool:
        return self.acting is None or self.acting.right == policy.DECIDER

    @cached_property
    def face(self) -> str:
        if self.account is None:
            return "visitor"
        if self.acting is not None:
            return "member"
        return "office" if self.account.is_office else self.account.role

    @property
    def nav(self) -> list[Link]:
        return links(NAV[self.face])

    @property
    def footer(self) -> list[Link]:
        return links(FOOTER)

    @property
    def role(self) -> Words:
        return ROLES[self.face]

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get("theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def _facts(self) -> tuple[object, ...]:
        """Everything of the reader that the frame shows."""
        known = (self.account.pk, self.account.name) if self.account else None
        acting = self.acting and (self.acting.pk, self.acting.name, self.is_decider)
        return known, acting, self.face, self.theme

    def header(
        self, here: str, wrap: str, unread_messages: int, unread_notices: int, csrf: object
    ) -> Markup:
        facts = (here, wrap, unread_messages, unread_notices)
        drawn = _header((*self._facts, *facts), lambda: (self, *facts, CSRF))
        return drawn.replace(CSRF, str(csrf))

    def foot(self, here: str, wrap: str, csrf: object) -> Markup:
        drawn = _footer((self.theme, here, wrap), lambda: (self, CSRF, here, wrap))
        return drawn.replace(CSRF, str(csrf))

    @property
    def flashes(self) -> Iterable[Message]:
        return messages.get_messages(self.request)
