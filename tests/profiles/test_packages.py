"""VE2: service packages, as they stand, open or closed."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.profiles.models import Package
from enishi.profiles.packages import commands, policy, queries
from enishi.profiles.packages.policy import Option
from tests import make

from .parts import TERMS, package

NOON = make.NOON
LEAST, MOST = 100, 99_999_999


@pytest.fixture
def ren(db):
    return make.ren()


def test_a_package_says_what_is_had_for_how_much(ren):
    offered = package(ren)

    (shown,) = queries.offered(ren.pk)
    assert (shown.title, shown.price, shown.days) == (TERMS.title, 35_000, 14)
    (option,) = queries.options([offered.pk])[offered.pk]
    assert (option.name, option.price, option.extra_days) == ("A business card", 8_000, 3)
    assert Event.objects.get(name="profile.package_offered").facts == {"price": 35_000}


def test_others_see_no_closed_package(ren):
    offered = package(ren)

    commands.close(offered.pk, by=ren, at=NOON)

    assert (queries.offered(ren.pk), queries.open_package(offered.pk)) == ([], None)
    with pytest.raises(Package.DoesNotExist):
        queries.package(offered.pk, account_id=ren.pk, viewer_id=None)
    assert queries.package(offered.pk, account_id=ren.pk, viewer_id=ren.pk) == offered
    commands.reopen(offered.pk, by=ren, at=NOON)
    assert queries.offered(ren.pk) == [offered]


def test_closing_twice_is_refused(ren):
    offered = package(ren)
    commands.close(offered.pk, by=ren, at=NOON)

    with pytest.raises(Refused, match=r"package\.close\.closed"):
        commands.close(offered.pk, by=ren, at=NOON)


def test_changing_writes_the_options_anew(ren):
    offered = package(ren)
    options = (Option("Express", 5_000), Option("Sources", 10_000, 1))

    commands.change(offered.pk, by=ren, at=NOON, terms=replace(TERMS, options=options))

    names = [one.name for one in queries.options([offered.pk])[offered.pk]]
    assert names == ["Express", "Sources"]


def test_a_stranger_finds_no_package_to_write(ren):
    offered, sora = package(ren), make.sora()

    for act in (commands.close, commands.remove):
        with pytest.raises(Package.DoesNotExist):
            act(offered.pk, by=sora, at=NOON)


def test_a_package_that_goes_takes_its_options_along(ren):
    offered = package(ren)

    commands.remove(offered.pk, by=ren, at=NOON)

    assert queries.mine(ren.pk) == []
    assert queries.options([offered.pk]) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"delivered": ""}, "delivered"),
        ({"subcategory": ""}, "subcategory"),
        ({"price": 99}, "price"),
        ({"price": MOST + 1}, "price"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"revision_rounds": -1}, "revision_rounds"),
        ({"options": (Option("", 1),)}, "options"),
        ({"options": (Option("a", 0),)}, "options"),
        ({"options": (Option("a", 1), Option("a", 1))}, "options"),
        ({"options": tuple(Option(str(n), 1) for n in range(6))}, "options"),
        ({"price": MOST, "options": (Option("a", 1),)}, "options"),
    ],
)
def test_a_package_that_cannot_be_is_refused(ren, changes, field):
    terms = replace(TERMS, **changes)

    assert field in policy.faults(terms, least=LEAST, most=MOST)
    with pytest.raises(Refused, match=r"package\."):
        package(ren, terms=terms)


def test_the_database_holds_prices_and_days_too(ren):
    offered = package(ren)

    for wrong, rule in (
        ({"price": -1}, "package_price_in_range"),
        ({"days": 0}, "package_days_and_rounds_in_range"),
        ({"status": "gone"}, "package_moves"),
        ({"title": ""}, "package_says_what_it_is"),
    ):
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            Package.objects.filter(pk=offered.pk).update(**wrong)
