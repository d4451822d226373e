"""VE1 at its pages: a person hands in, makes the pledge, confirms a phone; others see days."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from enishi.accounts import commands as accounts
from enishi.accounts.models import Consent
from enishi.verification import queries
from enishi.verification.commands import asking, deciding
from enishi.verification.models import PhoneCode, SealedPicture, Verification
from enishi.web.legal.texts import TEXTS
from tests import make
from tests.make import NOON
from tests.verification.papers import approved, drawn, locked_pdf, pdf, submitted, upload
from tests.web.test_money_desk import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
IDENTITY = "/settings/verification/identity/"


@pytest.fixture(autouse=True)
def sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.SEALED_ROOT


def hand_in(client, path=IDENTITY, *files, **more):
    form = {"paper": "driving_licence", "files": list(files) or [upload()]} | more
    return client.post(path, form)


def test_each_kind_says_what_it_is_what_is_kept_and_where_it_stands(as_ren):
    page = text(as_ren.get(reverse("verifications")))

    assert page.count("Not handed in") == 5
    assert "after the decision" in page
    assert reverse("verifications") in text(as_ren.get("/settings/"))


def test_documents_are_handed_in_and_wait_for_the_office(as_ren, sealed, settings):
    answer = hand_in(as_ren, IDENTITY, upload(), upload(pdf(2), "letter.pdf"), covers=["bottom"])

    assert answer.url == reverse("verifications")
    assert SealedPicture.objects.count() == 3
    page = text(as_ren.get(answer.url))
    assert "Being checked" in page
    assert "Wed 8 Apr" in page
    assert not list(settings.MEDIA_ROOT.rglob("*.*"))
    incoming = settings.MEDIA_ROOT / "incoming"
    assert not incoming.exists()  # it never touched the disk in the clear (P1)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (lambda: upload(b"%PDF-" + bytes(40 * 2**20), "big.pdf"), "larger than 20 MB"),
        (lambda: upload(b"hello" * 50, "licence.jpg"), "neither a picture nor a PDF"),
        (lambda: upload(locked_pdf(), "locked.pdf"), "locked with a password"),
        (lambda: upload(drawn()[:200], "half.jpg"), "cannot be read"),
        (lambda: upload(b"", "empty.jpg"), "is empty"),
    ],
)
def test_a_bad_file_is_a_clear_sentence_and_the_other_boxes_stay(as_ren, sealed, file, said):
    path = reverse("verification_documents", args=["business"])
    form = {"title": "Mizuno Writing", "paper": "register", "covers": ["top"], "files": [file()]}

    answer = as_ren.post(path, form)

    page = text(answer)
    assert answer.status_code == 422
    assert said in page
    assert "Mizuno Writing" in page
    for chosen in ("register", "top"):
        assert re.search(rf'<input[^>]*value="{chosen}"[^>]* checked', page)
    assert not Verification.objects.exists()
    assert not list(sealed.rglob("*"))


def test_the_back_of_the_number_card_is_refused_and_never_kept(as_ren, sealed):
    answer = hand_in(as_ren, paper="number_card_back")

    assert answer.status_code == 422
    assert "Please never send this document" in text(answer)
    assert not list(sealed.rglob("*"))
    assert "Never send these" in text(as_ren.get(IDENTITY))


def test_a_form_without_anything_says_what_is_missing(as_ren):
    answer = as_ren.post(reverse("verification_documents", args=["qualification"]), {})

    assert answer.status_code == 422
    assert not Verification.objects.exists()


@pytest.mark.parametrize("kind", ["phone", "confidentiality", "unknown", "IDENTITY"])
def test_a_kind_without_documents_has_no_such_page(as_ren, kind):
    assert as_ren.get(f"/settings/verification/{kind}/x/").status_code == 404
    if kind != "phone":
        assert as_ren.get(f"/settings/verification/{kind}/").status_code == 404


def test_a_request_is_taken_back_by_its_person_alone(as_ren, django_capture_on_commit_callbacks):
    mine, other = submitted(), submitted(by=make.sora())

    for one, status in ((mine, 302), (other, 404)):
        answer = as_ren.post(reverse("verification_retraction", args=[one.pk]))
        assert answer.status_code == status
    assert Verification.objects.get(pk=mine.pk).status == "retracted"
    assert Verification.objects.get(pk=other.pk).status == "submitted"


def test_the_pledge_is_read_made_and_kept_with_its_version(as_ren):
    page = text(as_ren.get(reverse("verifications")))
    assert reverse("pledge") in page
    assert "tell nobody else" in text(as_ren.get(reverse("pledge")))

    assert as_ren.post(reverse("verification_pledge")).status_code == 422
    as_ren.post(reverse("verification_pledge"), {"agrees": "on"})

    kept = Consent.objects.get(text="pledge")
    assert kept.version == TEXTS["pledge"].version.isoformat()
    assert "You agreed to this version" in text(as_ren.get(reverse("pledge")))


def test_a_phone_is_confirmed_on_the_page_of_a_demo(as_ren, settings):
    settings.SMS = settings.SMS | {"by": "console"}
    answer = as_ren.post(
        reverse("verification_phone_code"), {"number": "０９０ー１２３４ー５６７８"}
    )
    assert answer.url == reverse("verification_phone")
    page = text(as_ren.get(answer.url))
    assert "090-****-5678" in page
    assert "9012345678" not in page
    code = page.split("the code is ")[1][:6]

    wrong = as_ren.post(reverse("verification_phone_confirmation"), {"code": "０００"})
    assert wrong.status_code == 422
    assert "Tries left: 4" in text(wrong)
    done = as_ren.post(reverse("verification_phone_confirmation"), {"code": code})

    assert done.url == reverse("verifications")
    assert set(queries.checks([make.ren().pk])[make.ren().pk]) == {"phone"}


@pytest.mark.parametrize("typed", ["03-1234-5678", "", "\x00", "1" * 500])
def test_a_wrong_number_is_said_so_where_it_was_typed(as_ren, settings, typed):
    settings.SMS = settings.SMS | {"by": "console"}

    answer = as_ren.post(reverse("verification_phone_code"), {"number": typed})

    assert answer.status_code == 422
    assert not PhoneCode.objects.exists()


def test_where_no_messages_are_sent_the_page_says_so(as_ren, settings):
    settings.SMS = settings.SMS | {"by": "none"}

    assert "sends no text messages" in text(as_ren.get(reverse("verification_phone")))
    assert "sends no text messages" in text(as_ren.get(reverse("verifications")))


def test_a_rejection_is_read_with_what_to_do(as_ren):
    asked = submitted()
    deciding.reject(asked.pk, by=make.mio(), at=NOON, reason="The name cannot be read.")

    page = text(as_ren.get(reverse("verifications")))

    assert "The name cannot be read." in page
    assert "Hand in anew" in page


def test_others_see_what_was_checked_with_its_day_and_never_more(client):
    ren = make.ren()
    asking.pledge(by=ren, at=NOON, version="1")
    approved(by=ren, at=NOON + timedelta(days=2))
    accounts.speak(by=make.sora(), language="en")
    client.force_login(make.sora())

    page = text(client.get(reverse("person", args=[ren.pk])))

    assert "Identity checked" in page
    assert "Confidentiality pledged" in page
    assert "2026-04-03" in page
    for secret in ("driving", "licence", make.mio().name, "sealed"):
        assert secret not in page.lower().replace(make.mio().email, "")


def test_the_days_stand_where_a_name_matters(as_hana):
    proposal = make.proposal()
    worker = proposal.worker
    approved(by=worker)

    for name, number in (("job_proposals", proposal.job_id), ("proposal", proposal.pk)):
        assert "Identity checked" in text(as_hana.get(reverse(name, args=[number])))
    approved(by=make.hana())
    as_hana.force_login(worker)
    assert "Identity checked" in text(as_hana.get(reverse("job", args=[proposal.job_id])))
