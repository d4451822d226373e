"""RA8 on the pages: leave is entered and ended by oneself; nobody else finds it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from enishi.accounts import commands, queries
from enishi.kit import clock
from enishi.kit.days import day_of
from tests import make

from .pages import text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def ren(client):
    person = make.ren()
    client.force_login(person)
    return person


def today():
    return day_of(clock.now())


def test_a_leave_is_entered_and_ended(client, ren):
    page = reverse("leaves")
    days = {"starts_on": str(today()), "ends_on": str(today() + DAY)}

    response = client.post(page, days, follow=True)

    assert "Your leave is entered." in text(response)
    (leave,) = queries.leaves(ren.pk, at=clock.now())
    assert (leave.starts_on, leave.days, leave.state) == (today(), 2, "now")
    client.post(reverse("leave_end", args=[leave.id]))
    assert queries.leaves(ren.pk, at=clock.now())[0].ends_on == today()


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (-1, 1, "A leave begins today at the earliest."),
        (1, 0, "The last day of a leave is not before its first."),
        (0, 90, "90 days of leave are possible at most."),
    ],
)
def test_what_cannot_be_entered_comes_back_as_it_was_typed(client, ren, first, last, says):
    days = {"starts_on": str(today() + first * DAY), "ends_on": str(today() + last * DAY)}

    response = client.post(reverse("leaves"), days)

    assert response.status_code == 422
    assert says in text(response)
    assert f'value="{days["ends_on"]}"' in response.content.decode()


def test_no_days_at_all_is_told_at_both_boxes(client, ren):
    response = client.post(reverse("leaves"), {"starts_on": "soon", "ends_on": ""})

    assert response.status_code == 422
    assert 'value="soon"' in response.content.decode()


def test_a_stranger_ends_nobodys_leave(client, ren):
    at = clock.now()
    leave = commands.declare_leave(by=make.sora(), at=at, starts_on=day_of(at), ends_on=day_of(at))

    assert client.post(reverse("leave_end", args=[leave.pk])).status_code == 404
