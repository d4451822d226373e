"""Fills a running market with hostile words in every field that keeps words (I3), and prints what
a browser needs to look at it: who may see which page, their sessions, and what was said.

    python -m tests.proofs.hostile_market FIRST PAIRS      in the environment of that market
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import django
from django.apps import apps

from tests.data.hostile import SCRIPTS
from tests.proofs.canaries import LONG, Canaries

# Names of canaries that are no words: parts of addresses, of keys, and the insides of files.
SOUND = {"client-mail", "worker-mail", "bank-payee", "bank-token", "payment-charge", "payment-page"}
SHORT = {
    "name-at-the-provider": 255,
    "contact-person": 60,
    "bank-holder": 48,
    "bank-owner": 48,
    "bank-name": 100,
    "name-of-passkey": 100,
    "qualification-number": 60,
}
LINE = ("title", "place", "address", "file-name")
NOTE = ("rights", "secrecy", "ai")
NAME = "file-name"  # its forbidden signs are replaced when it is stored
MARK = "zq{:04}"  # stands before everything said, so that it is known again wherever it is shown
STEP = 5  # scripts on, each pair begins
# As which browsers of this proof travel: they say of themselves what they like.
DEVICE = "zq9999 <script>alert(1)</script><img src=//evil.example/x>"


@dataclass(frozen=True, slots=True)
class Hostility(Canaries):
    """Says hostile things wherever something is said. Where a whole text fits, all of them, and
    another one first in each pair; on a line, as many as fit, another one first in each field."""

    first: int
    said: dict[str, tuple[str, str]] = field(default_factory=dict)  # by its mark: where, and what

    def __getitem__(self, name: str) -> str:
        if name in SOUND:
            return f"{name}-{self.pair}"
        known = [text for where, text in self.said.values() if where == name]
        return known[0] if known else self._say(name, _most(name))

    def public(self, words: str, most: int = 60) -> str:
        return self._say(words or "A note", most)

    def _say(self, where: str, most: int) -> str:
        mark = MARK.format(self.first * 100 + len(self.said))
        place = self.first * STEP + len(self.said)
        turned = [SCRIPTS[(place + number) % len(SCRIPTS)] for number in range(len(SCRIPTS))]
        between = "\n" if most == LONG else " "
        text = mark
        for one in turned:
            if len(text) + len(one) < most:
                text += between + one
        if where.endswith(NAME):
            text = f"{mark} {turned[0]} {mark}"  # of a path, the end remains
        self.said[mark] = where, text
        return text

    def shown(self) -> dict[str, tuple[str, str]]:
        """As people may read it, by its mark: a file's name is mended when it is stored."""
        from enishi.files import names

        return {
            mark: (where, names.cleaned(f"{text}.txt") if where.endswith(NAME) else text)
            for mark, (where, text) in self.said.items()
        }


def _most(name: str) -> int:
    if name in SHORT:
        return SHORT[name]
    if name.endswith(LINE):
        return 120
    return 300 if name.endswith(NOTE) else LONG


def fill(first: int, count: int) -> dict[str, Any]:
    from tests.proofs import pairs, walking

    spoken = [Hostility(f"p{number}", number) for number in range(first, first + count)]
    made = [pairs.pair(said.pair, said) for said in spoken]
    world = walking.world_of(made)
    for of in made:
        _reply(of)
        _plan(of)
    office = Hostility("office", first + count)
    gone = _suspend(world, office)
    world.person("client", made[0].key).ask("GET", "/settings/", HTTP_USER_AGENT=DEVICE)
    visits = [
        (pattern.name, thing, actor.name, actor.pair, walking.address_of(pattern, of, thing))
        for pattern, thing, of, actor in _visits(world)
    ]
    return {
        "visits": [*visits, *_beside(made, gone)],
        "cookies": {f"{one.name} {one.pair}": one.cookies for one in world.people},
        "said": {mark: what for one in [*spoken, office] for mark, what in one.shown().items()}
        | {DEVICE[:6]: ("A device", DEVICE)},
        "unsaid": unsaid(),
    }


