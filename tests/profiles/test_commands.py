"""VE2, CO10, JO5: each person writes their own sides."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit.errors import Refused
from enishi.profiles import commands, queries
from enishi.profiles.models import ClientProfile, WorkerProfile

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def ren():
    return Account.objects.create_user("ren@enishi.example", name="蓮", joined_at=NOON)


@pytest.fixture
def hana():
    return Account.objects.create_user("hana@enishi.example", name="はな", joined_at=NOON)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, "PNG")
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


def test_a_worker_writes_what_clients_read(ren):
    commands.present_worker(
        by=ren, at=NOON, introduction="取材と執筆", skills=["s1", "s2", "s1"], weekly_hours=20
    )

    shown = queries.person(ren.pk, viewer=None)
    assert shown.worker.introduction == "取材と執筆"
    assert shown.worker.skills == ("s1", "s2")
    assert (shown.client, shown.kind, shown.is_self) == (None, "person", False)


def test_writing_again_replaces_the_whole_side(ren):
    commands.present_worker(by=ren, at=NOON, introduction="一", hours="夜")
    commands.present_worker(by=ren, at=NOON, introduction="二")

    profile = WorkerProfile.objects.get(pk=ren.pk)
    assert (profile.introduction, profile.hours) == ("二", "")


def test_ra2_how_much_of_an_introduction_counts_stands_beside_it(ren):
    profile = commands.present_worker(by=ren, at=NOON, introduction="取材 と\n執筆")
    assert profile.introduction_length == 5

    WorkerProfile.objects.filter(pk=ren.pk).update(introduction_length=7)
    with pytest.raises(IntegrityError, match="worker_introduction"), transaction.atomic():
        WorkerProfile.objects.filter(pk=ren.pk).update(introduction_length=9)


def test_a_picture_is_drawn_anew_and_kept_until_it_is_dropped(ren):
    commands.present_worker(by=ren, at=NOON, image=picture())
    commands.present_worker(by=ren, at=NOON, introduction="写真はそのまま")

    image = WorkerProfile.objects.get(pk=ren.pk).image
    assert image.is_reencoded
    assert queries.shows_image(ren.pk, image.pk)
    commands.present_worker(by=ren, at=NOON, drop_image=True)
    assert not queries.shows_image(ren.pk, image.pk)


def test_co10_money_asks_who_pays_and_who_is_paid(ren, hana):
    assert (queries.payer_kind(hana.pk), queries.payee_kind(ren.pk)) == (
        "individual",
        "individual",
    )
    commands.present_client(by=hana, at=NOON, kind="organisation", payer_kind="company")
    commands.present_worker(by=ren, at=NOON, payee_kind="company")

    assert (queries.payer_kind(hana.pk), queries.payee_kind(ren.pk)) == ("company", "company")


def test_a_change_of_payer_stands_in_the_journal(hana):
    commands.present_client(by=hana, at=NOON, kind="organisation", payer_kind="company")

    event = Event.objects.get(name="profile.client_presented")
    assert (event.by_id, event.facts["payer_kind"]) == (hana.pk, "company")


def test_co10_a_payer_that_does_not_fit_is_refused_by_command_and_database(hana):
    with pytest.raises(Refused, match=r"profile\.payer_does_not_fit"):
        commands.present_client(by=hana, at=NOON, kind="person", payer_kind="company")
    commands.present_client(by=hana, at=NOON, kind="person", payer_kind="individual")

    with pytest.raises(IntegrityError, match="client_payer_fits_kind"), transaction.atomic():
        ClientProfile.objects.update(payer_kind="company")


def test_too_many_skills_are_refused(ren):
    with pytest.raises(Refused, match=r"profile\.too_many_skills"):
        commands.present_worker(by=ren, at=NOON, skills=[f"s{n}" for n in range(21)])


def test_jo5_an_individuals_street_is_shown_only_when_released(hana):
    commands.present_client(
        by=hana,
        at=NOON,
        kind="person",
        payer_kind="individual",
        recruiter_name="花村はな",
        prefecture="13",
        city="千代田区",
        address="一番町1-1",
        address_shown="city",
    )

    recruiter = queries.recruiter(hana.pk)
    assert recruiter.missing == []
    assert recruiter.shown_address(released=False) == ("13", "千代田区", "")
    assert recruiter.shown_address(released=True) == ("13", "千代田区", "一番町1-1")


def test_jo5_an_organisation_shows_its_address_in_full(hana):
    commands.present_client(
        by=hana, at=NOON, kind="organisation", payer_kind="company", address_shown="city"
    )

    assert queries.recruiter(hana.pk).address_shown == "full"
    with pytest.raises(IntegrityError, match="organisation_shows"), transaction.atomic():
        ClientProfile.objects.update(address_shown="city")


def test_who_left_or_is_suspended_has_no_public_page(ren, hana):
    accounts.suspend(ren.pk, by=None, at=NOON, reason="確認中")
    accounts.close(by=hana, at=NOON, still_open=lambda _: [])

    for gone in (ren, hana):
        with pytest.raises(Account.DoesNotExist):
            queries.person(gone.pk, viewer=None)


@pytest.mark.parametrize("people", [1, 3])
def test_faces_of_a_list_cost_one_query(people, django_assert_num_queries):
    accounts_ = [
        Account.objects.create_user(f"p{n}@enishi.example", name=f"p{n}", joined_at=NOON)
        for n in range(people)
    ]
    commands.present_client(by=accounts_[0], at=NOON, kind="organisation", payer_kind="company")

    with django_assert_num_queries(1):
        faces = queries.faces([account.pk for account in accounts_])

    assert len(faces) == people
    assert faces[accounts_[0].pk].kind == "org"
