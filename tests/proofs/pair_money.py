"""What the money of a hire leaves behind, and what the office keeps about it."""

from datetime import timedelta

from django.conf import settings

from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.kit.days import day_of
from enishi.office import commands as acts
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
    Refund,
)
from tests import make

from .pair_parts import NOON, Pair, joined


def payment(of: Pair) -> None:
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


def office(of: Pair) -> None:
    """What the office keeps about their money: an act that waits, a payment that a bank took back
    and then let stand, a difference to the provider's books."""
    teller = joined(f"Teller {of.key}", f"teller-{of.key}", "worker", office_grade="treasurer")
    words = {"by": teller, "at": NOON, "reason": of.said["reason-of-act"]}
    act = acts.propose("hold_payouts", of.worker.pk, **words)
    of.things["act"] = {"act_id": act.pk}
    other = joined(
        f"Second teller {of.key}", f"teller2-{of.key}", "worker", office_grade="treasurer"
    )
    facts = {"amount": 1, "direction": "to_person"}
    wrong = acts.propose("correction", of.client.pk, **words, facts=facts)
    acts.refuse(wrong.pk, by=other, at=NOON, reason=of.said["reason-of-no-act"])
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
    back = Refund.objects.filter(payment__payer=of.client).latest("id")
    over = {"status": "failed", "ask_at": None, "finished_at": NOON, "due_at": NOON}
    Refund.objects.filter(pk=back.pk).update(**over)
    of.things["new refund"] = {"kind": "failed_refund", "subject_id": back.pk}


def banking(of: Pair) -> None:
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
    acts.propose("payout_batch", batch.pk, **words)
    payout = {"account": of.worker, "bank": bank, "amount": 1, "created_at": NOON}
    paid = Payout.objects.create(**payout, batch=batch)
    Payout.objects.filter(pk=paid.pk).update(status="sent")
    sent = {"status": "sent", "sent_at": NOON, "due_at": NOON}
    PayoutBatch.objects.filter(pk=batch.pk).update(**sent)
    of.things["batch"] = {"batch_id": batch.pk}