def _reply(of: Any) -> None:
    """To the review of another contract: the page with the form stays as it is."""
    from enishi.reviews import commands as reviews
    from tests.proofs.pair_hire import completed
    from tests.proofs.pair_parts import NOON, SCORES

    done = completed(of)
    for person in (of.client, of.worker):
        comment = of.said.public("A review with a reply", LONG)
        reviews.write(done.pk, by=person, at=NOON, scores=SCORES, overall=3, comment=comment)
    answered = done.reviews.get(subject=of.worker)
    reviews.reply(answered.pk, by=of.worker, at=NOON, text=of.said.public("A reply", LONG))
    of.things["replied"] = {"contract_id": done.pk}


def _plan(of: Any) -> None:
    """A post whose work comes in named parts."""
    from enishi.jobs import commands as jobs
    from enishi.jobs.policy import PlannedMilestone
    from enishi.kit.days import day_of
    from tests import make
    from tests.proofs.pair_parts import NOON

    parts = (PlannedMilestone(of.said.public("A part", 120), 60_000, day_of(NOON)),)
    post = jobs.draft(by=of.client, at=NOON, terms=make.terms(milestones=parts))
    of.things["planned"] = {"job_id": post.pk}


def _suspend(world: Any, said: Hostility) -> Any:
    """A reason that the office reads."""
    from enishi.accounts import commands as accounts
    from tests.proofs.pair_parts import NOON, joined

    person = joined(said.public("A suspended name"), "gone", "worker")
    mio = next(one.account for one in world.people if one.name == "operator")
    reason = said.public("A reason of the office", LONG)
    return accounts.suspend(person.pk, by=mio, at=NOON, reason=reason)


def _visits(world: Any) -> Iterator[tuple[Any, str, Any, Any]]:
    """A pair's own two people at each page that shows them something, and a treasurer at what the
    office alone reads; everyone else at those of the first pair. Pages that are the same for all
    are opened once."""
    from tests.proofs.policies import POLICIES, addresses
    from tests.proofs.walking import enters, finds

    for pattern in addresses():
        policy = POLICIES[pattern.name]
        if "GET" not in policy.takes or pattern.name in DEMO:
            continue
        for thing in policy.finds:
            is_for_all = not thing and policy.door == "open"
            for number, of in enumerate(world.pairs[:1] if is_for_all else world.pairs):
                for actor in world.people:
                    is_office = policy.door.startswith("office") and actor.name == "treasurer"
                    is_third = actor.pair is None and (is_office or not number)
                    if actor.pair != of.key and not is_third:
                        continue
                    if enters(actor, policy) == "in" and finds(actor, of, policy, thing):
                        yield pattern, thing, of, actor


DEMO = ("demo_mail", "demo_mail_html")  # the table speaks of a live market, which has no such pages
VISITOR = ("anonymous", None)


def _beside(made: list[Any], gone: Any) -> Iterator[tuple[str, str, str, str | None, str]]:
    """Pages about things that the table of policies need not know, and every letter."""
    from django.urls import reverse

    from enishi.notifications.models import OutgoingMail

    for of in made:
        for name in ("job", "job_edit", "job_preview", "job_opening"):
            yield name, "planned", "client", of.key, reverse(name, kwargs=of.things["planned"])
        for name in ("contract", "review"):
            path = reverse(name, kwargs=of.things["replied"])
            yield from ((name, "replied", side, of.key, path) for side in ("client", "worker"))
    path = reverse("office_person", args=[gone.pk])
    yield from (("office_person", "suspended", one, None, path) for one in ("reader", "operator"))
    yield "demo_mails", "", *VISITOR, reverse("demo_mails")
    later = [person for of in made[1:] for person in (of.client, of.worker)]
    for mail in OutgoingMail.objects.exclude(account__in=later).order_by("pk"):
        yield "demo_mail", "mail", *VISITOR, reverse("demo_mail", args=[mail.pk])
        if mail.html:
            yield "demo_mail_html", "mail", *VISITOR, reverse("demo_mail_html", args=[mail.pk])


