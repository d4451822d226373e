"""THE table: which event wakes whom, which clocks run, what each refusal says.

`AT_ONCE` subscribers run in the transaction of the event itself; `LATER` ones by a job, exactly
once. Every event that is recorded stands here, with an empty list if nobody cares.
"""

from importlib import import_module
from typing import Any

from django.conf import settings

from enishi.contracts import clocks as contract_clocks
from enishi.jobs import clocks as job_clocks
from enishi.kit.clocks import Clock
from enishi.office import clocks as office_clocks
from enishi.organisations import clocks as organisation_clocks
from enishi.payments import clocks as payment_clocks
from enishi.proposals import clocks as proposal_clocks
from enishi.ranks import clocks as rank_clocks
from enishi.safety import clocks as safety_clocks
from enishi.verification import clocks as verification_clocks

TELL = "enishi.notifications.commands.tell"
RANK = "enishi.ranks.commands.follow"
TRUST = "enishi.trust.commands.follow"

AT_ONCE: dict[str, list[str]] = {
    "account.closed": [
        "enishi.drafts.commands.forget",
        "enishi.organisations.commands.follow_closing",
        "enishi.verification.commands.ending.forget",
    ],
    "payment.settled": [
        "enishi.contracts.commands.funding.mark_funded",
        "enishi.payments.commands.repaying.mark_paid",
    ],
    "payment.part_arrived": [
        "enishi.contracts.commands.funding.mark_part",
        "enishi.payments.commands.repaying.mark_part",
    ],
    "job.edited": ["enishi.proposals.commands.follow_edit"],
    "job.opened": ["enishi.proposals.commands.follow_edit"],
    "contract.reviews_closed": ["enishi.reviews.commands.publish_remaining"],
    "message.posted": ["enishi.notifications.commands.thread_read"],
    "message.read": ["enishi.notifications.commands.thread_read"],
}

LATER: dict[str, list[str]] = {
    "account.returned": [RANK],
    "account.joined": [TRUST],
    "account.appointed": [TELL],
    "account.dismissed": [TELL],
    "account.suspended": [TELL, RANK],
    "account.restored": [TELL, RANK],
    "account.closed": [],
    "leave.declared": [],
    "leave.ended": [RANK],
    "membership.invited": [TELL, "enishi.notifications.inviting.invite"],
    "membership.joined": [TELL],
    "membership.declined": [TELL],
    "membership.withdrawn": [],
    "membership.lapsed": [TELL],
    "membership.left": [TELL],
    "membership.removed": [TELL],
    "membership.stands_in": [TELL],
    "membership.stood_down": [TELL],
    "profile.worker_presented": [RANK],
    "profile.client_presented": [],
    "profile.invoices_registered": [],
    "profile.piece_added": [RANK],
    "profile.piece_changed": [],
    "profile.piece_removed": [RANK],
    "profile.piece_moved": [],
    "profile.package_offered": [RANK],
    "profile.package_changed": [],
    "profile.package_closed": [RANK],
    "profile.package_reopened": [RANK],
    "profile.package_removed": [RANK],
    "profile.experience_added": [RANK],
    "profile.experience_changed": [],
    "profile.experience_removed": [RANK],
    "profile.qualification_added": [RANK],
    "profile.qualification_changed": [],
    "profile.qualification_removed": [RANK],
    "profile.languages_told": [],
    "profile.weeks_told": [],
    "profile.rates_told": [],
    "bank_account.added": [TELL],
    "holder.asked": [TELL],
    "holder.confirmed": [TELL],
    "holder.refused": [TELL],
    "holder.overdue": [TELL],
    "file.caught": [TELL],
    "file.damaged": [TELL],
    "job.opened": [],
    "job.edited": [],
    "job.changed": [TELL],
    "job.paused": [TELL],
    "job.closed": [TELL],
    "job.question_asked": [TELL],
    "job.question_answered": [TELL],
    "proposal.sent": [TELL],
    "proposal.shortlisted": [],
    "proposal.held": [TELL],
    "proposal.address_released": [TELL],
    "proposal.declined": [TELL, TRUST],
    "proposal.withdrawn": [TELL],
    "proposal.reminder": [TELL],
    "proposal.lapsed": [TELL, TRUST],
    "message.posted": [TELL, "enishi.ranks.commands.follow_writer"],
    "message.read": [],
    "contract.offered": [TELL, TRUST],
    "contract.agreed": [TELL],
    "contract.declined": [TELL],
    "contract.withdrawn": [TELL],
    "contract.lapsed": [TELL],
    "contract.expired": ["enishi.contracts.commands.funding.call_off", TELL, TRUST],
    "contract.reminded": [TELL],
    "contract.completed": [TELL, RANK, TRUST],
    "contract.ended": [TELL, RANK, TRUST],
    "contract.reviews_closed": [],
    "milestone.turn": [TELL],
    "milestone.partly_funded": [TELL],
    "milestone.funded": [TELL, RANK, TRUST],
    "milestone.delivered": [TELL],
    "milestone.revision_asked": [TELL, TRUST],
    "milestone.accepted": [TELL, RANK, TRUST],
    "milestone.deemed": [TELL, RANK, TRUST],
    "milestone.remittance": [TELL],
    "milestone.reminded": [TELL],
    "milestone.silent": [TELL],
    "milestone.late": [TELL],
    "milestone.overdue": [TELL],
    "milestone.held": [TELL],
    "milestone.charged_back": [TELL],
    "milestone.resumed": [TELL],
    "milestone.settled": [TELL, RANK, TRUST],
    "milestone.refunded": ["enishi.contracts.commands.funding.call_off", TELL, TRUST],
    "milestone.cancelled": ["enishi.contracts.commands.funding.call_off", TELL, TRUST],
    "change.requested": [TELL],
    "change.accepted": [TELL],
    "change.declined": [TELL],
    "change.withdrawn": [TELL],
    "change.lapsed": [TELL],
    "payment.settled": [],
    "payment.part_arrived": [],
    "payment.sent_back": [TELL],
    "payment.failed": [TELL],
    "refund.succeeded": [TELL],
    "refund.failed": [TELL],
    "refund.closed": [TELL],
    "refund.overdue": [TELL],
    "chargeback.opened": ["enishi.contracts.commands.holding.hold", TELL],
    "chargeback.answered": [TELL],
    "chargeback.reminded": [TELL],
    "chargeback.overdue": [TELL],
    "chargeback.won": ["enishi.contracts.commands.holding.resume", TELL],
    "chargeback.lost": ["enishi.contracts.commands.holding.release", TELL],
    "chargeback.partly_paid": [TELL],
    "chargeback.recovered": ["enishi.payments.commands.repaying.call_off", TELL],
    "chargeback.written_off": ["enishi.payments.commands.repaying.call_off", TELL],
    "payout.held": [TELL],
    "payout.resumed": [TELL],
    "batch.due": [TELL],
    "batch.sent": [TELL],
    "batch.settled": [TELL],
    "batch.overdue": [TELL],
    "difference.found": [TELL],
    "difference.overdue": [TELL],
    "finding.found": [TELL],
    "finding.overdue": [TELL],
    "finding.confirmed": [TELL],
    "finding.dismissed": [],
    "finding.lifted": [TELL],
    "act.proposed": [TELL],
    "act.approved": [TELL],
    "act.refused": [TELL],
    "act.withdrawn": [],
    "act.reminded": [TELL],
    "act.lapsed": [TELL],
    "payout.paid": [TELL],
    "payout.failed": [TELL],
    "rank.rose": [TELL, TRUST],
    "rank.announced": [TELL],
    "rank.kept": [TELL],
    "rank.fell": [TELL, TRUST],
    "review.written": [TELL],
    "review.published": [TELL, RANK, TRUST],
    "review.replied": [TELL],
    "verification.submitted": [TELL],
    "verification.approved": [TELL, RANK, TRUST],
    "verification.rejected": [TELL],
    "verification.retracted": [],
    "verification.expired": [TELL, RANK, TRUST],
    "verification.withdrawn": [TELL, RANK, TRUST],
    "verification.overdue": [TELL],
    "verification.postponed": [TELL],
    "verification.reminded": [TELL],
    "verification.opened": [],
    "verification.erased": [],
    "review.ruled": [TELL, RANK, TRUST],
    "report.made": [TELL],
    "report.overdue": [TELL],
    "report.delayed": [TELL],
    "report.upheld": [TELL],
    "report.dismissed": [TELL],
    "report.decided": [TELL, TRUST],
}

