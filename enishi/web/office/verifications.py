"""The office checks what people handed in: it opens documents for a reason, and decides."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from enishi.accounts.policy import has_grade
from enishi.kit import clock
from enishi.kit.days import TOKYO
from enishi.kit.errors import Refused
from enishi.verification import policy, queries, watermark
from enishi.verification.commands import deciding, looking
from enishi.verification.lifecycle import VERIFICATION
from enishi.verification.models import SealedPicture
from enishi.web.access import office_only
from enishi.web.forms import Form, Lines, refusal_on, sent
from enishi.web.once import once
from enishi.web.verification.words import KINDS, PAPERS

from .deciding import buttons, with_reason
from .fresh import freshly

SHOWN = 30
NO_RIGHTS = "sandbox; default-src 'none'"


class RejectionForm(Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why, and what to hand in instead"), max_length=1_000, widget=Lines
    )


class WithdrawalForm(Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Why it counts no more"), max_length=1_000, widget=Lines
    )


class LookForm(Form):
    use_required_attribute = False

    reason = forms.CharField(label=gettext_lazy("Why you open it"), max_length=300)

    def __init__(self, picture: SealedPicture, *args: Any) -> None:
        """One for each picture of a page, so that what is wrong stands at the right one."""
        super().__init__(*args, auto_id=f"look_{picture.position}_%s")
        self.picture = picture.pk


@office_only()
@require_safe
def verifications(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, by due time, and what was decided last."""
    context = {
        "waiting": queries.waiting(most=SHOWN),
        "decided": queries.decided(most=SHOWN),
        "kinds": KINDS,
    }
    return render(request, "office/verifications.html", context)


@office_only()
@require_safe
def verification(request: HttpRequest, verification_id: int) -> HttpResponse:
    """One request: who, what, which documents, who opened them, what was decided."""
    return _page(request, verification_id)


def _page(
    request: HttpRequest,
    verification_id: int,
    *,
    look: LookForm | None = None,
    rejection: RejectionForm | None = None,
    withdrawal: WithdrawalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found, pictures, looks = queries.for_office(verification_id)
    is_mine = found.account_id == request.user.pk
    is_operator = has_grade(request.user.office_grade, "operator")
    is_opened = any(one.status != "erased" for one in pictures)
    opens = request.user.office_grade in policy.OPENED_BY and is_opened and not is_mine
    decides = is_operator and not is_mine
    verbs = VERIFICATION.verbs(found.status)
    may = buttons(request, may=opens or (decides and bool({"approve", "withdraw"} & {*verbs})))
    is_fresh = bool(may["may_act"])
    context = {
        "checked": found,
        "name": KINDS[found.kind],
        "paper": PAPERS.get(found.paper, ""),
        "pictures": [
            (one, look if look and look.picture == one.pk else LookForm(one)) for one in pictures
        ],
        "looks": looks,
        "rejection_form": rejection or RejectionForm(),
        "withdrawal_form": withdrawal or WithdrawalForm(),
        "way_in": may["way_in"],
        "may_look": opens and is_fresh,
        "may_decide": decides and is_fresh and "approve" in verbs,
        "may_withdraw": decides and is_fresh and "withdraw" in verbs,
        "is_mine": is_mine,
        "kept_days": settings.RULES.document_kept_days,
    }
    return render(request, "office/verification.html", context, status=status)


@office_only("operator")
@require_POST
@freshly
@once
def approval(request: HttpRequest, verification_id: int) -> HttpResponse:
    deciding.approve(verification_id, by=request.user, at=request.now)
    return redirect("office_verification", verification_id)


@office_only("operator")
@require_POST
@freshly
@once
def rejection(request: HttpRequest, verification_id: int) -> HttpResponse:
    """Not accepted; the person reads why and what to do."""
    form = RejectionForm(*sent(request))
    act = partial(deciding.reject, verification_id, by=request.user, at=request.now)
    if with_reason(form, act):
        return redirect("office_verification", verification_id)
    return _page(request, verification_id, rejection=form, status=422)


@office_only("operator")
@require_POST
@freshly
@once
def withdrawal(request: HttpRequest, verification_id: int) -> HttpResponse:
    """A check that stood counts no more."""
    form = WithdrawalForm(*sent(request))
    act = partial(deciding.withdraw, verification_id, by=request.user, at=request.now)
    if with_reason(form, act):
        return redirect("office_verification", verification_id)
    return _page(request, verification_id, withdrawal=form, status=422)


@office_only()
@require_POST
@freshly
@once
def looks(request: HttpRequest, picture_id: UUID) -> HttpResponse:
    """Ask to see one picture, saying why; the link that follows lives for a minute."""
    known = SealedPicture.objects.select_related("verification")
    picture = get_object_or_404(known, pk=picture_id)
    looking.refuse(picture, by=request.user)  # there is no box to put right
    form = LookForm(picture, *sent(request))
    if form.is_valid():
        try:
            made = looking.ask(
                picture_id,
                by=request.user,
                at=request.now,
                real=clock.real(),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            refusal_on(form, refused, {"look.reason_missing": "reason"})
        else:
            return redirect("office_look", made.pk)
    return _page(request, picture.verification_id, look=form, status=422)


@office_only()
@require_safe
def look(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """The page around the picture, for whoever asked for it."""
    found = queries.look(look_id, by=request.user)
    context = {
        "look": found,
        "checked": found.picture.verification,
        "is_open": queries.is_open(found, real=clock.real()),
        "seconds": int(policy.LOOK_LASTS.total_seconds()),
    }
    return render(request, "office/look.html", context)


@office_only()
@require_safe
@freshly
def look_picture(request: HttpRequest, look_id: UUID) -> HttpResponse:
    """The picture itself, once: drawn anew with the mark of who looks, and kept by nobody."""
    if request.method == "HEAD":  # a question about the picture does not use it up
        asked = queries.look(look_id, by=request.user)
        return HttpResponse(status=200 if queries.is_open(asked, real=clock.real()) else 410)
    try:
        found, content = looking.see(look_id, by=request.user, at=request.now, real=clock.real())
    except Refused:  # the page around it says so, and where to go on
        return HttpResponse(status=410)
    when = f"{request.now.astimezone(TOKYO):%Y-%m-%d %H:%M}"
    case = _("case %(number)s") % {"number": found.picture.verification_id}
    mark = f"{request.user.name} #{request.user.pk} · {when} JST · {case}"
    response = HttpResponse(watermark.marked(content, mark), content_type="image/webp")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NO_RIGHTS
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
