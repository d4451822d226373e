"""VE2, RA2: everything in a profile on one page for its owner, the small forms, the whole page."""

import html
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.profiles import commands
from enishi.profiles.background import queries as background
from enishi.profiles.models import Experience, Qualification
from enishi.profiles.working import queries as working
from tests import make
from tests.profiles.parts import everything, piece

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PARTS = "/profile/parts/"


def page_of(account):
    return reverse("person", args=[account.pk])


def test_ra2_the_owner_reads_what_is_still_open_and_what_it_brings(as_ren):
    said = text(as_ren.get(PARTS))

    assert "1 of 12 parts of your profile are there" in said
    assert "Needed for Regular" in said
    assert "0 of 300 characters" in said


def test_what_is_there_is_no_longer_asked_for(as_ren):
    ren = make.ren()
    commands.present_worker(
        by=ren, at=make.NOON, introduction="文" * 300, skills=["a"], hours="朝", weekly_hours=20
    )
    everything(ren)

    said = text(as_ren.get(PARTS))

    assert "11 of 12 parts" in said
    assert "of 300 characters" not in said


def test_others_read_no_score(client):
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, introduction="Writes.")

    for reader in (None, make.sora()):
        if reader:
            client.force_login(reader)
        said = text(client.get(page_of(ren), headers={"Accept-Language": "en"}))
        assert "parts of your profile" not in said
        assert "Regular" not in said


def test_the_public_page_shows_all_of_it(client):
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, introduction="Writes.", weekly_hours=20)
    everything(ren)

    said = text(client.get(page_of(ren), headers={"Accept-Language": "en"}))

    for words in (
        "A shop sign",
        "A logo with three drafts",
        "¥35,000",
        "Editor",
        "A local magazine",
        "Proofreading, grade 2",
        "Not checked by the office",
        "English For business",
        "One character 1.5–3 yen",
        "20 hours",
        "no room",
    ):
        assert words in said
    assert "12345" not in said


def test_experience_is_added_changed_and_removed(as_ren):
    form = {"started_on": "２０１９年４月", "role": "Editor\u202e", "place": "", "text": ""}
    as_ren.post("/profile/experience/new/", form)
    told = Experience.objects.get()
    assert (told.started_on, told.ended_on, told.role) == (date(2019, 4, 1), None, "Editor")
    assert "Not named" in text(as_ren.get(PARTS))

    edit = reverse("experience_edit", args=[told.pk])
    assert 'value="2019-04"' in as_ren.get(edit).content.decode()
    as_ren.post(edit, form | {"ended_on": "2023/3"})
    told.refresh_from_db()
    assert told.ended_on == date(2023, 3, 1)

    as_ren.post(reverse("experience_removal", args=[told.pk]))
    assert not Experience.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"started_on": "April"}, "Please enter a month, such as 2019-04."),
        ({"started_on": "2019-13"}, "Please enter a month, such as 2019-04."),
        ({"started_on": "0001-01"}, "Please check the year of this month."),
        ({"ended_on": "2018-01"}, "The last month lies before the first one."),
        ({"started_on": "2026-05"}, "This month lies ahead."),
        ({"role": "\u200d" * 300}, "Please fill in this item."),
    ],
)
def test_experience_that_cannot_be_comes_back_as_it_was_typed(as_ren, wrong, said):
    form = {"started_on": "2019-04", "role": "Editor", "text": "Forty issues."} | wrong

    answer = as_ren.post("/profile/experience/new/", form)

    assert answer.status_code == 422
    assert said in text(answer)
    assert "Forty issues." in answer.content.decode()
    assert form["started_on"] in answer.content.decode()


def test_the_number_of_a_qualification_stands_in_its_form_alone(as_ren):
    as_ren.post(
        "/profile/qualifications/new/",
        {"name": "Proofreading", "issuer": "A school", "obtained_on": "2020-06", "number": "N-77"},
    )
    held = Qualification.objects.get()

    assert "N-77" in as_ren.get(reverse("qualification_edit", args=[held.pk])).content.decode()
    for path in (PARTS, page_of(make.ren())):
        assert "N-77" not in as_ren.get(path).content.decode()
    as_ren.post(reverse("qualification_removal", args=[held.pk]))
    assert not Qualification.objects.exists()


def test_entries_of_others_are_not_there(as_ren):
    sora = make.sora()
    everything(sora)
    experience, held = Experience.objects.get(), Qualification.objects.get()

    for name, one in (("experience", experience), ("qualification", held)):
        assert as_ren.get(reverse(f"{name}_edit", args=[one.pk])).status_code == 404
        assert as_ren.post(reverse(f"{name}_removal", args=[one.pk])).status_code == 404


