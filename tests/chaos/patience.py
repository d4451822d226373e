"""STATE: what the end of a run does not wait for. The provider is asked again in ten minutes about
what is older than an hour, as all is once a client has moved the market's clock: it is moved on.
And a refund waits while a bank decides (M11): it decides."""

import json
from pathlib import Path
from random import Random

from django.conf import settings

from enishi.kit import clock
from enishi.payments import policy
from enishi.payments.lifecycle import UNDECIDED
from enishi.payments.models import Chargeback

from .pages import Pages


def main(state: str) -> None:
    pages, chance = Pages(settings.URL, {}, Path(state) / "market" / "sandbox"), Random(state)
    undecided = Chargeback.objects.filter(status__in=UNDECIDED).order_by("pk")
    for name in undecided.values_list("provider_id", flat=True):
        pages.lever(f"disputes/{name}/decide", outcome=chance.choice(("won", "lost")))
    clock.advance(policy.ASK_OLD)
    print(json.dumps(None))
