"""SA6, RE1: telling the office, and how it decides, in the browser."""

import pytest
from django.urls import reverse

from enishi.accounts import demo
from enishi.accounts.models import Account
from enishi.contracts.commands import ending
from enishi.reviews import commands as reviews
from enishi.safety.models import Report
from enishi.web.accounts import demo as shown
from tests import make
from tests.reviews.hires import SCORES
from tests.web.pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
WORDS = {"kind": "extortion", "text": "Free work, or one star."}
NOTE = "For the office alone."


def enter(client, key):
    """An office person signs in with password and code."""
    person = demo.join(demo.person(key), at=make.NOON, version="2026-11-22")
    Account.objects.filter(pk=person.pk).update(language="en")
    client.post("/account/login/", {"login": person.email, "password": demo.PASSWORD})
    client.post("/account/2fa/authenticate/", {"code": shown.code_of(person)})
    return person


@pytest.fixture
def review():
    """A published review of one star about Ren, with a note to the office."""
    contract = make.contract("completed")
    for by, overall in ((contract.worker, 5), (contract.client, 1)):
        said = {"scores": SCORES, "overall": overall, "comment": "It was slow."}
        made = reviews.write(contract.pk, by=by, at=make.NOON, private_note=NOTE, **said)
    return made


def reported(client, review, **words):
    client.force_login(make.ren())
    answer = client.post(reverse("review_report", args=[review.pk]), WORDS | words)
    return answer, Report.objects.first()


def test_a_report_is_sent_in_one_step_and_its_state_is_read(client, review):
    client.force_login(make.ren())
    page = client.get(reverse("review", args=[review.contract_id]))
    assert reverse("review_report", args=[review.pk]) in page.content.decode()

    answer, made = reported(client, review)

    assert answer.headers["Location"] == reverse("report", args=[made.pk])
    assert "Free work, or one star." in text(client.get(reverse("report", args=[made.pk])))


def test_a_report_that_says_too_little_keeps_what_was_typed(client, review):
    answer, made = reported(client, review, kind="")

    assert (answer.status_code, made) == (422, None)
    assert "Free work, or one star." in text(answer)


def test_a_second_report_is_refused_on_the_form(client, review):
    reported(client, review)
    answer, _ = reported(client, review, text="Once more.")

    assert answer.status_code == 422
    assert "You have told the office about this already." in text(answer)
    assert "Once more." in text(answer)


def test_the_other_side_never_reads_what_was_reported(client, review):
    _, made = reported(client, review)
    client.force_login(make.hana())

    assert client.get(reverse("report", args=[made.pk])).status_code == 404
    for name, args in (
        ("contract", [review.contract_id]),
        ("review", [review.contract_id]),
        ("notifications", []),
    ):
        assert "Free work" not in text(client.get(reverse(name, args=args)))


def test_an_operator_sees_the_evidence_and_takes_the_review_out(client, review):
    _, made = reported(client, review)
    client.logout()
    enter(client, "mio")
    page = text(client.get(reverse("office_report", args=[made.pk])))
    assert "Free work, or one star." in page
    assert "It was slow." in page
    assert reverse("office_report", args=[made.pk]) in client.get("/office/").content.decode()

    said = {"verdict": "uphold", "effect": "out", "reason": "The messages say so."}
    client.post(reverse("office_report_decision", args=[made.pk]), said)

    client.logout()
    client.force_login(make.ren())
    shown = text(client.get(reverse("person_reviews", args=[review.subject_id])))
    assert "The office took this review out of the scores on" in shown
    assert "It was slow." not in shown
    assert "The messages say so." in text(client.get(reverse("report", args=[made.pk])))


def test_a_decision_without_a_reason_is_pointed_out(client, review):
    _, made = reported(client, review)
    client.logout()
    enter(client, "mio")

    answer = client.post(
        reverse("office_report_decision", args=[made.pk]), {"verdict": "uphold", "reason": " "}
    )

    assert answer.status_code == 422
    assert Report.objects.get().status == "open"


