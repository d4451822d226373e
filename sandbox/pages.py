"""The hosted pages, where a person pays: they work without scripts and on a phone."""

from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import cards, intents, sessions, transfers
from .box import Box, amount_in
from .cards import METHODS, Outcome
from .cash import WAY
from .errors import ApiError
from .store import Body
from .web import Request, Response, see_other
from .words import WORDS, language_of

HERE = Path(__file__).parent
SHOWN = (
    (cards.GOOD, "succeed"),
    (cards.DECLINED, "decline"),
    (cards.POOR, "poor"),
    (cards.SECURE, "secure"),
    (cards.SLOW, "slow"),
    (cards.SLOW_FAIL, "slow_fail"),
    (cards.DISPUTED, "disputed"),
)
GAVE_UP = Outcome("decline", "payment_intent_authentication_failure", "")


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def _language(request: Request, session: Body) -> str:
    asked = parse_qs(request.query).get("lang", [""])[0]
    return language_of(
        asked, session.get("locale") or "", request.headers.get("accept-language", "")
    )


def _page(
    request: Request, template: str, session: Body, *, status: int = 200, **facts: object
) -> Response:
    language = _language(request, session)
    amount = f"{session.get('amount_total', 0):,}"
    written = WORDS[language]["yen"]
    words = {name: text.replace("{amount}", amount) for name, text in WORDS[language].items()}
    page = _templates().get_template(template)
    body = page.render(
        words=words,
        lang=language,
        other="en" if language == "ja" else "ja",
        path=request.path,
        session=session,
        yen=lambda yen: written.replace("{amount}", f"{yen:,}"),
        **facts,
    )
    back = urlsplit(session.get("success_url") or "")
    origin = f" {back.scheme}://{back.netloc}" if back.netloc else ""
    headers = {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "content-language": language,
        "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; form-action 'self'{origin}",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    }
    return Response(status, body.encode(), headers)


def _not_here(request: Request) -> Response:
    return _page(request, "closed.html", {}, status=404, title="expired_title")


def front(box: Box, request: Request) -> Response:
    return _page(request, "front.html", {})


def style(box: Box, request: Request) -> Response:
    css = (HERE / "static" / "pay.css").read_bytes()
    return Response(200, css, {"content-type": "text/css", "cache-control": "max-age=3600"})


def _session(box: Box, name: str) -> Body | None:
    try:
        return box.store.get("checkout.session", name)
    except ApiError:
        return None


def _intent(box: Box, name: str) -> tuple[Body, Body] | None:
    """An intent that waits for the payer, with the session it belongs to."""
    try:
        intent = box.store.get("payment_intent", name)
        session = box.store.get("checkout.session", intent.get("_session") or "")
    except ApiError:
        return None
    return (intent, session) if intent["status"] == "requires_action" else None


def choose(box: Box, request: Request, name: str) -> Response:
    session = _session(box, name)
    if session is None or session["status"] == "expired":
        return _not_here(request)
    intent: Body = {}
    if session["payment_intent"]:
        intent = box.store.get("payment_intent", session["payment_intent"])
    if session["status"] == "complete":
        if intent["status"] == "requires_action":
            return see_other(f"/pay/{intent['id']}/transfer")
        paid = session["payment_status"] == "paid"
        title = "done_title" if paid else "processing_title"
        return _page(request, "closed.html", session, title=title)
    return _choice(request, session, _error_word(intent))


def _error_word(intent: Body) -> str:
    error = intent.get("last_payment_error")
    if not error:
        return ""
    if error["code"] == "payment_intent_authentication_failure":
        return "authentication"
    exact = error["decline_code"]
    return exact if exact in WORDS["en"] else str(error["code"])


def _choice(request: Request, session: Body, error: str, *, status: int = 200) -> Response:
    ways = session["payment_method_types"]
    return _page(
        request, "choose.html", session, status=status, error=error, shown=SHOWN, ways=ways
    )


def by_card(box: Box, request: Request, name: str) -> Response:
    session = _session(box, name)
    if session is None or session["status"] != "open":
        return see_other(f"/pay/{name}")
    form = request.params
    outcome = cards.outcome_of_number(str(form.get("test") or form.get("number") or ""))
    if outcome is None:
        return _choice(request, session, "unknown_number", status=422)
    intent = sessions.attempt(box, session, outcome, "pm_card")
    if intent["status"] == "requires_action":
        return see_other(f"/pay/{intent['id']}/secure{_kept(request)}")
    if intent["last_payment_error"]:
        return see_other(f"/pay/{name}{_kept(request)}")
    return see_other(session["success_url"])


def by_bank(box: Box, request: Request, name: str) -> Response:
    session = _session(box, name)
    if session is None or session["status"] != "open":
        return see_other(f"/pay/{name}")
    way = "pm_jp_bank_transfer"
    intent = sessions.attempt(box, session, METHODS[way], way)
    return see_other(f"/pay/{intent['id']}/transfer{_kept(request)}")


def _kept(request: Request) -> str:
    """The language chosen by hand stays chosen on the next page."""
    asked = parse_qs(request.query).get("lang", [""])[0]
    return f"?lang={asked}" if asked in WORDS else ""


def secure(box: Box, request: Request, name: str) -> Response:
    found = _intent(box, name)
    return _page(request, "secure.html", found[1], intent=found[0]) if found else _not_here(request)


def authenticate(box: Box, request: Request, name: str) -> Response:
    found = _intent(box, name)
    if not found:
        return _not_here(request)
    intent, session = found
    if request.params.get("result") == "yes":
        intents.succeed(box, intent)
        sessions.follow(box, intent)
        return see_other(session["success_url"])
    intents.decline(box, intent, GAVE_UP)
    return see_other(f"/pay/{session['id']}{_kept(request)}")


def transfer(box: Box, request: Request, name: str) -> Response:
    found = _intent(box, name)
    return _instructions(box, request, *found) if found else _not_here(request)


def _instructions(
    box: Box, request: Request, intent: Body, session: Body, *, error: str = "", status: int = 200
) -> Response:
    """Where to transfer what is still missing; here one may also order a part of it, or more."""
    number = str(int(intent["id"][-6:], 16) % 10_000_000).zfill(7)
    seconds = max(1, round(box.settings.settle_after))
    missing = intent["next_action"][WAY]["amount_remaining"]
    return _page(
        request,
        "transfer.html",
        session,
        status=status,
        intent=intent,
        number=number,
        seconds=str(seconds),
        missing=missing,
        arrived=intent["amount"] - missing,
        typed=request.params.get("amount", missing),
        error=error,
    )


def send_transfer(box: Box, request: Request, name: str) -> Response:
    found = _intent(box, name)
    if not found:
        return _not_here(request)
    intent, session = found
    form = {"amount": intent["next_action"][WAY]["amount_remaining"]} | request.params
    try:
        amount = amount_in(form)
    except ApiError:
        return _instructions(box, request, intent, session, error="amount_wrong", status=422)
    if request.params.get("when") == "now":
        transfers.arrive(box, intent["customer"], amount, intent)
    elif request.params.get("when") == "later":
        transfers.promise(box, intent, amount)
    return see_other(session["success_url"])
