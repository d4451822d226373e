"""SA7: a year of hires, walked through the real commands: those who turn round their praise are
found, and nobody else."""

import pytest

from enishi.accounts.models import Account
from enishi.office import findings
from enishi.office.models import Finding
from enishi.simulation.acts import circling
from tests.simulation.conftest import NOW

pytestmark = pytest.mark.usefixtures("filled")


def names(finding):
    return {one.name for one in Account.objects.filter(pk__in=finding.people)}


def test_the_office_finds_a_ring_and_a_pair_on_its_desk():
    ring, pair = Finding.objects.order_by("pk")

    assert (ring.kind, names(ring)) == ("ring", set(circling.RING))
    assert (pair.kind, names(pair)) == ("pair", set(circling.PAIR))
    assert [ring.status, pair.status] == ["open", "open"]


def test_another_look_finds_nobody_else():
    findings.look(at=NOW)

    assert Finding.objects.count() == 2
