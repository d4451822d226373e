"""Two people with everything a hire leaves behind, each private word of it a canary."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.contracts.commands import changing, delivering, ending, offering
from enishi.contracts.models import Contract
from enishi.documents.models import Document
from enishi.drafts import commands as drafts
from enishi.events import delivery
from enishi.files import commands as files
from enishi.files import scans
from enishi.files.models import Scan
from enishi.files.scans import Verdict
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.jobs.policy import PlannedMilestone
from enishi.kit.days import day_of
from enishi.messaging import commands as messaging
from enishi.notifications.models import OutgoingMail
from enishi.office import commands as office
from enishi.office.models import Difference
from enishi.payments import numbers
from enishi.payments.commands import holders, holding
from enishi.payments.models import (
    BankAccount,
    Chargeback,
    HolderCheck,
    Payment,
    Payout,
    PayoutBatch,
)
from enishi.profiles import commands as profiles
from enishi.proposals import commands as proposals
from enishi.proposals.models import Proposal
from enishi.reviews import commands as reviews
from tests import make
from tests.authenticator import Passkey

from .canaries import LONG, Canaries

NOON = make.NOON
SCORES = dict.fromkeys(("skill", "quality", "schedule", "communication", "partnership"), 4)
Thing = dict[str, Any]  # parameters of addresses: what belongs together stands together


@dataclass
class Pair:
    """A client and a worker, and by name what the walk fills into addresses."""

    key: str
    client: Account
    worker: Account
    said: Canaries
    things: dict[str, Thing] = field(default_factory=dict)


def pair(key: str, said: Canaries | None = None) -> Pair:
    """Everything a hire can leave behind, in every state, with notices and mails."""
    said = said or Canaries(key)
    with delivery.in_process():
        made = Pair(key, _client(key, said), _worker(key, said), said)
        for part in (
            _posts,
            _applications,
            _deals,
            _more_deals,
            _finished,
            _talk,
            _money,
            _office,
            _banking,
            _self,
        ):
            part(made)
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


def joined(name: str, mail: str, role: str, **fields: Any) -> Account:
    values = {"joined_at": NOON - timedelta(days=400), "language": "en"} | fields
    person = Account.objects.create_user(
        f"{mail}@people.example", make.PASSWORD, name=name, role=role, **values
    )
    accounts.trust_email(person.pk)
    return person


def _upload(name: str, content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.txt", content.encode(), "text/plain")


def _post(of: Pair, **changes: Any) -> Job:
    return make.job(client=of.client, address=of.said["post-address"], **changes)


def _posts(of: Pair) -> None:
    said = of.said
    words = {
        "title": said["draft-title"],
        "description": said["draft-description"],
        "deliverables": said["draft-deliverables"],
        "acceptance": said["draft-acceptance"],
        "place": said["draft-place"],
        "address": said["draft-address"],
        "questions": (said["draft-question"],),
        "rights_note": said["draft-rights"],
    }
    attached = [_upload(said["draft-file-name"], said["draft-file-bytes"])]
    draft = jobs.draft(by=of.client, at=NOON, terms=make.terms(**words), files=attached)
    of.things["draft"] = {"job_id": draft.pk, "file_id": draft.files.get().file_id}

    shown = {"title": said.public(f"Open post {of.key}", 120), "address": said["post-address"]}
    shown |= {"deliverables": said.public("A file", LONG), "place": said.public("At home", 120)}
    shown |= {"acceptance": said.public("It is agreed to.", LONG)}
    shown |= {"questions": (said.public("Which day suits you?", LONG),)}
    notes = ("rights_note", "confidentiality_note", "ai_use_note")
    shown |= {name: said.public("", 300) for name in notes}
    before = make.terms(**shown, description=said["words-before-an-edit"])
    post = jobs.publish(
        None, by=of.client, at=NOON, terms=before, files=[_upload("plan", "Open to all.")]
    )
    of.things["post"] = {"job_id": post.pk, "file_id": post.files.get().file_id}
    public = jobs.ask(post.pk, by=of.worker, at=NOON, text=said.public("Which font?", LONG))
    of.things["question"] = {"question_id": public.pk, "job_id": post.pk}
    relayed = jobs.ask(
        post.pk, by=of.worker, at=NOON, text=said["relayed-question"], is_public=False
    )
    jobs.answer(relayed.pk, by=of.client, at=NOON, text=said["relayed-answer"])
    of.things["relayed"] = {"question_id": relayed.pk, "job_id": post.pk}
    of.things["closed post"] = {"job_id": _post(of, status="closed").pk}


def _applied(of: Pair, to: Job, **changes: Any) -> Proposal:
    words = {
        "message": of.said["application-message"],
        "answers": dict.fromkeys(to.questions, of.said["application-answer"]),
        "questions_back": of.said["application-question"],
    }
    return make.proposal(to=to, worker=of.worker, **words | changes)


def _applications(of: Pair) -> None:
    post = Job.objects.get(pk=of.things["post"]["job_id"])
    sent = _applied(of, post)
    proposals.note(sent.pk, by=of.client, text=of.said["note-on-applicant"])
    proposals.release_address(sent.pk, by=of.client, at=NOON)
    kept = ("title", "address", "deliverables", "place", "acceptance")
    kept += ("rights_note", "confidentiality_note", "ai_use_note")
    words = {name: getattr(post, name) for name in kept} | {"questions": tuple(post.questions)}
    words["description"] = of.said.public("Now it says less.", LONG)
    after = make.terms(**words)
    jobs.edit(post.pk, by=of.client, at=NOON, terms=after)
    of.things["application"] = {"proposal_id": sent.pk, "thread_id": sent.thread_id}
    no = _applied(of, _post(of))
    words = {"reason": "other", "message": of.said["reason-of-decline"]}
    proposals.decline(no.pk, by=of.client, at=NOON, **words)
    of.things["declined"] = {"proposal_id": no.pk}


def _offered(of: Pair) -> Contract:
    said, day = of.said, day_of(NOON)
    parts = tuple(
        PlannedMilestone(said["milestone-title"], 20_000, day + timedelta(days=14 * number))
        for number in (1, 2, 3)
    )
    terms = make.offer_terms(
        title=said["contract-title"],
        content=said["contract-content"],
        deliverable=said["contract-deliverable"],
        acceptance=said["contract-acceptance"],
        place=said["contract-place"],
        rights_note=said["contract-rights"],
        confidentiality_note=said["contract-secrecy"],
        ai_use_note=said["contract-ai"],
        milestones=parts,
    )
    sent = _applied(of, _post(of))
    return offering.offer(sent.pk, by=of.client, at=NOON, terms=terms)


def _deal(of: Pair, name: str, state: str) -> Contract:
    """A contract in a state, known to the walk by that name, with its first milestone."""
    made = _offered(of)
    walk = ["offered", "agreed", "active", "delivered"]
    if walk.index(state) >= 1:
        make.agree(made)
    if walk.index(state) >= 2:
        make.fund(make.milestone(made))
    if walk.index(state) >= 3:
        _hand_over(of, made)
    part = make.milestone(made)
    ids = {"proposal_id": made.proposal_id, "thread_id": made.thread_id}
    of.things[name] = ids | {"contract_id": made.pk, "milestone_id": part.pk}
    return made


def _hand_over(of: Pair, made: Contract) -> None:
    upload = _upload(of.said["delivered-file-name"], of.said["delivered-file-bytes"])
    stored = files.store(upload, by=of.worker, at=NOON)
    part, words = make.milestone(made), of.said["delivered-words"]
    delivering.deliver(part.pk, by=of.worker, at=NOON, body=words, files=[stored])


def _deals(of: Pair) -> None:
    _deal(of, "offered", "offered")
    _deal(of, "agreed", "agreed")
    working = _deal(of, "working", "active")
    words = {"reason_kind": "other", "reason": of.said["reason-of-change"]}
    change = changing.request(
        make.milestone(working).pk,
        by=of.worker,
        at=NOON,
        due_on=day_of(NOON) + timedelta(days=20),
        **words,
    )
    of.things["change"] = {"change_id": change.pk}
    delivered = _deal(of, "delivered", "delivered")
    handed = make.milestone(delivered).deliveries.get()
    of.things["delivered file"] = {
        "delivery_id": handed.pk,
        "file_id": handed.files.get().file_id,
    }


def _more_deals(of: Pair) -> None:
    revised = _deal(of, "revising", "delivered")
    delivering.ask_revision(
        make.milestone(revised).pk, by=of.client, at=NOON, reason=of.said["reason-of-revision"]
    )
    taken = _deal(of, "withdrawn", "offered")
    offering.withdraw(taken.pk, by=of.client, at=NOON, reason=of.said["reason-of-ending"])
    returned = _deal(of, "refunded", "active")
    part = make.milestone(returned)
    ending.give_back(part.pk, by=of.worker, at=NOON, reason=of.said["reason-of-refund"])
    paper = Document.objects.about(Contract.objects.get(pk=of.things["agreed"]["contract_id"]))
    of.things["paper"] = {"document_id": paper[0].pk}


def _completed(of: Pair) -> Contract:
    sent = _applied(of, _post(of))
    made = offering.offer(sent.pk, by=of.client, at=NOON, terms=make.offer_terms())
    make.agree(made)
    part = make.milestone(made)
    make.deliver(make.fund(part))
    delivering.accept(part.pk, by=of.client, at=NOON)
    return Contract.objects.get(pk=made.pk)


def _finished(of: Pair) -> None:
    one_sided, whole = _completed(of), _completed(of)
    words = {"comment": of.said["review-unpublished"]}
    words["private_note"] = of.said["review-private-note"]
    reviews.write(one_sided.pk, by=of.client, at=NOON, scores=SCORES, overall=4, **words)
    of.things["one-sided"] = {"contract_id": one_sided.pk}
    comment = of.said.public("A good time.", LONG)
    for person in (of.client, of.worker):
        reviews.write(whole.pk, by=person, at=NOON, scores=SCORES, overall=5, comment=comment)
    said = whole.reviews.get(subject=of.worker)
    of.things["reviewed"] = {"contract_id": whole.pk, "review_id": said.pk}


def _talk(of: Pair) -> None:
    thread_id = of.things["application"]["thread_id"]
    upload = _upload(of.said["message-file-name"], of.said["message-file-bytes"])
    message = messaging.post(
        thread_id, by=of.client, at=NOON, body=of.said["message"], files=[upload]
    )
    attached = message.files.get()
    of.things["thread"] = {"thread_id": thread_id, "file_id": attached.file_id}
    place, boxes = f"thread-{thread_id}", {"body": [of.said["unsent-words"]]}
    kept = drafts.keep(place, by=of.client, at=NOON, boxes=boxes)
    of.things["kept"] = {"draft_id": kept.pk, "?": f"place={place}"}


def _money(of: Pair) -> None:
    """A payment that was begun: its page is the payer's alone."""
    waiting = of.things["agreed"]["milestone_id"]
    page = f"{settings.PROVIDER_PAGE_URL}/pay/{of.said['payment-page']}"
    payment = Payment.objects.create(
        purpose_kind="milestone",
        purpose_id=waiting,
        amount=20_000,
        payer=of.client,
        provider="sandbox",
        created_at=NOON,
        ask_at=NOON,
    )
    facts = {"status": "requires_payment", "hosted_url": page, "provider_id": f"cs_{of.key}"}
    Payment.objects.filter(pk=payment.pk).update(**facts)
    of.things["payment"] = {"payment_id": payment.pk}
    settled = Payment.objects.filter(payer=of.client, status="succeeded")
    settled.update(failed_try=of.said["payment-charge"])