# What the program writes, not people: codes, hashes, states, names of events, and the line that a
# provider shows. A new field of words is expected to be hostile until it stands here.
MACHINE = {
    "kit.Market": "mode",
    "kit.Heartbeat": "name",
    "accounts.Account": "email language role office_grade password",
    "accounts.Consent": "text version",
    "organisations.Membership": "email status",
    "events.Event": "name subject_kind subject_id people trace",
    "events.Delivery": "subscriber",
    "escrow.Account": "code",
    "escrow.Entry": "kind idem purpose_kind facts",
    "documents.Document": "number kind subject_kind subject_id sha256 parties party_names chain",
    "files.StoredFile": "sha256 content_type stored_as",
    "files.Scan": "status found reason report",
    "files.BlockedHash": "sha256 found",
    "trust.PersonFacts": "side facts",  # numbers alone
    "trust.MarketRange": "subcategory unit",
    "drafts.Draft": "place",
    "drafts.SentForm": "led_to",
    "profiles.ClientProfile": "kind payer_kind prefecture address_shown orders",
    "profiles.Piece": "category skills link",
    "messaging.Wait": "closed_by",
    "reviews.Spoken": "lexicon themes",
    "reviews.SiteMean": "side",
    "ranks.Earning": "category",
    "ranks.Standing": "facts rank status",
    "profiles.Package": "subcategory status",
    "profiles.SpokenLanguage": "code level",
    "profiles.Rate": "unit",
    "profiles.WorkerProfile": "payee_kind skills",
    "profiles.InvoiceRegistration": "number",
    "payments.Payment": "provider_id failure_code purpose_kind status provider description"
    " return_url hosted_url charge failed_try customer",
    "payments.Refund": "provider_id failure_code idem of status",
    "payments.BankAccount": "bank_code branch_code last4 payee token refusal_code sealed",
    "payments.HolderCheck": "status",
    "payments.PayoutBatch": "status sealed sha256 answer_sha256",
    "payments.Payout": "provider_id failure_code provider status",
    "payments.Chargeback": "provider_id status reason",
    "payments.PayoutHold": "cause",
    "payments.Examination": "fingerprint warnings",
    "payments.WebhookEvent": "provider event_id name kind reference",
    "verification.Verification": "kind status number paper sealed digest masked",
    "verification.SealedPicture": "status key_id",
    "verification.PhoneCode": "status sealed digest masked",
    "office.MoneyAct": "kind status facts",
    "office.Reconciliation": "provider",
    "office.Difference": "provider kind movement reference status ours how people",
    "office.Finding": "kind status people signs facts mark",
    "jobs.Job": "status subcategory category pricing unit rights confidentiality ai_use audience"
    " skills",
    "proposals.Proposal": "status decline_reason",
    "contracts.Contract": "status fault rights confidentiality ai_use payer_kind payee_kind"
    " withholding_reason rates",
    "contracts.Milestone": "status fault",
    "contracts.DeliveryFile": "sha256",
    "contracts.ChangeRequest": "status reason_kind",
    "reviews.Review": "side more_work more_pay",
    "reviews.Ruling": "effect",
    "reviews.ClosingNote": "again",
    "safety.Report": "kind status",
    "notifications.Notice": "kind",
    "notifications.OutgoingMail": "to language last_error",
    "mfa.Authenticator": "type",
    "usersessions.UserSession": "session_key data",
}
OF_LIBRARIES = {"mfa.Authenticator", "usersessions.UserSession"}  # in which people write


def unsaid() -> list[str]:
    """Fields of words in which nothing hostile stands: a field that was forgotten."""
    from django.contrib.postgres.fields import ArrayField
    from django.db import models

    kinds = (models.CharField, models.TextField, models.JSONField, ArrayField)
    found = []
    for model in apps.get_models():
        name = model._meta.label
        if not model.__module__.startswith("enishi.") and name not in OF_LIBRARIES:
            continue
        for one in model._meta.fields:
            if not isinstance(one, kinds) or one.name in MACHINE.get(name, "").split():
                continue
            values = model._default_manager.values_list(one.name, flat=True)
            if not any(MARK[:2] in str(value) for value in values):
                found.append(f"{name}.{one.name}")
    return sorted(found)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enishi.settings")
    django.setup()
    from django.conf import settings

    from enishi.kit import clock

    settings.ALLOWED_HOSTS.append("testserver")
    os.environ["NOON"] = clock.now().isoformat()
    print(json.dumps(fill(int(sys.argv[1]), int(sys.argv[2]))))


if __name__ == "__main__":
    main()
