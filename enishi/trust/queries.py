"""The review graph of the market as plain facts, each kind read by one query."""

from datetime import datetime

from django.db import connection

from enishi.contracts.models import Contract
from enishi.reviews.models import Review

from .rings import Deal, Network, Praise

GRAPH = 0x67726170  # any fixed number: the lock of whoever files or decides findings
# Two people who are paid at the same account. The provider keeps the number; bank, branch, the last
# four figures and the holder together are as good.
SAME_BANK = """
    select distinct one.account_id, other.account_id
      from payments_bankaccount one
      join payments_bankaccount other
        on (one.bank_code, one.branch_code, one.last4, one.holder)
         = (other.bank_code, other.branch_code, other.last4, other.holder)
       and one.account_id < other.account_id
     where one.bank_code <> '' and one.last4 <> ''
"""


def one_at_a_time() -> None:
    """Until the end of this transaction nobody else files or decides a finding."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [GRAPH])


def network(*, since: datetime) -> Network:
    """Contracts that were finished since then, and the published reviews about them."""
    contracts = Contract.objects.filter(status="completed", ended_at__gte=since)
    deals = contracts.order_by("pk").values_list("client", "worker", "paid_total", "ended_at")
    reviews = Review.objects.published().filter(contract__in=contracts).order_by("pk")
    praise = reviews.values_list("author", "subject", "overall")
    with connection.cursor() as cursor:
        cursor.execute(SAME_BANK)
        links = cursor.fetchall()
    return Network(
        (Deal(client, worker, paid, at) for client, worker, paid, at in deals.iterator() if at),
        (Praise(*row) for row in praise.iterator()),
        links,
    )
