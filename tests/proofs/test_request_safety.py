"""A10, I4: nothing changes by looking, nothing is sent without our own form, and every answer tells
the browser how little it may do with it.

Both walk the URLconf with the people whom each address lets in. The browser's half of I4 (what a
page may run, the way back after signing out) is shown in Chromium elsewhere.
"""

import re
from collections.abc import Iterator

from django.conf import settings
from django.test import Client
from django.urls import URLPattern

from .actors import Actor
from .pair_parts import Pair
from .policies import POLICIES, addresses
from .walking import World, address_of, changed, enters, finds, rows, undone
from .walking import built as built  # fixtures
from .walking import world as world

BUDGET = 90  # a third of it for the walk; the others need five seconds
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
Look = tuple[URLPattern, str, Pair, Actor]

# What looking may write, each with its reason. Sign-ins and throttles: `walking.BESIDE`.
WRITTEN_BY_LOOKING = {
    # JO5: who was shown a recruiter's address is on record.
    "job": ["jobs_addressview"],
    # The provider sends the payer here, and is asked what became of the payment.
    "payment_return": ["payments_payment"],
    # The library notes that its owner has seen the codes.
    "mfa_view_recovery_codes": ["mfa_authenticator"],
    "mfa_download_recovery_codes": ["mfa_authenticator"],
}
# Bytes that are no page: shown by nobody's browser as one, so they carry their own narrow policy.
PROBES = ("healthz", "readyz")
KEPT = {
    "service_worker": "no-cache",
    "person_image": "private, max-age=31536000, immutable",
}


def looks(world: World) -> Iterator[Look]:
    """Everyone at each thing that they find, one pair's."""
    for pattern in addresses():
        policy = POLICIES[pattern.name]
        for thing in policy.finds:
            of = world.pairs[0]
            for actor in world.people:
                if enters(actor, policy) == "in" and finds(actor, of, policy, thing):
                    yield pattern, thing, of, actor


def test_looking_changes_nothing_and_every_answer_is_guarded(world, proof):
    wrong: list[str] = []
    before = rows()
    pages = [look for look in looks(world) if "GET" in POLICIES[look[0].name].takes]

    for pattern, thing, of, actor in proof.sample(pages, least=150):
        path = address_of(pattern, of, thing)
        what = f"{actor.name} of {actor.pair} at {pattern.name} ({thing or 'itself'})"
        for method in ("GET", "HEAD"):
            with undone():
                answer = actor.ask(method, path)
                written = changed(before, rows())
                again = actor.ask(method, path)
            if written and written != WRITTEN_BY_LOOKING.get(pattern.name):
                wrong.append(f"{what}: {method} wrote {written}")
            if "sessionid" in answer.cookies and not answer.cookies["sessionid"].value:
                wrong.append(f"{what}: {method} signs out")
            faults = [*unguarded(pattern.name, actor, answer), *repeated(answer, again)]
            wrong += [f"{what}: {method}: {fault}" for fault in faults]

    assert not wrong, "\n".join(sorted(wrong))


def unguarded(name: str, actor: Actor, answer) -> Iterator[str]:
    """Headers that are missing or say too much."""
    said = answer.headers
    expected = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    expected["Cross-Origin-Opener-Policy"] = "same-origin"
    if name not in PROBES:
        expected["X-Frame-Options"] = "DENY"
        yield from _policy_faults(said.get("Content-Security-Policy", ""))
        yield from _keeping_faults(name, actor, said)
    for header, value in expected.items():
        if said.get(header) != value:
            yield f"{header} is {said.get(header)!r}, not {value!r}"


def _policy_faults(policy: str) -> Iterator[str]:
    rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";") if rule.strip())
    if rules.get("default-src") != "'none'":
        yield f"default-src is {rules.get('default-src')!r}"
    for unsafe in ("unsafe-inline", "unsafe-eval", "unsafe-hashes", " data:", " *", " https: "):
        named = [name for name, value in rules.items() if unsafe in f" {value} "]
        if named and (unsafe, named) != (" data:", ["img-src"]):
            yield f"{unsafe.strip()} in {named}"
    if "sandbox" in rules:  # a file or a paper: no page at all
        return
    provider = settings.PROVIDER_PAGE_URL
    wanted = {"frame-ancestors": "'none'", "base-uri": "'none'"}
    wanted["form-action"] = f"'self' {provider}"
    for rule, value in wanted.items():
        if rules.get(rule) != value:
            yield f"{rule} is {rules.get(rule)!r}, not {value!r}"


def _keeping_faults(name: str, actor: Actor, said) -> Iterator[str]:
    """What is private must not stay behind in any cache."""
    keeping = said.get("Cache-Control", "")
    if name in KEPT:
        if keeping != KEPT[name]:
            yield f"Cache-Control is {keeping!r}"
        return
    if actor.is_signed_in and "no-store" not in keeping:
        yield f"may be stored: Cache-Control is {keeping!r}"
    if "private" not in keeping and "no-store" not in keeping:
        yield f"may be shared: Cache-Control is {keeping!r}"
    for mark in ("ETag", "Last-Modified"):
        if mark in said:
            yield f"{mark} tells whether it changed"


def repeated(answer, again) -> Iterator[str]:
    """A nonce is good for one answer."""
    found = [
        set(re.findall(r"'nonce-([^']+)'", one.headers.get("Content-Security-Policy", "")))
        for one in (answer, again)
    ]
    if found[0] & found[1]:
        yield "the same nonce twice"


def test_nothing_is_sent_without_a_form_of_ours(world):
    """With the cookies of whoever may do it, but without the token of our form, with that of
    another person, or from another site."""
    wrong, before = [], rows()

    for pattern, thing, of, actor in once_each(world):
        policy = POLICIES[pattern.name]
        if policy.door == "machine":
            continue
        path = address_of(pattern, of, thing)
        for method, more in forged(policy.takes & UNSAFE):
            actor.browser.handler.enforce_csrf_checks = True
            answer = actor.ask(method, path, **more)
            if answer.status_code != 403:
                wrong.append(f"{method} {pattern.name} {more}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)
    assert changed(before, rows()) == []


def once_each(world: World) -> Iterator[Look]:
    """One person for each address that takes something."""
    done = set()
    for look in looks(world):
        name = look[0].name
        if POLICIES[name].takes & UNSAFE and name not in done:
            done.add(name)
            yield look


def forged(methods: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    for method in sorted(methods):
        yield method, {}
        yield method, {"HTTP_X_CSRFTOKEN": "a" * 64}
        yield method, {"HTTP_ORIGIN": "https://evil.example"}


def test_with_a_form_of_ours_the_same_is_taken(world):
    """Without this, everything above might be refused for some other reason."""
    actor = world.person("worker", "a")
    browser = Client(enforce_csrf_checks=True)
    browser.cookies.load(actor.cookies)
    token = browser.get("/settings/").content.decode()
    value = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', token)[0]

    answer = browser.post("/settings/name/", {"name": "Wren", "csrfmiddlewaretoken": value})

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/settings/"