CLOCKS: tuple[Clock, ...] = (
    *organisation_clocks.declared(settings.RULES),
    *job_clocks.DECLARED,
    *proposal_clocks.DECLARED,
    *contract_clocks.declared(settings.RULES),
    *payment_clocks.declared(settings.RULES),
    *rank_clocks.declared(settings.RULES),
    *office_clocks.declared(settings.RULES),
    *verification_clocks.declared(settings.RULES),
    *safety_clocks.declared(settings.RULES),
)

# Which rows wait, and the command that looks at one of them when its time has come.
SWEPT: dict[str, str] = {
    "organisations.Membership": "enishi.organisations.commands.tick",
    "jobs.Job": "enishi.jobs.commands.tick",
    "proposals.Proposal": "enishi.proposals.commands.tick",
    "contracts.Contract": "enishi.contracts.commands.ticking.contract",
    "contracts.Milestone": "enishi.contracts.commands.ticking.milestone",
    "contracts.ChangeRequest": "enishi.contracts.commands.ticking.change",
    "payments.Chargeback": "enishi.payments.commands.chargebacks.tick",
    "payments.Refund": "enishi.payments.commands.refunding.tick",
    "payments.PayoutBatch": "enishi.payments.commands.batching.tick",
    "payments.HolderCheck": "enishi.payments.commands.holders.tick",
    "ranks.Standing": "enishi.ranks.commands.tick",
    "office.MoneyAct": "enishi.office.commands.tick",
    "office.Difference": "enishi.office.reconciling.tick",
    "verification.Verification": "enishi.verification.commands.ending.tick",
    "verification.SealedPicture": "enishi.verification.commands.ending.tick_picture",
    "safety.Report": "enishi.safety.commands.tick",
    "office.Finding": "enishi.office.findings.tick",
}

REFUSALS = (
    *("accounts", "files", "documents", "escrow", "profiles", "messaging", "payments", "drafts"),
    "organisations",
    *("jobs", "proposals", "contracts", "reviews", "safety", "office", "verification"),
)


def sentences() -> dict[str, Any]:
    """Every refusal's sentence by its code, as lazy translations."""
    found: dict[str, Any] = {}
    for package in REFUSALS:
        found |= import_module(f"enishi.{package}.refusals").SENTENCES
    return found
