"""What happens by itself after a while: slow payments, payouts on their way, pages that expire."""

from collections.abc import Callable

from . import disputes, intents, payees, refunds, sessions, transfers
from .box import Box
from .cards import NUMBERS, SLOW_FAIL
from .store import precisely


def _succeed(box: Box, name: str) -> None:
    intent = box.store.get("payment_intent", name)
    if intent["status"] == "processing":
        intents.succeed(box, intent)
        sessions.follow(box, intent)


def _decline(box: Box, name: str) -> None:
    intent = box.store.get("payment_intent", name)
    if intent["status"] == "processing":
        intents.decline(box, intent, NUMBERS[SLOW_FAIL])
        sessions.follow(box, intent)


def _land(box: Box, name: str) -> None:
    payees.land(box, box.store.get("payout", name))


def _expire(box: Box, name: str) -> None:
    session = box.store.get("checkout.session", name)
    if session["status"] == "open":
        sessions.close(box, session)


def _dispute(box: Box, name: str) -> None:
    intent = box.store.get("payment_intent", name)
    disputes.start(box, intent, amount=intent["amount"], reason="fraudulent")


def _decide(box: Box, name: str) -> None:
    dispute = box.store.get("dispute", name)
    is_won = dispute["evidence"].get("uncategorized_text") != disputes.LOSING
    disputes.end(box, dispute, is_won=is_won)


def _refund(box: Box, name: str) -> None:
    refunds.land(box, box.store.get("refund", name))


ACTS: dict[str, Callable[[Box, str], None]] = {
    "intent.succeed": _succeed,
    "intent.decline": _decline,
    "payout.land": _land,
    "transfer.arrive": transfers.keep,
    "refund.land": _refund,
    "session.expire": _expire,
    "dispute.open": _dispute,
    "dispute.decide": _decide,
}
MONEY = ("intent.succeed", "intent.decline", "transfer.arrive", "refund.land", "payout.land")


def run_due(box: Box) -> int:
    """Act on everything whose time has come. Returns how many."""
    with box.store.transaction():
        return _run(box, precisely())


def hurry(box: Box) -> int:
    """All money on its way arrives now. Inside the caller's transaction."""
    marks = ", ".join("?" * len(MONEY))
    box.store.db.execute(f"update timers set at = 0 where act in ({marks})", MONEY)
    return _run(box, 0)


def _run(box: Box, until: float) -> int:
    rows = box.store.db.execute(
        "select id, act, object from timers where at <= ? order by at, id", (until,)
    ).fetchall()
    for timer, act, name in rows:
        ACTS[act](box, name)
        box.store.db.execute("delete from timers where id = ?", (timer,))
    return len(rows)
