"""JO7: the market range comes from enough finished contracts of enough clients, and says so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enishi.contracts.models import Contract
from enishi.contracts.queries import pay_of
from enishi.jobs.models import Job
from enishi.trust import market
from enishi.trust.market import Range
from enishi.trust.models import MarketRange
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
KIND = "c01-s2"  # of make.job; 60,000 yen for 20 hours
LATER = NOON + timedelta(days=1)


def finished(count, *, clients=3, hours=None, **job):
    """Completed contracts of so many clients, in turn."""
    made = []
    for n in range(count):
        contract = make.contract("completed")
        client = make.account(f"Client{n % clients}", "client")
        Contract.objects.filter(pk=contract.pk).update(client=client)
        changes = job | ({"expected_hours": hours[n]} if hours else {})
        Job.objects.filter(pk=contract.job_id).update(client=client, **changes)
        made.append(contract)
    return made


def ranges(at=LATER):
    market.refresh(at=at)
    return market.ranges([KIND])


def test_it_is_the_middle_half_of_what_was_paid_by_the_hour_after_fees():
    net = pay_of(make.milestone(finished(5, hours=[10, 20, 30, 40, 50])[0])).net

    found = ranges()[KIND, "hour"]

    expected = [Decimal(net) / hours for hours in (40, 30, 20)]
    rounded = [each.quantize(Decimal("0.01")) for each in expected]
    assert found == Range("hour", *rounded, 5)


def test_below_five_contracts_or_three_clients_there_is_none():
    finished(4)
    assert ranges() == {}

    finished(1, clients=1)
    assert set(ranges()) == {(KIND, "hour")}


def test_nobody_reads_the_price_of_one_client_off_it():
    finished(8, clients=2)

    assert ranges() == {}


def test_a_price_by_the_piece_has_a_range_of_its_own_as_it_was_agreed():
    finished(5, pricing="per_unit", unit="character", quantity=30_000)

    assert ranges()[KIND, "character"] == Range("character", *[Decimal(2)] * 3, 5)


def test_strictly_confidential_contracts_are_left_out():
    for contract in finished(6)[:2]:
        Contract.objects.filter(pk=contract.pk).update(confidentiality="strict")

    assert ranges() == {}


def test_what_is_older_than_the_window_is_forgotten():
    finished(5)
    assert ranges()

    assert ranges(at=NOON + timedelta(days=400)) == {}


def test_refreshing_again_changes_nothing():
    finished(5)

    assert ranges() == ranges()


def test_many_kinds_cost_one_query():
    finished(5)
    market.refresh(at=LATER)

    with CaptureQueriesContext(connection) as asked:
        found = market.ranges([KIND, *(f"c0{n}-s1" for n in range(1, 9))])

    assert (len(asked), list(found)) == (1, [(KIND, "hour")])


def test_sql_refuses_a_range_out_of_order():
    with pytest.raises(IntegrityError, match="market_range_in_order"), transaction.atomic():
        MarketRange.objects.create(
            subcategory=KIND, unit="hour", low=3, median=2, high=4, sample=5, computed_at=NOON
        )
