"""VE1, VE2: a qualification on a profile says that the office saw its certificate, and when; never
more, and only of what the profile names."""

import pytest
from django.urls import reverse

from enishi.profiles.background.commands import qualifications
from enishi.profiles.background.policy import Held
from enishi.verification import queries
from enishi.verification.commands import deciding
from tests import make
from tests.make import NOON
from tests.verification.papers import approved
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
SEEN, NOT_SEEN = "Certificate seen by the office (Wed 1 Apr 2026)", "Not checked by the office"


@pytest.fixture(autouse=True)
def _sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"


def held(person, name):
    return qualifications.add(by=person, at=NOON, held=Held(name=name, number="N-77"))


def seen(person, title):
    return approved("qualification", by=person, at=NOON, decider=make.mio(), title=title)


def page(client, person):
    return text(client.get(reverse("person", args=[person.pk])))


def test_a_certificate_of_the_same_name_is_told_with_its_day_alone(as_hana):
    ren = make.ren()
    held(ren, "Librarian")
    seen(ren, "ＬＩＢＲＡＲＩＡＮ")

    shown = page(as_hana, ren)

    assert SEEN in shown
    assert NOT_SEEN not in shown
    assert "N-77" not in shown
    assert "Mio" not in shown


def test_another_name_is_not_covered_and_a_checked_one_that_is_not_named_is_not_told(as_hana):
    ren = make.ren()
    held(ren, "Interpreter")
    seen(ren, "Librarian")

    shown = page(as_hana, ren)

    assert NOT_SEEN in shown
    assert "Certificate seen" not in shown
    assert "Librarian" not in shown


def test_a_changed_name_loses_the_mark_and_so_does_a_check_that_was_withdrawn(as_hana):
    ren = make.ren()
    told, check = held(ren, "Librarian"), seen(ren, "Librarian")
    qualifications.change(told.pk, by=ren, at=NOON, held=Held(name="Chief librarian"))
    assert NOT_SEEN in page(as_hana, ren)

    qualifications.change(told.pk, by=ren, at=NOON, held=Held(name="Librarian"))
    assert SEEN in page(as_hana, ren)
    deciding.withdraw(check.pk, by=make.mio(), at=NOON, reason="Another paper turned up.")

    assert NOT_SEEN in page(as_hana, ren)
    assert queries.qualifications(ren.pk) == {}


def test_its_holder_is_led_to_the_office_with_the_name_filled_in(as_ren):
    held(make.ren(), "Librarian & teacher")

    parts = as_ren.get(reverse("profile_parts")).content.decode()
    way = "/settings/verification/qualification/?title=Librarian+%26+teacher"

    assert way in parts
    assert 'value="Librarian &amp; teacher"' in as_ren.get(way).content.decode()
