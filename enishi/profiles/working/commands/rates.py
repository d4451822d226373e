"""The rows of the rate guide: written whole, as their form shows them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.errors import Refused
from enishi.profiles.limits import RATES_MOST
from enishi.profiles.models import Rate
from enishi.profiles.working import policy
from enishi.profiles.working.policy import Price


@transaction.atomic
def tell(prices: Sequence[Price], *, by: Account, at: datetime) -> None:
    """What I take for one unit of this and that, in this order."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    if len(prices) > RATES_MOST:
        raise Refused.because("rate.too_many", most=RATES_MOST)
    for code in filter(None, map(policy.price_fault, prices)):
        raise Refused.because(code)
    Rate.objects.filter(account=by).delete()
    Rate.objects.bulk_create(
        Rate(
            account=by,
            position=position,
            unit=price.unit,
            yen_from=price.yen_from,
            yen_to=price.yen_to,
        )
        for position, price in enumerate(prices, start=1)
    )
    record("profile.rates_told", by, by=by, at=at)
