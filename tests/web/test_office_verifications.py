"""P1 at the office's pages: grade, a fresh second factor, a reason; a minute, a mark, a row."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from PIL import Image, ImageChops

from enishi.accounts import commands as accounts
from enishi.events.models import Event
from enishi.kit import clock
from enishi.notifications.letters.reading import letters_for
from enishi.verification.models import Look, Verification, View
from tests import make
from tests.make import NOON
from tests.verification.papers import approved, submitted
from tests.web.test_money_desk import grow_stale, text
from tests.web.test_office_people import enter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture(autouse=True)
def sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"


@pytest.fixture
def mio(client):
    person = enter(client, "mio")
    accounts.speak(by=person, language="en")
    return person


def page(name, one):
    return reverse(name, args=[one.pk])


def ask(client, checked, reason="To compare the name"):
    (picture,) = checked.pictures.all()
    return client.post(page("office_looks", picture), {"reason": reason})


def image(client, look):
    return client.get(page("office_look_picture", look))


def test_a_case_from_the_queue_to_the_decision(client, mio):
    asked = submitted()
    case = page("office_verification", asked)
    assert case in text(client.get(reverse("office")))
    assert case in text(client.get(reverse("office_verifications")))
    shown = text(client.get(case))
    assert "Driving licence" in shown
    assert "<img" not in shown.split("<main")[1]

    looked = ask(client, asked)
    around = text(client.get(looked.url))
    assert page("office_look_picture", Look.objects.get()) in around
    answer = image(client, Look.objects.get())
    assert answer.status_code == 200
    client.post(page("office_verification_approval", asked))

    asked.refresh_from_db()
    assert (asked.status, asked.decided_by) == ("approved", mio)
    after = text(client.get(case))
    assert "To compare the name" in after
    assert "Shown" in after


def test_the_picture_is_marked_kept_by_nobody_and_shown_once(client, mio):
    asked = submitted()
    ask(client, asked)
    look = Look.objects.get()

    assert client.head(page("office_look_picture", look)).status_code == 200  # uses nothing up
    answer = image(client, look)

    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "image/webp"
    with Image.open(io.BytesIO(answer.content)) as shown:
        marked = shown.convert("RGB")
    plain = Image.new("RGB", marked.size, "red")
    lower = Image.new("RGB", (marked.width, marked.height // 2), "green")
    plain.paste(lower, (0, marked.height // 2))
    tones = ImageChops.difference(marked, plain).convert("L").histogram()
    assert sum(tones[25:]) > 2_000  # pixels in which the mark stands
    assert image(client, look).status_code == 410
    assert client.head(page("office_look_picture", look)).status_code == 410
    assert View.objects.count() == Event.objects.filter(name="verification.opened").count() == 1
    assert "This link is over" in text(client.get(page("office_look", look)))


def test_a_link_is_over_after_a_minute_and_is_nobody_elses(client, mio, monkeypatch):
    asked = submitted()
    ask(client, asked)
    look = Look.objects.get()
    other = type(client)()
    enter(other, "nao")
    assert other.get(page("office_look", look)).status_code == 404
    assert image(other, look).status_code == 404

    later = datetime.now(UTC) + timedelta(seconds=61)
    monkeypatch.setattr(clock, "real", lambda: later)

    assert image(client, look).status_code == 410
    assert not View.objects.exists()


def test_nothing_is_opened_without_a_fresh_second_factor(client, mio):
    asked = submitted()
    ask(client, asked)
    grow_stale(client)

    assert "mfa" not in page("office_looks", asked.pictures.get())
    for answer in (
        ask(client, asked),
        image(client, Look.objects.get()),
        client.post(page("office_verification_approval", asked)),
        client.post(page("office_verification_rejection", asked), {"reason": "No."}),
    ):
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url
    assert Look.objects.count() == 1
    assert not View.objects.exists()
    assert Verification.objects.get().status == "submitted"
    shown = text(client.get(page("office_verification", asked)))
    assert "Please show your second factor" in shown
    assert "Open the picture" not in shown


def test_a_treasurer_opens_but_does_not_decide(client):
    asked = submitted()
    accounts.speak(by=enter(client, "nao"), language="en")

    shown = text(client.get(page("office_verification", asked)))
    assert "Open the picture" in shown
    assert "Do not accept" not in shown
    assert ask(client, asked).status_code == 302
    assert client.post(page("office_verification_approval", asked)).status_code == 404


def test_without_a_reason_nothing_is_opened(client, mio):
    asked = submitted()

    answer = ask(client, asked, reason=" ")

    assert answer.status_code == 422
    assert 'href="#look_0_reason"' in text(answer)
    assert 'id="look_0_reason"' in text(answer)
    assert not Look.objects.exists()


def test_nobody_opens_or_decides_their_own(client, mio):
    mine = submitted(by=mio)

    shown = text(client.get(page("office_verification", mine)))
    assert "This is your own" in shown
    assert "Open the picture" not in shown
    assert ask(client, mine).status_code == 302
    assert not Look.objects.exists()
    client.post(page("office_verification_approval", mine))
    assert Verification.objects.get(pk=mine.pk).status == "submitted"


def test_a_rejection_needs_a_reason_and_tells_the_person(client, mio):
    asked = submitted()
    path = page("office_verification_rejection", asked)
    assert client.post(path, {"reason": " "}).status_code == 422

    client.post(path, {"reason": "Please send the front as well."})

    event = Event.objects.get(name="verification.rejected")
    for language, said in (("en", "could not be accepted (Identity)"), ("ja", "（本人確認）")):
        ((_, letter),) = letters_for([event], make.ren(), language)
        assert said in letter.title
        assert letter.quote == "Please send the front as well."
        assert letter.path == reverse("verifications")


def test_a_check_is_withdrawn_with_a_reason(client, mio):
    done = approved()
    path = page("office_verification_withdrawal", done)
    assert client.post(path, {"reason": ""}).status_code == 422

    client.post(path, {"reason": "The licence was forged."})

    done.refresh_from_db()
    assert (done.status, done.ended_by) == ("withdrawn", mio)
    assert "The licence was forged." in text(client.get(page("office_verification", done)))


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_asks_the_same_however_long(client, mio, count, django_assert_max_num_queries):
    for n in range(count):
        submitted(by=make.account(f"Person {n}"))
    client.get(reverse("office_verifications"))

    with django_assert_max_num_queries(14):
        client.get(reverse("office_verifications"))


def test_strangers_find_nothing(as_ren):
    asked = submitted(by=make.sora())
    (picture,) = asked.pictures.all()
    look = Look.objects.create(
        picture=picture,
        by=make.account("Mio2", office_grade="operator"),
        at=NOON,
        until=NOON + timedelta(days=9999),
        reason="A reason",
    )
    for path in (
        page("office_verification", asked),
        page("office_look", look),
        page("office_look_picture", look),
        reverse("office_verifications"),
    ):
        assert as_ren.get(path).status_code == 404
