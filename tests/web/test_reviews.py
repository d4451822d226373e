"""RE1, RE2: rating, waiting, reading and answering in the browser."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse

from enishi.kit import clock
from enishi.kit.models import Market
from enishi.reviews import commands
from enishi.reviews.models import Review
from tests.reviews import hires

pytestmark = pytest.mark.django_db
GRADES = dict.fromkeys((*hires.SCORES, "overall"), "4")
ANSWERS = GRADES | {"comment": "話が早くて助かりました。", "private_note": "内緒の話"}


@pytest.fixture
def hana():
    return hires.account("hana", role="client")


@pytest.fixture
def ren():
    return hires.account("ren")


@pytest.fixture
def contract(hana, ren):
    """Finished today, because pages read the market's own clock."""
    made = hires.contract(hana, ren)
    made.reviews_close_at = clock.now() + timedelta(days=14)
    made.save()
    return made


def text(response):
    return html.unescape(response.content.decode())


def page_of(contract):
    return reverse("review", args=[contract.pk])


def test_re2_a_review_waits_for_the_other_side(client, contract, hana, ren):
    client.force_login(hana)
    response = client.post(page_of(contract), ANSWERS)
    assert response.headers["Location"] == page_of(contract)

    client.force_login(ren)
    page = text(client.get(page_of(contract)))

    assert "話が早くて助かりました。" not in page
    assert 'name="overall"' in page


def test_re2_both_read_both_once_both_have_written(client, contract, hana, ren):
    for by in (hana, ren):
        client.force_login(by)
        client.post(page_of(contract), ANSWERS | {"comment": f"{by.name}より"})

    for by in (hana, ren):
        client.force_login(by)
        page = text(client.get(page_of(contract)))
        assert "hanaより" in page
        assert "renより" in page


def test_re1_the_note_to_the_office_is_read_by_nobody_else(client, contract, hana, ren):
    for by in (hana, ren):
        client.force_login(by)
        client.post(page_of(contract), ANSWERS)

    for address in (page_of(contract), reverse("person", args=[ren.pk])):
        assert "内緒の話" not in text(client.get(address))


@pytest.mark.parametrize("left_out", ["overall", "skill", "comment"])
def test_re1_a_review_that_is_not_whole_comes_back_with_what_was_typed(
    client, contract, hana, left_out
):
    client.force_login(hana)
    answers = {name: value for name, value in ANSWERS.items() if name != left_out}

    response = client.post(page_of(contract), answers)

    assert response.status_code == 422
    assert "内緒の話" in text(response)
    assert not Review.objects.exists()


def test_writing_twice_is_refused_with_a_sentence(client, contract, hana):
    client.force_login(hana)
    for _ in range(2):
        client.post(page_of(contract), ANSWERS)

    assert Review.objects.count() == 1


def test_a1_a_strangers_eyes_find_nothing(client, contract):
    client.force_login(hires.account("sora"))

    assert client.get(page_of(contract)).status_code == 404
    assert client.post(page_of(contract), ANSWERS).status_code == 404


def test_before_the_end_there_is_nothing_to_rate(client, hana, ren):
    contract = hires.contract(hana, ren, "active")
    client.force_login(hana)

    page = client.get(page_of(contract))

    assert page.status_code == 200
    assert 'name="overall"' not in text(page)


@pytest.fixture
def published(contract, hana, ren):
    for by in (hana, ren):
        commands.write(
            contract.pk,
            by=by,
            at=clock.now(),
            scores=hires.SCORES,
            overall=5,
            comment=f"{by.name}より",
        )
    return Review.objects.get(author=hana)


def test_re2_the_rated_person_answers_once_in_public(client, published, ren):
    client.force_login(ren)
    address = reverse("review_reply", args=[published.pk])
    assert client.get(address).status_code == 200

    client.post(address, {"text": "こちらこそ、ありがとうございました。"})
    client.post(address, {"text": "二度目"})

    client.logout()
    page = text(client.get(reverse("person", args=[ren.pk])))
    assert "こちらこそ、ありがとうございました。" in page
    assert "二度目" not in page


def test_only_the_rated_person_can_answer(client, published, hana):
    client.force_login(hana)

    assert client.get(reverse("review_reply", args=[published.pk])).status_code == 404


def test_pe7_reviews_of_a_person_are_open_to_all(client, published, ren):
    page = text(client.get(reverse("person_reviews", args=[ren.pk]) + "?as=worker"))

    assert "hanaより" in page
    other = client.get(reverse("person_reviews", args=[ren.pk]) + "?as=client&before=junk")
    assert other.status_code == 200
    assert "hanaより" not in text(other)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_length(client, hana, ren, django_assert_num_queries, rows):
    for _ in range(rows):
        contract = hires.contract(hana, ren)
        for by in (hana, ren):
            commands.write(
                contract.pk, by=by, at=hires.ENDED, scores=hires.SCORES, overall=4, comment="x"
            )
    assert Market.objects.exists()

    with django_assert_num_queries(8):
        client.get(reverse("person_reviews", args=[ren.pk]))
