"""What trust cards cost: a conversation with and without its card, and lists short and long.

A card reads the kept facts of people, and their faces, in one query each. A list asks for those of
all its rows at once.
"""

import statistics
import time
from typing import Any
from unittest.mock import patch

from . import scale
from .asking import Asked, asked
from .measure import Figure, Result
from .reading import known

MORE = 2  # queries that cards may add to a page
ROUNDS, LISTED = 15, 20


def trust_card(*, quick: bool) -> Result:
    of = scale.filled(quick=quick)
    known()
    rounds = 2 if quick else ROUNDS
    thread, reader = _thread()
    shown = asked(f"/messages/{thread}/", reader, rounds=rounds)
    with patch("enishi.web.messages.views.card_of", lambda *_, **__: None):
        bare = asked(f"/messages/{thread}/", reader, rounds=rounds)
    lists = [asked(f"/jobs/{job}/proposals/", client, rounds=rounds) for job, client in _posts()]
    added, row = shown.queries - bare.queries, lists[1].queries - lists[0].queries
    queries, took = _twenty()
    return Result(
        name="trust_card",
        value=Figure.of([one - other for one, other in zip(shown.times, bare.times, strict=True)]),
        unit="ms more",
        goal=f"≤ {MORE} queries a page, 0 a row",
        is_met=added <= MORE and row == 0 and queries <= MORE,
        notes=(
            f"a conversation: {added} queries more, {_ms(shown)} instead of {_ms(bare)} ms",
            f"the fewest applicants: {lists[0].queries} queries, {_ms(lists[0])} ms",
            f"the most applicants: {lists[1].queries} queries, {_ms(lists[1])} ms",
            f"cards of {LISTED} people: {queries} queries, {took:.1f} ms",
            scale.told(of),
        ),
    )


def _ms(one: Asked) -> str:
    return f"{statistics.median(one.times):.1f}"


def _thread() -> tuple[int, int]:
    """A conversation about a contract that is over, and the client who reads it."""
    from enishi.contracts.models import Contract

    over = Contract.objects.filter(status="completed").order_by("-pk")
    return over.values_list("thread_id", "client_id")[0]


def _posts() -> list[tuple[int, int]]:
    """The newest open post with fewest applicants, and the one with most; and their clients."""
    from enishi.jobs.models import Job

    rows = Job.objects.filter(applicants__gt=0).order_by("applicants", "-pk")
    found = rows.values_list("pk", "client_id")
    last = found.reverse()[0]
    return [found[0], last]


def _twenty() -> tuple[int, float]:
    """Queries and milliseconds of the cards of so many people at once."""
    from django.db import connection

    from enishi.accounts.models import Account
    from enishi.kit import clock
    from enishi.web.trust.cards import cards

    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    people = Account.objects.filter(office_grade="", role="worker").order_by("pk")
    wanted = [(pk, "worker") for pk in people.values_list("pk", flat=True)[:LISTED]]
    at = clock.now()
    cards(wanted, "proposal", at=at)
    with connection.execute_wrapper(note):
        cards(wanted, "proposal", at=at)
    began = time.perf_counter()
    cards(wanted, "proposal", at=at)
    return len(seen), 1000 * (time.perf_counter() - began)