def test_languages_are_written_whole(as_ren):
    rows = {"code_1": "en", "level_1": "business", "code_3": "ja", "level_3": "native"}

    as_ren.post("/profile/languages/", rows)

    found = [(one.code, one.level) for one in background.languages(make.ren().pk)]
    assert found == [("ja", "native"), ("en", "business")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"code_1": "en"}, "Please say how well you know this language."),
        ({"level_1": "native"}, "Please choose the language."),
        ({"code_1": "en", "level_1": "basic", "code_2": "en", "level_2": "daily"}, "there twice"),
        ({"code_1": "xx", "level_1": "basic"}, "one of those shown"),
    ],
)
def test_languages_that_cannot_be_come_back(as_ren, rows, said):
    answer = as_ren.post("/profile/languages/", rows)

    assert answer.status_code == 422
    assert said in text(answer)


def test_rates_are_written_whole(as_ren):
    as_ren.post("/profile/rates/", {"unit_1": "hour", "price_from_1": "２，０００"})
    as_ren.post(
        "/profile/rates/", {"unit_2": "character", "price_from_2": "0.8", "price_to_2": "1.5"}
    )

    (row,) = working.rates(make.ren().pk)
    assert (row.unit, row.yen_from, row.yen_to) == ("character", Decimal("0.8"), Decimal("1.5"))


@pytest.mark.parametrize(
    "rows",
    [
        {"unit_1": "hour"},
        {"price_from_1": "5"},
        {"unit_1": "hour", "price_from_1": "0"},
        {"unit_1": "hour", "price_from_1": "9", "price_to_1": "5"},
        {"unit_1": "hour", "price_from_1": "1.234"},
        {"unit_1": "moon", "price_from_1": "5"},
    ],
)
def test_rates_that_cannot_be_come_back(as_ren, rows):
    assert as_ren.post("/profile/rates/", rows).status_code == 422


def test_weeks_are_written_whole_and_the_usual_hours_hold_elsewhere(as_ren):
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, weekly_hours=20)

    as_ren.post("/profile/weeks/", {"hours_2": "0", "hours_3": "１０"})

    assert working.said(ren.pk) == {date(2026, 4, 6): 0, date(2026, 4, 13): 10}
    assert as_ren.post("/profile/weeks/", {"hours_1": "101"}).status_code == 422


def test_three_hundred_joiners_neither_count_nor_break_the_page(as_ren):
    form = {"introduction": "\u200d" * 300, "payee_kind": "individual"}

    assert as_ren.post("/profile/?as=worker", form).status_code == 302
    assert "0 of 300 characters" in text(as_ren.get(PARTS))
    assert as_ren.get(page_of(make.ren())).status_code == 200


def test_a_name_like_another_members_is_told_of_and_kept(as_ren):
    make.account("Hana", "client")

    answer = as_ren.post("/settings/name/", {"name": "Наna"}, follow=True)

    assert "Another member has a similar name." in text(answer)
    assert "Another member has a similar name." in text(as_ren.get(page_of(make.ren())))


def test_a_name_of_ones_own_is_told_nothing(as_ren):
    answer = as_ren.post("/settings/name/", {"name": "Wren"}, follow=True)

    assert "similar name" not in text(answer)


def test_whoever_joins_with_a_similar_name_is_told(client):
    make.account("Hana", "client")
    form = {
        "email": "new@people.example",
        "password1": make.PASSWORD,
        "name": "Ｈana",
        "role": "worker",
        "statement": "age",
        "consent": "on",
    }

    for known in (False, True):  # A5: a known address gets the same answer
        answer = client.post("/account/signup/", form, follow=True)
        said = html.unescape(answer.content.decode())
        assert ("Another member has a similar name" in said) or "似た名前" in said, known
        client.logout()


@pytest.mark.parametrize("count", [1, 6])
def test_the_pages_cost_the_same_however_much_is_shown(
    as_ren, count, django_assert_max_num_queries
):
    ren = make.ren()
    commands.present_worker(by=ren, at=make.NOON, weekly_hours=20)
    everything(ren)
    for _ in range(count - 1):
        piece(ren)
    for path, most in ((page_of(ren), 30), (PARTS, 20)):
        as_ren.get(path)
        with django_assert_max_num_queries(most):
            assert as_ren.get(path).status_code == 200


def test_a_clients_page_says_what_they_usually_order(client):
    hana = make.hana()
    commands.present_client(
        by=hana, at=make.NOON, kind="person", payer_kind="individual", orders=["c04", "gone"]
    )

    said = text(client.get(page_of(hana), headers={"Accept-Language": "en"}))

    assert "What is usually ordered" in said


def test_who_is_suspended_has_no_page_of_anything(client):
    ren = make.ren()
    everything(ren)
    accounts.suspend(ren.pk, by=None, at=make.NOON, reason="Looked at")
    paths = [
        page_of(ren),
        reverse("person_card", args=[ren.pk]),
        *(reverse("package", args=[ren.pk, one.pk]) for one in _packages(ren)),
    ]

    assert {client.get(path).status_code for path in paths} == {404}


def _packages(account):
    from enishi.profiles.packages import queries

    return queries.mine(account.pk)