def _office(of: Pair) -> None:
    """What the office keeps about their money: an act that waits, a payment that a bank took back
    and then let stand, a difference to the provider's books."""
    teller = joined(f"Teller {of.key}", f"teller-{of.key}", "worker", office_grade="treasurer")
    words = {"by": teller, "at": NOON, "reason": of.said["reason-of-act"]}
    act = office.propose("hold_payouts", of.worker.pk, **words)
    of.things["act"] = {"act_id": act.pk}
    other = joined(
        f"Second teller {of.key}", f"teller2-{of.key}", "worker", office_grade="treasurer"
    )
    facts = {"amount": 1, "direction": "to_person"}
    wrong = office.propose("correction", of.client.pk, **words, facts=facts)
    office.refuse(wrong.pk, by=other, at=NOON, reason=of.said["reason-of-no-act"])
    of.things["refused act"] = {"act_id": wrong.pk}
    held = {"cause": "office", "reason": of.said["reason-of-hold"]}
    holding.hold(of.worker.pk, by=None, at=NOON, **held)
    holding.resume(of.worker.pk, by=None, at=NOON)
    of.things["new act"] = {"kind": "correction", "subject_id": of.worker.pk}
    delivered = of.things["delivered"]["milestone_id"]
    of.things["new split"] = {"kind": "split", "subject_id": delivered}
    part = make.milestone(Contract.objects.get(pk=of.things["reviewed"]["contract_id"]))
    make.charge_back(part)
    make.charge_back(part, status="won")
    taken = Chargeback.objects.get(provider_id=f"du_{part.pk}")
    Chargeback.objects.filter(pk=taken.pk).update(answer=of.said["words-to-the-bank"])
    of.things["chargeback"] = {"chargeback_id": taken.pk}
    found = Difference.objects.create(
        provider="sandbox",
        kind="unknown",
        source=of.said["name-at-the-provider"],
        effect=1,
        theirs={"amount": 1, "source": of.said["name-at-the-provider"]},
        people=[],
        found_at=NOON,
        due_at=NOON,
    )
    of.things["difference"] = {"difference_id": found.pk}
    of.things["new close"] = {"kind": "close_difference", "subject_id": found.pk}


