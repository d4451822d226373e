"""The policy of every address, written down apart from the code: who may come in, with which
methods, and who finds the thing an address names. A1 holds the URLconf against it.

A new address fails the suite until it has a row here. `finds` tells for each thing of a pair (see
`pairs.py`) which of its people find it; `PUBLIC` means all who may come in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from .canaries import BOTH, CLIENT, NOBODY, OFFICE, WORKER

PUBLIC = frozenset({"*"})
OTHERS = frozenset({"*", "not client"})  # nobody asks or applies at their own post
OPERATOR = frozenset({"operator"})
TREASURER = frozenset({"treasurer"})
MEMBER, FORMER = frozenset({"member"}), frozenset({"former member"})
NO_THING = {"": PUBLIC}  # an address of one's own: what it shows depends on who asks


@dataclass(frozen=True, slots=True)
class Policy:
    """`door` is the declared policy, `office:operator` with a grade. `methods` without HEAD and
    OPTIONS, which follow; `any` for pages of allauth, which answer every method."""

    door: str
    methods: str
    finds: Mapping[str, frozenset[str]]

    @property
    def takes(self) -> set[str]:
        if self.methods == "any":
            return {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
        taken = set(self.methods.split())
        return taken | {"HEAD"} if "GET" in taken else taken


def _row(door: str, methods: str, **finds: frozenset[str]) -> Policy:
    return Policy(door, methods, {name.replace("_", " "): who for name, who in finds.items()})


def _page(door: str, methods: str = "GET") -> Policy:
    return Policy(door, methods, NO_THING)


OPEN = ("home", "offline", "service_worker", "jobs", "terms", "privacy", "legal_notice", "fees")
OPEN += ("safe", "clocks", "help", "pledge", "healthz", "readyz")
ALLAUTH_OPEN = ("account_login", "account_logout", "account_signup", "mfa_authenticate")
ALLAUTH_OPEN += ("account_email_verification_sent", "account_reset_password")
ALLAUTH_OPEN += ("account_reset_password_done", "account_reset_password_from_key_done")
ALLAUTH_OPEN += ("mfa_login_webauthn",)
ALLAUTH_MINE = ("account_reauthenticate", "account_email", "account_change_password")
ALLAUTH_MINE += ("usersessions_list", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp")
ALLAUTH_MINE += ("mfa_generate_recovery_codes", "mfa_add_webauthn")
ALLAUTH_MINE += ("mfa_reauthenticate_webauthn",)
OF_A_SECOND_FACTOR = ("mfa_deactivate_totp", "mfa_view_recovery_codes")
OF_A_SECOND_FACTOR += ("mfa_download_recovery_codes",)
MINE = ("settings", "desk", "contracts", "threads", "notifications", "notice_counts")
MINE += ("stream_token", "statement", "statement_table")
OF_A_PROFILE = ("piece_new", "package_new", "experience_new", "qualification_new")
OF_A_PROFILE += ("languages", "weeks", "rates")

POLICIES: dict[str, Policy] = {
    **{name: _page("open") for name in OPEN},
    **{name: _page("open", "any") for name in ALLAUTH_OPEN},
    **{name: _page("signed_in", "any") for name in ALLAUTH_MINE},
    **{name: _page("signed_in") for name in MINE},
    **{name: Policy("signed_in", "any", {"": OFFICE}) for name in OF_A_SECOND_FACTOR},
    # One's own account
    "account_confirm_email": _row("open", "any", confirmation=PUBLIC),
    "account_reset_password_from_key": _row("open", "any", reset=PUBLIC),
    "passkey_challenge": _page("open", "POST"),
    "mfa_edit_webauthn": _row("signed_in", "any", passkey=CLIENT),
    "mfa_remove_webauthn": _row("signed_in", "any", passkey=CLIENT),
    "settings_name": _page("signed_in", "POST"),
    "closing": _page("signed_in", "GET POST"),
    "role": _page("signed_in", "POST"),
    "language": _page("open", "POST"),
    "leaves": _page("signed_in", "GET POST"),
    "leave_end": _row("signed_in", "POST", leave=WORKER),
    "bank_account": _page("signed_in", "GET POST"),
    "verifications": _page("signed_in"),
    "verification_pledge": _page("signed_in", "POST"),
    "verification_phone": _page("signed_in"),
    "verification_phone_code": _page("signed_in", "POST"),
    "verification_phone_confirmation": _page("signed_in", "POST"),
    "verification_documents": _row("signed_in", "GET POST", kind_of_check=PUBLIC),
    "verification_retraction": _row("signed_in", "POST", verification=WORKER),
    # Who acts for a client
    "acting": _page("signed_in", "GET POST"),
    "organisation": _page("signed_in"),
    "organisation_invitations": _page("signed_in", "POST"),
    "invitation_withdrawal": _row("signed_in", "POST", invitation=CLIENT),
    "member_removal": _row("signed_in", "POST", member=CLIENT),
    "stand_in": _page("signed_in", "POST"),
    "invitation": _row("signed_in", "GET", invitation=FORMER),
    "invitation_acceptance": _row("signed_in", "POST", invitation=FORMER),
    "invitation_refusal": _row("signed_in", "POST", invitation=FORMER),
    "membership_end": _row("signed_in", "POST", member=MEMBER),
    "profile": _page("signed_in", "GET POST"),
    "notice_readings": _page("signed_in", "POST"),
    # What a worker shows
    **{name: _page("signed_in", "GET POST") for name in OF_A_PROFILE},
    "profile_parts": _page("signed_in"),
    "kept_image": _row("signed_in", "GET", kept_image=WORKER),
    "piece": _row("open", "GET", piece=PUBLIC),
    "piece_edit": _row("signed_in", "GET POST", piece=WORKER),
    "piece_removal": _row("signed_in", "POST", piece=WORKER),
    "piece_place": _row("signed_in", "POST", piece=WORKER),
    "package": _row("open", "GET", package=PUBLIC, closed_package=WORKER),
    "package_edit": _row("signed_in", "GET POST", package=WORKER, closed_package=WORKER),
    "package_closure": _row("signed_in", "POST", package=WORKER),
    "package_reopening": _row("signed_in", "POST", closed_package=WORKER),
    "package_removal": _row("signed_in", "POST", package=WORKER),
    "experience_edit": _row("signed_in", "GET POST", experience=WORKER),
    "experience_removal": _row("signed_in", "POST", experience=WORKER),
    "qualification_edit": _row("signed_in", "GET POST", qualification=WORKER),
    "qualification_removal": _row("signed_in", "POST", qualification=WORKER),
    "drafts": _row("signed_in", "GET POST", kept=PUBLIC),  # one's own of that form, or none
    "draft_discard": _row("signed_in", "POST", kept=CLIENT),
    # People
    "person": _row("open", "GET", worker=PUBLIC, client=PUBLIC, suspended=NOBODY),
    "person_card": _row("open", "GET", worker=PUBLIC, client=PUBLIC, suspended=NOBODY),
    "person_image": _row("open", "GET", no_image=NOBODY),
    "person_trust": _row("open", "GET", worker=PUBLIC, client=PUBLIC, suspended=NOBODY),
    "person_reviews": _row("open", "GET", worker=PUBLIC, client=PUBLIC, suspended=NOBODY),
    # Posts
    "job": _row("open", "GET", post=PUBLIC, draft=CLIENT),
    "job_file": _row("open", "GET", post=PUBLIC, draft=CLIENT),
    "my_jobs": _page("client"),
    "job_new": _page("client", "GET POST"),
    "job_edit": _row("client", "GET POST", draft=CLIENT, post=CLIENT),
    "job_preview": _row("client", "GET", draft=CLIENT, post=CLIENT),
    "job_opening": _row("client", "GET POST", draft=CLIENT, post=CLIENT),
    "job_closure": _row("client", "POST", post=CLIENT),
    "job_reopening": _row("client", "GET POST", closed_post=CLIENT),
    "job_copies": _row("client", "POST", post=CLIENT, draft=CLIENT),
    "job_resumption": _row("client", "POST", post=CLIENT),
    "job_discard": _row("client", "POST", draft=CLIENT),
    "question_answer": _row("signed_in", "GET POST", question=CLIENT, relayed=CLIENT),
    "job_questions": _row("signed_in", "POST", post=OTHERS, draft=NOBODY),
    # Applications
    "job_proposals": _row("client", "GET", post=CLIENT, draft=CLIENT),
    "job_comparison": _row("client", "GET", comparison=CLIENT, draft=CLIENT),
    "proposal_new": _row("worker", "GET POST", post=OTHERS, draft=NOBODY),
    "proposal": _row("signed_in", "GET", application=BOTH, declined=BOTH),
    "proposal_shortlist": _row("signed_in", "POST", application=CLIENT),
    "proposal_unlisting": _row("signed_in", "POST", application=CLIENT),
    "proposal_note": _row("signed_in", "POST", application=CLIENT),
    "proposal_decline": _row("signed_in", "GET POST", application=CLIENT, declined=CLIENT),
    "proposal_withdrawal": _row("signed_in", "POST", application=WORKER),
    "proposal_hold": _row("signed_in", "POST", application=WORKER),
    "proposal_address": _row("signed_in", "POST", application=CLIENT),
    "my_proposals": _page("worker"),
    "rank": _page("worker"),
    "workers": _page("client"),
    "worker_entry": _page("worker"),
    # Deals
    "offer_new": _row("signed_in", "GET POST", application=CLIENT),
    "contract": _row(
        "signed_in",
        "GET",
        **dict.fromkeys(("offered", "agreed", "working", "delivered", "revising"), BOTH),
        **dict.fromkeys(("withdrawn", "refunded", "one-sided", "reviewed"), BOTH),
    ),
    "agreement": _row("signed_in", "POST", offered=WORKER),
    "contract_refusal": _row("signed_in", "POST", offered=WORKER),
    "contract_withdrawal": _row("signed_in", "POST", offered=CLIENT),
    "funding": _row("signed_in", "POST", agreed=CLIENT),
    "milestone_refund": _row("signed_in", "GET POST", working=WORKER),
    "delivery": _row("signed_in", "GET POST", working=WORKER, agreed=WORKER),
    "revision": _row("signed_in", "GET POST", delivered=CLIENT),
    "acceptance": _row("signed_in", "GET POST", delivered=CLIENT, working=CLIENT),
    "delivery_file": _row("signed_in", "GET", delivered_file=BOTH),
    "change_new": _row("signed_in", "GET POST", working=BOTH, agreed=BOTH),
    "change_acceptance": _row("signed_in", "POST", change=CLIENT),
    "change_refusal": _row("signed_in", "POST", change=CLIENT),
    "change_withdrawal": _row("signed_in", "POST", change=WORKER),
    "payment_return": _row("signed_in", "GET", payment=CLIENT),
    "chargeback": _row("signed_in", "GET", chargeback=CLIENT),
    "repayment": _row("signed_in", "POST", chargeback=CLIENT),
    "review": _row("signed_in", "GET POST", **{"one-sided": BOTH, "reviewed": BOTH}),
    "review_reply": _row("signed_in", "GET POST", reviewed=WORKER),
    "review_report": _row("signed_in", "GET POST", reviewed=WORKER),
    "thread_report": _row("signed_in", "GET POST", thread=BOTH, working=BOTH),
    "contract_report": _row("signed_in", "GET POST", working=BOTH, reviewed=BOTH),
    "report": _row("signed_in", "GET", report=WORKER, decided_report=WORKER),
    # Papers and talk
    "vault": _page("signed_in"),
    "vault_archive": _page("signed_in"),
    "bookkeeping": _page("signed_in"),
    "bookkeeping_table": _page("signed_in"),
    "payments": _page("signed_in"),
    "payments_table": _page("signed_in"),
    "payment_records": _page("signed_in", "POST"),
    "invoice_registration": _page("signed_in", "GET POST"),
    "document": _row("signed_in", "GET", paper=BOTH),
    "document_pdf": _row("signed_in", "GET", paper=BOTH),
    "document_record": _row("signed_in", "GET", paper=BOTH),
    "thread": _row("signed_in", "GET", thread=BOTH, working=BOTH),
    "thread_search": _row("signed_in", "GET", thread=BOTH, working=BOTH),
    "thread_entries": _row("signed_in", "POST", thread=BOTH),
    "thread_readings": _row("signed_in", "POST", thread=BOTH),
    "thread_no_reply": _row("signed_in", "POST", thread=BOTH),
    "thread_file": _row("signed_in", "GET", thread=BOTH),
    # The office
    **{
        name: Policy("office:reader", "GET", {"": OFFICE})
        for name in ("office", "office_people", "office_deals", "office_clocks", "office_mail")
    },
    "office_money": Policy("office:reader", "GET", {"": OFFICE}),
    "office_reports": Policy("office:reader", "GET", {"": OFFICE}),
    "office_report": _row("office:reader", "GET", report=OFFICE, decided_report=OFFICE),
    "office_report_decision": _row("office:operator", "POST", report=OPERATOR),
    "office_reviews": Policy("office:reader", "GET", {"": OFFICE}),
    "office_review": _row("office:reader", "GET", reviewed=OFFICE, unpublished=OFFICE),
    "office_ruling": _row("office:operator", "POST", reviewed=OPERATOR),
    "office_acts": Policy("office:reader", "GET", {"": OFFICE}),
    "office_act": _row("office:reader", "GET", act=OFFICE, refused_act=OFFICE),
    "office_act_new": _row(
        "office:treasurer",
        "GET POST",
        **dict.fromkeys(("new_act", "new_split", "new_close", "new_refund"), TREASURER),
    ),
    "office_act_approval": _row("office:treasurer", "POST", act=TREASURER),
    "office_act_refusal": _row("office:treasurer", "POST", act=TREASURER),
    "office_act_withdrawal": _row("office:treasurer", "POST", act=TREASURER),
    "office_chargeback": _row("office:reader", "GET POST", chargeback=OFFICE),
    "office_differences": Policy("office:reader", "GET", {"": OFFICE}),
    "office_reconcile": Policy("office:treasurer", "POST", {"": TREASURER}),
    "office_batches": Policy("office:reader", "GET", {"": OFFICE}),
    "office_batch_new": Policy("office:treasurer", "GET POST", {"": TREASURER}),
    "office_batch": _row("office:reader", "GET", batch=OFFICE),
    "office_batch_file": _row("office:treasurer", "GET", batch=TREASURER),
    "office_batch_answer": _row("office:treasurer", "POST", batch=TREASURER),
    "office_holder": _row("office:reader", "GET", holder=OFFICE, refused_holder=OFFICE),
    "office_holder_confirmation": _row("office:treasurer", "POST", holder=TREASURER),
    "office_holder_refusal": _row("office:treasurer", "POST", holder=TREASURER),
    "office_verifications": Policy("office:reader", "GET", {"": OFFICE}),
    "office_verification": _row(
        "office:reader",
        "GET",
        **dict.fromkeys(("verification", "refused_check", "withdrawn_check"), OFFICE),
    ),
    "office_verification_approval": _row("office:operator", "POST", verification=OPERATOR),
    "office_verification_rejection": _row("office:operator", "POST", verification=OPERATOR),
    "office_verification_withdrawal": _row("office:operator", "POST", approved_check=OPERATOR),
    "office_looks": _row("office:reader", "POST", picture=OFFICE),
    "office_look": _row("office:reader", "GET", look=NOBODY),
    "office_look_picture": _row("office:reader", "GET", look=NOBODY),
    "office_difference": _row("office:reader", "GET", difference=OFFICE),
    "office_findings": Policy("office:reader", "GET", {"": OFFICE}),
    "office_finding": _row(
        "office:reader",
        "GET",
        **dict.fromkeys(("finding", "dismissed_finding", "lifted_finding"), OFFICE),
    ),
    "office_finding_confirmation": _row("office:operator", "POST", finding=OPERATOR),
    "office_finding_dismissal": _row("office:operator", "POST", finding=OPERATOR),
    "office_finding_lifting": _row("office:operator", "POST", confirmed_finding=OPERATOR),
    "office_person": _row("office:reader", "GET", worker=OFFICE, client=OFFICE),
    "office_deal": _row("office:reader", "GET", working=OFFICE, offered=OFFICE, refunded=OFFICE),
    "office_suspension": _row("office:operator", "POST", worker=OPERATOR),
    "office_restoration": _row("office:operator", "POST", worker=OPERATOR),
    # Machines, and pages that a live market does not have
    "provider_webhook": Policy("machine", "POST", NO_THING),
    "violations": Policy("machine", "POST", NO_THING),
    "components": Policy("open", "GET", {"": NOBODY}),
    "demo_mails": Policy("open", "GET", {"": NOBODY}),
    "demo_mail": _row("open", "GET", mail=NOBODY),
    "demo_mail_html": _row("open", "GET", mail=NOBODY),
}

# Every kind of parameter the walk knows how to fill; a new one fails the suite.
PARAMETERS = {
    *("job_id", "question_id", "file_id", "proposal_id", "contract_id", "milestone_id"),
    *("delivery_id", "change_id", "payment_id", "review_id", "document_id", "thread_id"),
    *("account_id", "image_id", "mail_id", "draft_id", "pk", "key", "uidb36"),
    *("act_id", "chargeback_id", "difference_id", "finding_id", "kind", "subject_id"),
    *("batch_id", "check_id", "leave_id", "membership_id", "report_id"),
    *("piece_id", "package_id", "experience_id", "qualification_id"),
    *("verification_id", "picture_id", "look_id"),
}


def addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """Every address of the URLconf, those of libraries as they are mounted included."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def declared(pattern: URLPattern) -> str:
    """The policy that the view itself declares."""
    door = getattr(pattern.callback, "policy", "")
    return f"{door}:{pattern.callback.grade}" if door == "office" else door
