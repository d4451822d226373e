"""Who acts, and for whom (PE1, PE3). The organisation takes the person's place as `request.user`,
so that every query and command asks for it as for any client; it knows who acts in its name. This
is the one way in: whoever is removed or stopped does not find it at the next request (A4)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from enishi.accounts.models import Account
from enishi.kit.errors import Refused
from enishi.organisations import policy, queries
from enishi.web.access import policy_of
from enishi.web.middleware import say

from . import rights

KEY = "acting_for"  # in the session: the id of the membership


class Acting:
    """Middleware, behind the door. People who act for nobody are asked nothing."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or KEY not in request.session:
            return None
        person: Account = request.user
        name = (request.resolver_match and request.resolver_match.url_name) or ""
        found = queries.acting(request.session[KEY], person, at=request.now)  # type: ignore[attr-defined]  # our own
        if found is None or name == "role":  # another role of one's own ends this one
            # The key of the session stays: another tab may be on its way with it.
            del request.session[KEY]
            if found is None:
                messages.info(request, _("You act for yourself again."))
            return None
        request.acting, request.person = found, person  # type: ignore[attr-defined]  # our own
        if name in rights.SHARED or rights.may(found, name):
            request.user = found
            return None
        if name in rights.DECIDED:
            return _refused(request, "membership.for_deciders", found)
        if rights.is_own(name) or policy_of(view) in ("open", "machine"):
            return None
        return _refused(request, "membership.not_for_organisations", found)


def start(request: HttpRequest, membership_id: int, person: Account) -> Account:
    """From now on this session acts for the organisation. Raises Refused where it is stopped, and
    DoesNotExist where the person is no member. The session gets a new key with it (A4)."""
    membership = next((one for one in queries.memberships(person) if one.pk == membership_id), None)
    if membership is None:
        raise Account.DoesNotExist
    found = queries.acting(membership_id, person, at=request.now)  # type: ignore[attr-defined]  # our own
    if found is None:
        raise Refused.because("membership.organisation_stopped")
    request.session[KEY] = membership_id
    request.session.cycle_key()
    return found


def stop(request: HttpRequest) -> None:
    if KEY in request.session:
        del request.session[KEY]
        request.session.cycle_key()


def _refused(request: HttpRequest, code: str, organisation: Account) -> HttpResponse:
    messages.error(request, say(Refused.because(code, organisation=organisation.name)))
    return redirect("acting")


def is_decider(reader: Account) -> bool:
    """Whether this reader decides: the holder of the account, or who stands in for them."""
    return reader.member is None or policy.reaches(reader.right, policy.DECIDER)