def _banking(of: Pair) -> None:
    """A holder to look at, one that was refused, and a file that waits for the bank's answer."""
    teller = Account.objects.get(name=f"Teller {of.key}")
    bank = BankAccount.objects.get(account=of.worker)
    facts = {"reason": of.said["reason-of-holder"], "asked_at": NOON, "due_at": NOON}
    of.things["holder"] = {"check_id": HolderCheck.objects.create(bank=bank, **facts).pk}
    before = BankAccount.objects.create(
        account=of.worker, holder=bank.holder, name=bank.name, added_at=NOON, replaced_at=NOON
    )
    refused = HolderCheck.objects.create(bank=before, **facts)
    holders.refuse(refused.pk, by=teller, at=NOON, reason=of.said["reason-of-no-holder"])
    of.things["refused holder"] = {"check_id": refused.pk}
    day = day_of(NOON) + timedelta(days=1)
    fields = {"transfer_on": day, "made_by": teller, "made_at": NOON, "count": 1, "total": 1}
    file = numbers.seal_file(b"9".ljust(120) + b"\r\n")
    batch = PayoutBatch.objects.create(**fields, sealed=file, sha256="0" * 64)
    words = {"by": teller, "at": NOON, "reason": of.said["reason-of-act"]}
    office.propose("payout_batch", batch.pk, **words)
    payout = {"account": of.worker, "bank": bank, "amount": 1, "created_at": NOON}
    paid = Payout.objects.create(**payout, batch=batch)
    Payout.objects.filter(pk=paid.pk).update(status="sent")
    sent = {"status": "sent", "sent_at": NOON, "due_at": NOON}
    PayoutBatch.objects.filter(pk=batch.pk).update(**sent)
    of.things["batch"] = {"batch_id": batch.pk}


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
    of.things["mail"] = {"mail_id": mail.pk}


def _credential(key: str) -> dict[str, Any]:
    """What a device says of a new passkey. Nobody holds the secret half of this one."""
    identity = key.encode() * 16
    public = AttestedCredentialData.create(Aaguid.NONE, identity, ES256({1: 2, 3: -7}))
    device = AuthenticatorData.create(bytes(32), AuthenticatorData.FLAG.AT, 0, public)
    made = AttestationObject.create("none", device, {})
    client = CollectedClientData.create("webauthn.create", b"challenge", settings.URL)
    return {
        "id": websafe_encode(identity),
        "rawId": websafe_encode(identity),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(made),
        },
    }
