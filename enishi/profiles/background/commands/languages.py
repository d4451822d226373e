"""The languages somebody works in: written whole, as their form shows them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles.background import policy
from enishi.profiles.models import SpokenLanguage


@transaction.atomic
def tell(spoken: Sequence[tuple[str, str]], *, by: Account, at: datetime) -> None:
    """These languages by their ISO 639-1 codes, each with its level, and no others."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    codes = [code for code, _ in spoken]
    if len(codes) > limits.LANGUAGES_MOST:
        raise Refused.because("language.too_many", most=limits.LANGUAGES_MOST)
    if len(set(codes)) != len(codes):
        raise Refused.because("language.twice")
    if not all(policy.is_level(level) for _, level in spoken):
        raise Refused.because("language.level_missing")
    SpokenLanguage.objects.filter(account=by).delete()
    SpokenLanguage.objects.bulk_create(
        SpokenLanguage(account=by, code=code, level=level) for code, level in spoken
    )
    record("profile.languages_told", by, by=by, at=at, codes=codes)