@pytest.mark.parametrize("key", ["nao", "ren"])
def test_only_operators_decide(client, review, key):
    _, made = reported(client, review)
    client.logout()
    enter(client, key)

    said = {"verdict": "uphold", "reason": "No"}
    client.post(reverse("office_report_decision", args=[made.pk]), said)
    client.post(reverse("office_ruling", args=[review.pk]), {"effect": "out", "reason": "No"})

    assert Report.objects.get().status == "open"
    assert not review.rulings.exists()


def test_re1_the_note_is_read_where_the_office_finds_it_and_nowhere_else(client, review):
    for person in (make.hana(), make.ren()):
        client.force_login(person)
        for name, args in (
            ("contract", [review.contract_id]),
            ("review", [review.contract_id]),
            ("person", [person.pk]),
            ("person_reviews", [person.pk]),
        ):
            assert NOTE not in text(client.get(reverse(name, args=args)))
    client.logout()
    enter(client, "mio")

    assert NOTE in text(client.get(reverse("office_reviews")))
    assert NOTE in text(client.get(reverse("office_review", args=[review.pk])))


def test_an_operator_hides_a_comment_and_shows_it_again(client, review):
    enter(client, "mio")
    address = reverse("office_ruling", args=[review.pk])
    person = reverse("person_reviews", args=[review.subject_id])

    client.post(address, {"effect": "hidden", "reason": "It names a sick child."})
    assert "The office hid this comment on" in text(client.get(person))
    assert "It was slow." not in text(client.get(person))

    client.post(address, {"effect": "restored", "reason": "It does not."})
    assert "It was slow." in text(client.get(person))


def test_re3_the_side_not_at_fault_is_asked_and_the_other_is_told_why_not(client):
    contract = make.contract("active")
    part = make.milestone(contract)
    ending.give_back(part.pk, by=contract.worker, at=make.NOON, reason="I am ill")

    client.force_login(make.hana())
    assert "Write a review" in text(client.get(reverse("contract", args=[contract.pk])))
    assert "Only you review this contract" in text(
        client.get(reverse("review", args=[contract.pk]))
    )
    client.force_login(make.ren())
    page = text(client.get(reverse("contract", args=[contract.pk])))
    assert "Only the other side can review it" in page
    assert "Write a review" not in page


def test_re4_words_typed_at_the_acceptance_become_those_of_a_revision(client):
    contract = make.contract("delivered")
    part = make.milestone(contract)
    client.force_login(make.hana())
    address = reverse("acceptance", args=[part.pk])
    assert "What would make it a 5?" in text(client.get(address))

    answer = client.post(address, {"act": "revise", "better": "Name the sources", "again": ""})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'action="{reverse("revision", args=[part.pk])}"' in page
    assert "Name the sources" in page
    assert make.milestone(contract).status == "delivered"


def test_re4_with_the_acceptance_the_answers_are_kept_and_another_order_is_offered(client):
    contract = make.contract("delivered")
    part = make.milestone(contract)
    client.force_login(make.hana())

    words = {"act": "accept", "better": "Name the sources", "again": "yes"}
    client.post(reverse("acceptance", args=[part.pk]), words)

    page = client.get(reverse("contract", args=[contract.pk]))
    assert "Name the sources" in text(page)
    assert reverse("job_copies", args=[contract.job_id]) in page.content.decode()
    client.force_login(make.ren())
    assert "Name the sources" not in text(client.get(reverse("contract", args=[contract.pk])))


def test_the_filters_and_themes_of_a_persons_reviews(client):
    ren = make.ren()
    for number in range(3):
        contract = make.contract("completed")
        for by in (contract.worker, contract.client):
            said = {"scores": SCORES, "overall": 4, "comment": f"Quick replies. {number}"}
            reviews.write(contract.pk, by=by, at=make.NOON, **said)
    address = reverse("person_reviews", args=[ren.pk])
    client.force_login(ren)

    page = client.get(f"{address}?as=worker&stars=4&low=schedule&theme=replies&tone=good")

    assert "praised in 3 comments" in text(page)
    assert text(page).count("Quick replies. ") == 3
    assert "No review fits this filter" in text(client.get(f"{address}?as=worker&stars=1"))
    assert "praised in 3 comments" in text(client.get(reverse("person", args=[ren.pk])))
    assert client.get(f"{address}?as=worker&stars=x&low=z&theme=y&before=z").status_code == 200
