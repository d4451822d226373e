"""The list of notices, the counts in the header, and the pass with which a page goes live."""

from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from enishi.messaging.queries import unread_total
from enishi.notifications import commands, queries, stream_pass
from enishi.web.access import signed_in
from enishi.web.jinja import language
from enishi.web.paging import keyset, whole


@require_safe
@signed_in
def notifications(request: HttpRequest) -> HttpResponse:
    notices = queries.notices(request.user, language(), keyset(request))
    older = f"{request.path}?before={notices.earlier}" if notices.earlier else ""
    return render(request, "notices/notices.html", {"notices": notices, "older_url": older})


@require_POST
@signed_in
def readings(request: HttpRequest) -> HttpResponse:
    up_to = whole(request.POST.get("up_to", "")) or 0
    commands.read(by=request.user, at=request.now, up_to=up_to)
    return redirect("notifications")


@require_safe
@signed_in
@never_cache
def counts(request: HttpRequest) -> HttpResponse:
    return JsonResponse(_counts(request))


@require_safe
@signed_in
@never_cache
def stream_token(request: HttpRequest) -> HttpResponse:
    """A fresh pass for this sign-in, with the counts of this moment: what happened while the
    page was on its way shows in them."""
    key = request.session.session_key
    person = request.user.member or request.user  # who acts for an organisation signs in themself
    sign_in = UserSession.objects.filter(session_key=key, user=person).first()
    if sign_in is None:
        raise Http404
    mark = stream_pass.mark(person.password, person.session_epoch)
    token = stream_pass.issue(stream_pass.Pass(request.user.pk, sign_in.pk, mark))
    return JsonResponse({"token": token, **_counts(request)})


def _counts(request: HttpRequest) -> dict[str, int]:
    return {
        "messages": unread_total(request.user.pk),
        "notices": queries.unread_count(request.user.pk),
    }
