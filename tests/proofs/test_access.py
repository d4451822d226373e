"""A1, PE2, PE4, PE7: every address × every kind of visitor × every method, held against the table
in `policies.py`; and what no stranger reads or changes on the way.

A stranger is told "not there" (404), never "not yours". No answer holds one of the planted strings
that its reader must not know. Refused requests leave every table as it was. And the people a thing
belongs to do find it, so that the walk proves something.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.urls import URLPattern

from .actors import Actor
from .canaries import PLANTED
from .pair_parts import SCORES, Pair
from .policies import POLICIES, Policy, addresses
from .walking import (
    LOGIN,
    METHODS,
    World,
    address_of,
    changed,
    enters,
    finds,
    leaks,
    rows,
    undone,
)
from .walking import built as built  # fixtures
from .walking import world as world

BUDGET = 90  # half of it for the walk; the other test needs four seconds
SECOND_FACTOR = ("/account/2fa/", "/account/passkeys/reauthenticate/")
TURNED_AWAY = "not for members"
FOUND = {"200", "redirect", "422"}
OF_ITS_OWN = {
    "provider_webhook": {"400"},  # nobody has signed it
    "violations": {"400"},  # no report of a browser
    "draft_discard": {"204"},
    "readyz": {"200", "503"},  # a market without a worker is not ready
}
# On no page, by intent; the walk looks for them all the same.
UNSHOWN = {name for name, readers in PLANTED.items() if not readers}
UNSHOWN |= {"payment-page"}
# Sound values for the boxes of every form, so that no request is refused for its words alone.
PLAUSIBLE = {
    **dict.fromkeys(("text", "body", "message", "name"), "Words of a visitor"),
    **dict.fromkeys(("due_on", "until", "delivery_on", "apply_by"), "2026-04-20"),
    "reason": "other",
    "reason_kind": "other",
    "amount": "60000",
    "role": "client",
    "language": "en",
    "up_to": "1",
    "overall": "4",
    "comment": "Words of a visitor",
    **SCORES,
    "place": "note-1",
    "box:text": "Words of a visitor",
}
Visit = tuple[URLPattern, str, Pair, Actor]


def visits(world: World) -> Iterator[Visit]:
    """Each thing behind each address, for each visitor: the other pair's people are strangers."""
    for pattern in addresses():
        for thing in POLICIES[pattern.name].finds:
            for of in world.pairs if thing else world.pairs[:1]:
                for actor in world.people:
                    yield pattern, thing, of, actor


def is_core(visit: Visit) -> bool:
    """Walked on every run: each thing of one pair, visited by the two people of the other."""
    _, thing, of, actor = visit
    return bool(thing) and (of.key, actor.pair) == ("a", "b")


def test_every_address_answers_each_visitor_as_its_policy_says(world, proof):
    wrong: list[str] = []
    before = rows()

    others = [visit for visit in visits(world) if not is_core(visit)]
    core = [visit for visit in visits(world) if is_core(visit)]

    for pattern, thing, of, actor in chain(core, proof.sample(others)):
        policy = POLICIES[pattern.name]
        path, door = address_of(pattern, of, thing), enters(actor, policy, pattern.name)
        is_found = finds(actor, of, policy, thing, pattern.name)
        who = f"{actor.name} of {actor.pair}" if actor.pair else actor.name
        what = f"{who} at {pattern.name} ({thing or 'itself'} of {of.key})"
        with undone():
            for method in METHODS:
                answer = ask(actor, method, path, is_found=is_found)
                expected = allowed(pattern.name, method, door, is_found=is_found)
                said = in_words(answer, policy)
                if door == TURNED_AWAY and answer.headers.get("Location") == "/acting/":
                    said = TURNED_AWAY
                if said not in expected:
                    wrong.append(f"{what}: {method} is answered {said}, not {expected}")
                wrong += [f"{what}: {method} tells {leak}" for leak in leaks(answer, actor)]
            if written := changed(before, rows()):
                wrong.append(f"{what} changed {written}")

    assert not wrong, "\n".join(sorted(wrong))


def test_what_was_planted_stands_where_its_readers_look(world, proof):
    """Without this, a walk that finds no string might be looking at empty pages."""
    of, found = world.pairs[0], set()

    for pattern, thing, whose, actor in visits(world):
        reads = actor.pair == of.key or actor.name == "treasurer"
        if whose is of and reads and "GET" in POLICIES[pattern.name].takes:
            words = ask(actor, "GET", address_of(pattern, of, thing), is_found=True).words
            found |= {name for name in PLANTED if of.said[name].encode() in words}

    assert sorted(found | UNSHOWN) == sorted(PLANTED)


def ask(actor: Actor, method: str, path: str, *, is_found: bool) -> Any:
    """A request with everything a form could want. What one may do is taken back at once: only
    refused requests must leave no trace."""
    data = PLAUSIBLE if method == "POST" else None
    if not is_found:
        return actor.ask(method, path, data)
    with undone():
        return actor.ask(method, path, data)


def allowed(name: str, method: str, door: str, *, is_found: bool) -> set[str]:
    """Every answer that the policy allows."""
    policy = POLICIES[name]
    if door != "in":
        return {door}
    if method not in policy.takes:
        return {"405"}
    answers = set(OF_ITS_OWN.get(name, FOUND)) if is_found else {"not there"}
    if policy.methods == "any":
        answers |= {"405", "200"} if method == "OPTIONS" else {"405"}
    return answers


def in_words(answer: Any, policy: Policy) -> str:
    """The answer in the words of the table."""
    where = answer.headers.get("Location", "")
    if answer.status_code == 302 and where.startswith(LOGIN):
        return "sign in"
    is_office = policy.door.startswith("office")
    if is_office and answer.status_code == 302 and where.startswith(SECOND_FACTOR):
        return "second factor"
    return {404: "not there", 302: "redirect"}.get(answer.status_code, str(answer.status_code))
