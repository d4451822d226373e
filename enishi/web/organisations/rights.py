"""What somebody may do who acts for an organisation (PE3): the one list of addresses. What stands
in none of the three is closed to them, so a new address is closed until somebody opens it here."""

from collections.abc import Iterable
from typing import Any

from django.urls import Resolver404, resolve

from enishi.accounts.models import Account
from enishi.organisations import policy

# Read and answer, look at applicants, shortlist, inspect.
SHARED = frozenset(
    {
        *("desk", "notifications", "notice_readings", "notice_counts", "stream_token"),
        *("jobs", "job", "job_file", "my_jobs", "job_preview", "question_answer"),
        *("job_proposals", "job_comparison", "proposal", "proposal_note"),
        *("proposal_shortlist", "proposal_unlisting"),
        *("workers", "person", "person_trust", "person_reviews", "piece", "package"),
        *("contracts", "contract", "revision", "delivery_file"),
        *("threads", "thread", "thread_search", "thread_file"),
        *("thread_entries", "thread_readings", "thread_no_reply"),
        *("thread_report", "contract_report", "report"),
        *("document", "document_pdf", "document_record"),
        "organisation",
    }
)
# What binds the organisation, costs it money, or changes who acts for it.
DECIDED = frozenset(
    {
        *("job_new", "job_edit", "job_opening", "job_closure", "job_reopening", "job_copies"),
        *("job_resumption", "job_discard"),
        *("proposal_decline", "proposal_address", "offer_new"),
        *("contract_withdrawal", "funding", "acceptance", "change_new"),
        *("change_acceptance", "change_refusal", "change_withdrawal"),
        *("payment_return", "chargeback", "repayment"),
        *("review", "review_reply", "review_report"),
        *("vault", "vault_archive", "bookkeeping", "bookkeeping_table"),
        *("payments", "payments_table", "payment_records", "statement", "statement_table"),
        *("organisation_invitations", "invitation_withdrawal", "member_removal", "stand_in"),
    }
)
# A person's own, whomever they act for: how they sign in, who they are, what they have typed.
OWN = frozenset(
    {
        *("settings", "settings_name", "closing", "role", "leaves", "leave_end"),
        *("verifications", "verification_pledge", "verification_phone"),
        *("verification_phone_code", "verification_phone_confirmation"),
        *("verification_documents", "verification_retraction"),
        *("profile", "profile_parts", "bank_account", "invoice_registration"),
        *("drafts", "draft_discard"),
        *("acting", "invitation", "invitation_acceptance", "invitation_refusal", "membership_end"),
        "usersessions_list",
    }
)
OF_SIGNING_IN = ("account_", "mfa_")


def is_own(name: str) -> bool:
    return name in OWN or name.startswith(OF_SIGNING_IN)


def may(reader: Any, name: str) -> bool:
    """Whether this reader gets further at an address. Whoever acts for themself does."""
    if getattr(reader, "member", None) is None or name in SHARED:
        return True
    return name in DECIDED and policy.reaches(reader.right, policy.DECIDER)


def open_to(reader: Account, actions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of these buttons, those with which this reader gets further."""
    if reader.member is None:
        return list(actions)
    return [one for one in actions if may(reader, _name(one.get("href") or one.get("post") or ""))]


def _name(path: str) -> str:
    try:
        return resolve(path.partition("?")[0].partition("#")[0]).url_name or ""
    except Resolver404:
        return ""
