"""RA9 on the page: where one stands, what is missing, what is coming; nobody else's."""

from datetime import timedelta

import pytest
from django.urls import reverse

from enishi.kit import clock
from enishi.ranks import commands
from tests import make
from tests.ranks.people import regular

from .pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"


@pytest.fixture
def ren(client):
    person = make.ren()
    client.force_login(person)
    return person


def page(client):
    return text(client.get(reverse("rank")))


def test_before_the_first_computation_everything_is_missing(client, ren):
    shown = page(client)

    assert "Not computed yet" in shown
    assert "Introduction of 300 characters or more" in shown


def test_a_regular_worker_sees_what_bronze_asks_for(client, ren):
    commands.compute(regular(ren, at=clock.now()).pk, at=clock.now())

    shown = page(client)

    assert "What Bronze asks for" in shown
    assert "0 of 1 conditions are met" in shown
    assert "One order agreed and paid into escrow" in shown
    assert "10 conditions" in shown


def test_an_announced_fall_says_when_and_what_keeps_the_rank(client, ren):
    at = clock.now()
    commands.compute(regular(ren, at=at - timedelta(days=50)).pk, at=at - timedelta(days=50))
    commands.compute(ren.pk, at=at - timedelta(days=1))

    ren.refresh_from_db()
    shown = page(client)

    assert "Your rank will fall by one step" in shown
    assert "What keeps your rank" in shown
    assert "Here within a month" in shown


def test_the_desk_says_until_when_a_rank_can_be_kept(client, ren):
    at = clock.now()
    commands.compute(regular(ren, at=at - timedelta(days=50)).pk, at=at - timedelta(days=50))
    commands.compute(ren.pk, at=at - timedelta(days=1))

    shown = text(client.get(reverse("desk")))

    assert "Your rank will fall by one step, unless this changes" in shown
    assert "See what is missing" in shown
    commands.compute(ren.pk, at=at)  # coming to the desk was what was missing
    assert "Your rank will fall" not in text(client.get(reverse("desk")))


def test_coming_to_the_site_is_kept_as_the_day_of_the_last_visit(client, ren):
    client.get(reverse("rank"))

    ren.refresh_from_db()
    assert ren.signed_in_on is not None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_opens_in_both_languages(client, ren, language):
    ren.language = language
    ren.save()

    assert client.get(reverse("rank")).status_code == 200


def test_a_rank_stands_beside_the_name_and_no_rank_does_not(client):
    at = clock.now()
    made = make.proposal()
    ren = made.worker
    client.force_login(made.client)
    pages = [reverse("person", args=[ren.pk]), reverse("job_proposals", args=[made.job_id])]
    proposal = reverse("proposal", args=[made.pk])
    assert "Rank Unranked" in text(client.get(proposal))  # the card names every signal
    assert not any("Rank: " in text(client.get(page)) for page in pages)

    commands.compute(regular(ren, at=at).pk, at=at)

    assert all("Rank: Regular" in text(client.get(page)) for page in pages)
    assert "Rank Regular" in text(client.get(proposal))
