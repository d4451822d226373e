"""That everything was well before real money moved is kept, with what it was well for."""

from datetime import datetime

from django.db import transaction

from enishi.payments.models import Examination


@transaction.atomic
def passed(fingerprint: str, *, warnings: list[str], at: datetime) -> Examination:
    return Examination.objects.create(fingerprint=fingerprint, warnings=warnings, at=at)


def has_passed(fingerprint: str) -> bool:
    """Did a market with this key, secret and addresses pass before?"""
    return Examination.objects.filter(fingerprint=fingerprint).exists()
