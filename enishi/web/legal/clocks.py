"""Every waiting state in plain words: whose turn, how long, what comes before, what then.

The numbers are those of the rules; a test holds this table against the clocks that really run.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from enishi.kit.rules import Rules


@dataclass(frozen=True, slots=True)
class Wait:
    """One line of the table. `states` are the waiting states it speaks of."""

    rule: str
    states: tuple[tuple[str, str], ...]
    what: str
    whose: str
    span: str
    before: str
    then: str


def waits(rules: Rules) -> list[Wait]:
    return [
        *_before_the_deal(rules),
        *_money(rules),
        *_work(rules),
        *_afterwards(rules),
        *_checks(rules),
        *_people(rules),
        *_ranks(rules),
        *_chargebacks(rules),
    ]


def days(count: int) -> str:
    return ngettext("%(num)s day", "%(num)s days", count) % {"num": count}


def _business_days(count: int) -> str:
    return ngettext("%(num)s business day", "%(num)s business days", count) % {"num": count}


def _before_the_deal(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "JO4",
            (("jobs.Job", "open"), ("jobs.Job", "paused")),
            _("A post takes applications"),
            _("Everyone"),
            _("Until 24:00 of the application deadline"),
            "",
            _("The post closes to new applications. Those that came in stay and are answered."),
        ),
        Wait(
            "AP3",
            (("proposals.Proposal", "sent"), ("proposals.Proposal", "shortlisted")),
            _("An application waits for an answer"),
            _("Client"),
            _("%(days)s after the application deadline")
            % {"days": days(rules.proposal_answer_days)},
            _("The client is reminded at half time and one day before."),
            _("The application lapses, the worker is told, and the client’s answer rate falls."),
        ),
        Wait(
            "CL11",
            (("contracts.Contract", "offered"),),
            _("An offer waits for an answer"),
            _("Worker"),
            days(rules.offer_days),
            _("A reminder after %(days)s.")
            % {"days": _business_days(rules.offer_reminder_business_days)},
            _("The offer lapses. It leaves no mark on the worker."),
        ),
    ]


def _money(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "CL1",
            (("contracts.Contract", "agreed"), ("contracts.Milestone", "unfunded")),
            _("A contract or its next milestone waits for escrow"),
            _("Client"),
            days(rules.funding_days),
            _("A reminder after %(days)s.")
            % {"days": _business_days(rules.funding_reminder_business_days)},
            _(
                "What is not funded ends without a mark on the worker. "
                "Milestones already in escrow go on."
            ),
        ),
    ]


def _work(rules: Rules) -> list[Wait]:
    late = _("The delay is recorded. The client may agree to a new date.")
    later = _(
        "%(overdue)s later the office opens the settlement. If nothing was ever delivered, the "
        "escrow goes back to the client after %(settlement)s more."
    ) % {"overdue": days(rules.overdue_days), "settlement": days(rules.settlement_days)}
    return [
        Wait(
            "CL12",
            (("contracts.Milestone", "funded"),),
            _("The work is to be delivered"),
            _("Worker"),
            _("Until 24:00 of the delivery date"),
            _("A reminder the day before."),
            f"{late} {later}",
        ),
        _held(rules),
        _inspection(rules),
        Wait(
            "CL13",
            (("contracts.Milestone", "revising"),),
            _("A revision is to be delivered"),
            _("Worker"),
            _("Until the date in the request (%(days)s if none is named)")
            % {"days": days(rules.revision_days)},
            _("A reminder the day before."),
            _("As with the delivery date."),
        ),
        Wait(
            "CL14",
            (("contracts.ChangeRequest", "requested"),),
            _("A request for another date waits for an answer"),
            _("The other side"),
            days(rules.change_request_days),
            "",
            _("The request lapses, which means no: the agreed date stays."),
        ),
    ]


def _held(rules: Rules) -> Wait:
    return Wait(
        "CL16",
        (("contracts.Milestone", "held"),),
        _("The client's bank took the payment back, and nothing is delivered yet"),
        _("Office"),
        days(rules.chargeback_days),
        "",
        _(
            "If the bank decides for the market, the work goes on with as many more days. If it "
            "decides for the client, the milestone ends without a mark on the worker."
        ),
    )


def _inspection(rules: Rules) -> Wait:
    return Wait(
        "CL4",
        (("contracts.Milestone", "delivered"),),
        _("A delivery waits for inspection"),
        _("Client"),
        days(rules.inspection_days),
        _(
            "A reminder after %(first)s, a last call on day %(last)s, and a letter of the "
            "office on day %(letter)s or the next business day."
        )
        % {
            "first": _business_days(rules.inspection_reminder_business_days),
            "last": rules.last_call_day,
            "letter": rules.office_letter_day,
        },
        _("The delivery is accepted by the rules (deemed acceptance), and the worker is paid."),
    )


def _afterwards(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "CL17",
            (("contracts.Contract", "completed"),),
            _("Both sides may review each other"),
            _("Both sides"),
            _("%(days)s after the end of the contract") % {"days": days(rules.review_days)},
            _("A reminder at half time to whoever has not reviewed."),
            _("Reviewing closes. What was written appears, also if only one side wrote."),
        ),
        Wait(
            "CL17",
            (("contracts.Contract", "ended"),),
            _("A contract ended early, and the side not at fault may review it"),
            _("That side"),
            _("%(days)s after the end of the contract") % {"days": days(rules.review_days)},
            _("A reminder at half time to whoever has not reviewed."),
            _("Reviewing closes. A review appears as soon as it is written."),
        ),
        Wait(
            "CL16",
            (("safety.Report", "open"),),
            _("Somebody reported pressure about a review"),
            _("Office"),
            _business_days(rules.report_business_days),
            "",
            _("All operators are told, and whoever reported it is given a new date."),
        ),
    ]


def _checks(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "CL16",
            (("verification.Verification", "submitted"),),
            _("Documents of a person wait to be checked"),
            _("Office"),
            _business_days(rules.verification_business_days),
            "",
            _("The operators are told that it is overdue, and the person is told a new date."),
        ),
        Wait(
            "CL16",
            (("verification.Verification", "approved"),),
            _("What was checked by documents stands"),
            _("Whoever handed them in"),
            days(rules.verification_valid_days),
            _("A reminder %(days)s before.") % {"days": days(rules.verification_reminder_days)},
            _("The check is out of date, and is no longer shown to others."),
        ),
        Wait(
            "CL16",
            (("verification.SealedPicture", "kept"),),
            _("Pictures of documents are kept after the decision"),
            _("Office"),
            days(rules.document_kept_days),
            "",
            _("The pictures of the documents are erased. The result stays."),
        ),
    ]


def _people(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "PE3",
            (("organisations.Membership", "invited"),),
            _("An organisation invites somebody to act for it"),
            _("Whoever is invited"),
            days(rules.invitation_days),
            "",
            _("The invitation lapses. The organisation may invite again."),
        ),
    ]


def _ranks(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "RA8",
            (("ranks.Standing", "falling"),),
            _("A fall of a worker's rank is announced"),
            _("Worker"),
            days(rules.rank_notice_days),
            "",
            _("The rank falls by one step, unless its conditions hold again. Leave adds its days."),
        ),
    ]


def _chargebacks(rules: Rules) -> list[Wait]:
    return [
        Wait(
            "CL16",
            (("office.MoneyAct", "proposed"),),
            _("An act of the office on money waits for a second treasurer"),
            _("Office"),
            _business_days(rules.money_act_business_days),
            _("A reminder after %(days)s.")
            % {"days": _business_days(rules.money_act_reminder_business_days)},
            _("The proposal lapses, and nothing moves."),
        ),
        Wait(
            "CL16",
            (("office.Difference", "open"),),
            _("Our books and the provider's differ"),
            _("Office"),
            _business_days(rules.difference_business_days),
            "",
            _("The treasurers are told that it is overdue. Payouts of the people hit stay held."),
        ),
        Wait(
            "CL16",
            (("office.Finding", "open"),),
            _("The review graph shows a group to look at"),
            _("Office"),
            _business_days(rules.finding_business_days),
            "",
            _("The operators are told that it is overdue. Nothing changes for anybody."),
        ),
        Wait(
            "CL16",
            (("payments.PayoutBatch", "sent"),),
            _("A bank was told by file to pay workers"),
            _("Office"),
            _("%(days)s after the transfer day")
            % {"days": _business_days(rules.batch_business_days)},
            "",
            _("The treasurers are told to ask the bank for its answer."),
        ),
        Wait(
            "CL16",
            (("payments.HolderCheck", "waiting"),),
            _("The holder of a bank account is not its owner by name"),
            _("Office"),
            _business_days(rules.holder_business_days),
            "",
            _("The treasurers are told that it is overdue. Nothing is sent to that account."),
        ),
        Wait(
            "CL16",
            (("payments.Refund", "failed"),),
            _("A refund did not arrive"),
            _("Office"),
            _business_days(rules.refund_business_days),
            "",
            _("The treasurers are told that it is overdue. The sum stays in escrow."),
        ),
        Wait(
            "CL16",
            (("payments.Chargeback", "open"),),
            _("A bank took a payment back and waits for the market's side"),
            _("Office"),
            _("Until the last day that the bank names"),
            _("A reminder after %(days)s.")
            % {"days": _business_days(rules.chargeback_reminder_business_days)},
            _("The bank decides without hearing the market. The treasurers are told."),
        ),
        Wait(
            "CL16",
            (("payments.Chargeback", "answered"),),
            _("A bank decides about a payment that it took back"),
            _("Office"),
            days(rules.chargeback_days),
            "",
            _("The treasurers are told to ask the payment provider."),
        ),
        Wait(
            "CL16",
            (("payments.Chargeback", "lost"),),
            _("A client owes a payment that their bank took back"),
            _("Client"),
            days(rules.chargeback_payment_days),
            _("A reminder after %(days)s.")
            % {"days": _business_days(rules.chargeback_payment_reminder_business_days)},
            _("The treasurers decide what becomes of it. Until then no new work is paid in."),
        ),
    ]
