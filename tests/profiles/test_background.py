"""VE2, PE5: experience, qualifications, languages; and what is never asked."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from enishi.kit.errors import Refused
from enishi.profiles.background import queries
from enishi.profiles.background.commands import experience, languages, qualifications
from enishi.profiles.models import Experience, Qualification, SpokenLanguage
from tests import make

from .parts import HELD, STAGE

NOON = make.NOON


@pytest.fixture
def ren(db):
    return make.ren()


def test_what_goes_on_stands_before_what_is_over(ren):
    experience.add(by=ren, at=NOON, stage=STAGE)
    now = replace(STAGE, started_on=date(2018, 1, 1), ended_on=None, role="Writer")
    experience.add(by=ren, at=NOON, stage=now)

    assert [one.role for one in queries.experience(ren.pk)] == ["Writer", "Editor"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": ""}, "role_missing"),
        ({"ended_on": date(2018, 1, 1)}, "ends_before_it_began"),
        ({"started_on": date(2027, 1, 1), "ended_on": None}, "lies_ahead"),
        ({"ended_on": date(2027, 1, 1)}, "lies_ahead"),
    ],
)
def test_experience_that_cannot_be_is_refused(ren, changes, code):
    with pytest.raises(Refused, match=code):
        experience.add(by=ren, at=NOON, stage=replace(STAGE, **changes))


def test_the_database_knows_that_ends_come_last(ren):
    told = experience.add(by=ren, at=NOON, stage=STAGE)

    with pytest.raises(IntegrityError, match="experience_ends_after"), transaction.atomic():
        Experience.objects.filter(pk=told.pk).update(ended_on=date(2000, 1, 1))


def test_the_number_of_a_qualification_is_its_owners(ren):
    held = qualifications.add(by=ren, at=NOON, held=HELD)

    (shown,) = queries.credentials(ren.pk)
    assert not hasattr(shown, "number")
    assert queries.qualification(held.pk, account_id=ren.pk).number == "No. 12345"
    with pytest.raises(Qualification.DoesNotExist):
        queries.qualification(held.pk, account_id=make.sora().pk)


def test_a_qualification_of_tomorrow_is_refused(ren):
    with pytest.raises(Refused, match=r"qualification\.lies_ahead"):
        qualifications.add(by=ren, at=NOON, held=replace(HELD, obtained_on=date(2026, 5, 1)))


def test_languages_are_told_whole_and_the_best_known_first(ren):
    languages.tell([("en", "daily")], by=ren, at=NOON)
    languages.tell([("en", "business"), ("ja", "native")], by=ren, at=NOON)

    found = [(one.code, one.level) for one in queries.languages(ren.pk)]
    assert found == [("ja", "native"), ("en", "business")]


@pytest.mark.parametrize(
    ("spoken", "code"),
    [
        ([("ja", "native"), ("ja", "basic")], "twice"),
        ([("ja", "perfect")], "level_missing"),
        ([(f"a{letter}", "basic") for letter in "abcdefghijk"], "too_many"),
    ],
)
def test_languages_that_cannot_be_are_refused(ren, spoken, code):
    with pytest.raises(Refused, match=code):
        languages.tell(spoken, by=ren, at=NOON)

    assert not SpokenLanguage.objects.exists()


def test_the_database_knows_what_a_language_code_is(ren):
    with pytest.raises(IntegrityError, match="spoken_language_code"), transaction.atomic():
        SpokenLanguage.objects.create(account=ren, code="JA", level="native")


def test_entries_of_another_person_are_not_there(ren):
    told = experience.add(by=ren, at=NOON, stage=STAGE)
    held = qualifications.add(by=ren, at=NOON, held=HELD)
    sora = make.sora()

    with pytest.raises(Experience.DoesNotExist):
        experience.remove(told.pk, by=sora, at=NOON)
    with pytest.raises(Qualification.DoesNotExist):
        qualifications.change(held.pk, by=sora, at=NOON, held=HELD)


def test_nobody_lists_without_end(ren):
    for _ in range(20):
        experience.add(by=ren, at=NOON, stage=STAGE)

    with pytest.raises(Refused, match=r"experience\.too_many"):
        experience.add(by=ren, at=NOON, stage=STAGE)


def test_pe5_no_form_of_a_profile_asks_for_birth_or_sex():
    from enishi.web.profiles import forms, packages, part_forms, piece_form

    asked = {
        name
        for module in (forms, packages, part_forms, piece_form)
        for form in vars(module).values()
        for name in getattr(form, "base_fields", ())
    }
    assert not {
        name for name in asked for word in ("birth", "sex", "gender", "age") if name == word
    }
    assert not {name for name in asked if "birth" in name or "gender" in name}
