"""What a payer's bank sent lies at Stripe in an account of that customer, beside our balance, until
a payment takes it. Each payment has a customer of its own, so what came to one came for the other.
"""

from dataclasses import dataclass
from typing import Any

import stripe

from . import stripe_shapes as shapes

PAGE = 100
CAME = ("funded", "funding_reversed")
WENT = ("return_initiated", "return_canceled")


@dataclass(frozen=True, slots=True)
class Cash:
    """Sums of all lines of one customer's account. Yen."""

    arrived: int = 0
    returned: int = 0
    since: int = 0  # when the first line was written, in seconds of real time


def counted(client: stripe.V1Services, customer: str) -> Cash:
    lines = client.customers.cash_balance_transactions.list(customer, params={"limit": PAGE})
    arrived = returned = since = 0
    for line in lines.auto_paging_iter():
        arrived += line.net_amount if line.type in CAME else 0
        returned -= line.net_amount if line.type in WENT else 0
        since = line.created
    return Cash(arrived, returned, since)


def sent_back(client: stripe.V1Services, customer: str, reference: str) -> Any:
    """The refund that carries our reference, if an earlier attempt had its effect after all. Such
    a refund names no payment, so it is looked for among all that are younger than the transfer."""
    since = counted(client, customer).since
    found = client.refunds.list(params={"limit": PAGE, "created": {"gte": since}})
    return shapes.ours(found.auto_paging_iter(), reference)
