"""Who may call a URL. Every view declares it; one that does not fails the suite and is refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

from enishi.accounts.policy import has_grade

View = TypeVar("View", bound=Callable[..., Any])
POLICIES = ("open", "signed_in", "client", "worker", "office", "machine")


def _declare(policy: str, grade: str = "") -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.policy = policy  # type: ignore[attr-defined]  # read by `policy_of`
        view.grade = grade  # type: ignore[attr-defined]  # read by `allows`
        return view

    return mark


open_to_all = _declare("open")
signed_in = _declare("signed_in")
client_only = _declare("client")
worker_only = _declare("worker")
machine_only = _declare("machine")  # signed by the caller, e.g. a provider's webhook


def office_only(grade: str = "reader") -> Callable[[View], View]:
    """Office people of this grade, with their second factor given (PE2)."""
    return _declare("office", grade)


def policy_of(view: Any) -> str | None:
    """The declared policy of a resolved view, or None. Library views are declared where they
    are mounted."""
    return getattr(view, "policy", None)


def needs_sign_in(view: Any) -> bool:
    return policy_of(view) in ("signed_in", "client", "worker", "office")


def allows(view: Any, request: HttpRequest) -> bool:
    """Whether a signed-in person may enter. Acting in the other role is offered, not forbidden:
    roles are checked by the pages' own queries; only the office door is closed here."""
    if policy_of(view) == "office":
        return has_grade(getattr(request.user, "office_grade", ""), view.grade)
    return True
