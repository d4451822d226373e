"""PE7, VE2, CO10: the page all may read, and the form of one's own sides."""

import html
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from enishi.accounts import commands as accounts
from enishi.files import commands as files
from enishi.profiles import commands
from enishi.profiles.models import ClientProfile, WorkerProfile
from enishi.reviews import commands as reviews
from tests import make
from tests.reviews import hires

pytestmark = pytest.mark.django_db
WORKER = {
    "introduction": "Interviews and articles.",
    "skills": ["c01-k1"],
    "weekly_hours": "２０",
    "payee_kind": "individual",
}
CLIENT = {
    "kind": "organisation",
    "payer_kind": "company",
    "about": "A magazine about small towns.",
    "address_shown": "full",
}


def text(response):
    return html.unescape(response.content.decode())


def page_of(account):
    return reverse("person", args=[account.pk])


def picture(kind="PNG"):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, kind)
    return SimpleUploadedFile("me.png", out.getvalue(), "image/png")


@pytest.fixture
def skill():
    from enishi.jobs.catalogue import read

    return read.skills()[0]


def test_pe7_anyone_reads_a_persons_page(client, skill):
    ren = make.ren()
    commands.present_worker(
        by=ren, at=make.NOON, introduction="<b>Interviews</b>", skills=[skill.id, "gone"]
    )

    page = client.get(page_of(ren), headers={"Accept-Language": "en"})

    assert page.status_code == 200
    assert "<b>Interviews</b>" not in page.content.decode()
    assert "<b>Interviews</b>" in text(page)
    assert skill.name("en") in text(page)


def test_pe7_an_address_is_never_on_the_page(client):
    hana = make.hana()

    assert "Asakusa" not in text(client.get(page_of(hana)))


def test_who_left_has_no_page(client):
    ren = make.ren()
    accounts.close(by=ren, at=make.NOON, still_open=lambda _: [])

    assert client.get(page_of(ren)).status_code == 404


def test_a_worker_writes_the_own_side(client, skill):
    ren = make.ren()
    client.force_login(ren)

    response = client.post(
        "/profile/?as=worker", WORKER | {"skills": [skill.id], "image": picture()}
    )

    assert response.headers["Location"] == page_of(ren)
    profile = WorkerProfile.objects.get(pk=ren.pk)
    assert (profile.skills, profile.weekly_hours) == ([skill.id], 20)
    shown = client.get(reverse("person_image", args=[ren.pk, profile.image_id]))
    assert shown.headers["Content-Type"] == "image/webp"
    assert shown.getvalue().startswith(b"RIFF")
    shown.close()


def test_a_client_writes_the_own_side(client):
    hana = make.account("Hana", "client")
    client.force_login(hana)

    client.post("/profile/", CLIENT)

    assert ClientProfile.objects.get(pk=hana.pk).payer_kind == "company"


def test_a_picture_nobody_can_read_does_not_cost_the_words(client, skill):
    client.force_login(make.ren())
    broken = SimpleUploadedFile("me.png", b"no picture", "image/png")

    response = client.post("/profile/?as=worker", WORKER | {"skills": [skill.id], "image": broken})

    assert response.status_code == 422
    assert "Interviews and articles." in text(response)


def test_co10_a_payer_that_does_not_fit_is_pointed_out_at_its_place(client):
    client.force_login(make.account("Hana", "client"))

    response = client.post("/profile/?as=client", CLIENT | {"payer_kind": "individual"})

    assert response.status_code == 422
    assert "A magazine about small towns." in text(response)
    assert not ClientProfile.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekly_hours": "0"},
        {"weekly_hours": "101"},
        {"skills": ["unknown"]},
        {"payee_kind": "company'--"},
        {"introduction": "長" * 3_001},
        {"hours": "a\x00b"},
    ],
)
def test_what_cannot_be_saved_comes_back(client, wrong, skill):
    client.force_login(make.ren())

    response = client.post("/profile/?as=worker", WORKER | {"skills": [skill.id]} | wrong)

    assert response.status_code == 422
    assert not WorkerProfile.objects.exists()


def test_a3_nobody_writes_for_another(client, skill):
    sora = make.sora()
    client.force_login(make.ren())

    client.post(
        "/profile/?as=worker",
        WORKER | {"skills": [skill.id], "account": sora.pk, "account_id": sora.pk},
    )

    assert not WorkerProfile.objects.filter(pk=sora.pk).exists()


def test_a2_only_the_picture_of_that_person_is_shown(client):
    ren, sora = make.ren(), make.sora()
    profile = commands.present_worker(by=ren, at=make.NOON, image=picture())
    secret = files.store(SimpleUploadedFile("a.txt", b"secret"), by=ren, at=make.NOON)

    for account, image in ((sora, profile.image_id), (ren, secret.pk)):
        assert client.get(reverse("person_image", args=[account.pk, image])).status_code == 404


def test_a_stranger_is_asked_to_sign_in_before_writing(client):
    assert client.get("/profile/").headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("hires_made", [1, 4])
def test_the_page_costs_the_same_however_many_reviews(
    client, django_assert_max_num_queries, hires_made
):
    hana, ren = hires.account("hana"), hires.account("ren")
    for _ in range(hires_made):
        contract = hires.contract(hana, ren)
        for by in (hana, ren):
            reviews.write(
                contract.pk, by=by, at=hires.ENDED, scores=hires.SCORES, overall=4, comment="x"
            )

    with django_assert_max_num_queries(22):
        assert client.get(page_of(ren)).status_code == 200
