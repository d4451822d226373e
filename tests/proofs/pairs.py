"""Two people with everything a hire leaves behind, each private word of it a canary."""

import json
from datetime import timedelta

from allauth.mfa.models import Authenticator

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.events import delivery
from enishi.files import scans
from enishi.files.models import Scan
from enishi.files.scans import Verdict
from enishi.kit.days import day_of
from enishi.notifications.models import OutgoingMail
from enishi.payments.models import BankAccount
from enishi.profiles import commands as profiles
from enishi.ranks.models import Standing
from tests.authenticator import Passkey

from . import pair_checks, pair_graph, pair_hire, pair_money, pair_profile, pair_team
from .canaries import LONG, Canaries
from .pair_parts import NOON, Pair, joined

PARTS = (
    pair_team.members,
    pair_hire.posts,
    pair_hire.applications,
    pair_hire.deals,
    pair_hire.more_deals,
    pair_hire.finished,
    pair_hire.reported,
    pair_hire.talk,
    pair_money.payment,
    pair_money.office,
    pair_money.banking,
    pair_profile.shown,
    pair_checks.checks,
    pair_graph.findings,
)


def pair(key: str, said: Canaries | None = None) -> Pair:
    """Everything a hire can leave behind, in every state, with notices and mails."""
    said = said or Canaries(key)
    with delivery.in_process():
        made = Pair(key, _client(key, said), _worker(key, said), said)
        for leave in (*PARTS, _self):
            leave(made)
    for scan in Scan.objects.filter(status="pending"):
        scans.conclude(scan.pk, Verdict("clear"), at=NOON)
    return made


def _client(key: str, said: Canaries) -> Account:
    person = joined(said.public(f"Client {key}"), said["client-mail"], "client")
    profiles.present_client(
        by=person,
        at=NOON,
        kind="sole_trader",
        payer_kind="individual",
        recruiter_name=said.public(f"Recruiter {key}", 120),
        contact_person=said["contact-person"],
        prefecture="13",
        city=said.public("Taito"),
        about=said.public("Makes maps.", LONG),
        address=said["full-address"],
        address_shown="city",
    )
    return person


def _worker(key: str, said: Canaries) -> Account:
    person = joined(said.public(f"Worker {key}"), said["worker-mail"], "worker")
    profiles.present_worker(
        by=person,
        at=NOON,
        introduction=said.public("Writes.", LONG),
        hours=said.public("Mornings", 200),
        rate_guide=said.public("20 yen a letter", 200),
        payee_kind="individual",
    )
    BankAccount.objects.create(
        account=person,
        bank_code="0001",
        branch_code="001",
        bank_name=said["bank-name"],
        holder=said["bank-holder"],
        name=said["bank-owner"],
        last4="4567",
        payee=said["bank-payee"],
        token=said["bank-token"],
        added_at=NOON,
    )
    return person


def _self(of: Pair) -> None:
    of.things["worker"] = {"account_id": of.worker.pk}
    of.things["client"] = {"account_id": of.client.pk}
    options = {"publicKey": {"challenge": "AAAA", "user": {"id": ""}}}
    held = {
        "name": of.said["name-of-passkey"],
        "credential": json.loads(Passkey().make(options)),
    }
    passkey = Authenticator.objects.create(user=of.client, type="webauthn", data=held)
    of.things["passkey"] = {"pk": passkey.pk}
    mail = OutgoingMail.objects.filter(account__in=[of.client, of.worker]).first()
    assert mail is not None
    # Whoever looks for workers finds this one.
    standing = {"rank": "regular", "since": NOON, "computed_at": NOON}
    Standing.objects.update_or_create(account=of.worker, defaults=standing)
    today = day_of(NOON)
    last = today + timedelta(days=1)
    leave = accounts.declare_leave(by=of.worker, at=NOON, starts_on=today, ends_on=last)
    of.things["leave"] = {"leave_id": leave.pk}
    of.things["mail"] = {"mail_id": mail.pk}
