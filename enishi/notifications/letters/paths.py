"""Where a letter leads. Pages have names; this layer knows the names, not the pages."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import NoReverseMatch, reverse

# link of the words -> (URL name, the fact that holds its number)
PAGES: dict[str, tuple[str, str | None]] = {
    "job": ("job", "job_id"),
    "proposal": ("proposal", "proposal_id"),
    "contract": ("contract", "contract_id"),
    "thread": ("thread", "thread_id"),
    "review": ("review", "contract_id"),
    "report": ("report", "report_id"),
    "office_report": ("office_report", "report_id"),
    "settings": ("settings", None),
    "organisation": ("organisation", None),
    "invitation": ("invitation", "membership_id"),
    "acting": ("acting", None),
    "rank": ("rank", None),
    "worker_entry": ("worker_entry", None),
    "bank": ("bank_account", None),
    "holder": ("office_holder", "holdercheck_id"),
    "batches": ("office_batches", None),
    "batch": ("office_batch", "payoutbatch_id"),
    "difference": ("office_difference", "difference_id"),
    "finding": ("office_finding", "finding_id"),
    "help": ("help", None),
    "act": ("office_act", "moneyact_id"),
    "chargeback": ("chargeback", "chargeback_id"),
    "office_money": ("office_money", None),
    "verifications": ("verifications", None),
    "office_verification": ("office_verification", "verification_id"),
    "office_chargeback": ("office_chargeback", "chargeback_id"),
}


def as_stand_in(path: str) -> str:
    """A page of an organisation, for somebody who has to act for it first (PE3)."""
    try:
        return f"{reverse('acting')}?{urlencode({'next': path})}"
    except NoReverseMatch:
        return path


def path(link: str, facts: Mapping[str, Any]) -> str:
    """The page of a letter; an instance without that page, or a fact that is missing, leads to
    the reader's desk."""
    name, fact = PAGES.get(link, ("", None))
    if not name or (fact and not facts.get(fact)):
        return settings.LOGIN_REDIRECT_URL
    try:
        return reverse(name, args=[facts[fact]] if fact else None)
    except NoReverseMatch:
        return settings.LOGIN_REDIRECT_URL
