"""VE2: a service package as all read it, its form, and the post that begins with it."""

import pytest
from django.urls import reverse

from enishi.profiles.models import Package
from enishi.profiles.packages import commands
from tests import make
from tests.profiles.parts import package

from .pages import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NEW = "/profile/packages/new/"
FORM = {
    "title": "A logo",
    "subcategory": "c04-s1",
    "delivered": "One logo as SVG.",
    "price": "３５，０００円",
    "days": "14",
    "revision_rounds": "2",
    "option_1": "Express",
    "price_1": "5,000",
    "extra_days_1": "",
}


def page_of(one):
    return reverse("package", args=[one.account_id, one.pk])


def test_a_package_is_offered_and_read_by_anyone(as_ren, client):
    answer = as_ren.post(NEW, FORM)

    offered = Package.objects.get()
    assert answer.headers["Location"] == page_of(offered)
    client.logout()
    said = text(client.get(page_of(offered), headers={"Accept-Language": "en"}))
    # 35,000 − a fee of 20 % − 10 % tax on the fee
    assert "¥35,000" in said
    assert "¥27,300" in said
    assert "Express + ¥5,000 no more days" in said
    assert "Write a post with these terms" in said


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"price": "99"}, "Please choose a price from 100"),
        ({"price": "100,000,000"}, "Please choose a price from 100"),
        ({"price": "many"}, "whole number"),
        ({"days": "0"}, "1 or more"),
        ({"subcategory": "c99"}, "one of those shown"),
        ({"delivered": "\u200d" * 300}, "Please fill in"),
        ({"option_1": ""}, "Please name this option."),
        ({"price_1": ""}, "Please say what this option costs."),
        ({"option_2": "Express", "price_2": "1"}, "Please check the options"),
    ],
)
def test_what_cannot_be_offered_comes_back(as_ren, wrong, said):
    answer = as_ren.post(NEW, FORM | wrong)

    assert answer.status_code == 422
    assert said in text(answer)
    assert not Package.objects.exists()


def test_a_package_is_closed_opened_and_removed(as_ren, client):
    one = package(make.ren())

    as_ren.post(reverse("package_closure", args=[one.pk]))
    assert as_ren.get(page_of(one)).status_code == 200
    client.logout()
    assert client.get(page_of(one)).status_code == 404
    client.force_login(make.ren())
    client.post(reverse("package_reopening", args=[one.pk]))
    client.post(reverse("package_removal", args=[one.pk]))

    assert not Package.objects.exists()


def test_a_stranger_finds_no_form(as_ren):
    theirs = package(make.sora())

    assert as_ren.get(reverse("package_edit", args=[theirs.pk])).status_code == 404
    for name in ("package_closure", "package_reopening", "package_removal"):
        assert as_ren.post(reverse(name, args=[theirs.pk])).status_code == 404


def test_ap5_a_post_begins_with_the_terms_of_a_package(as_hana):
    one = package(make.ren())

    page = as_hana.get(f"/jobs/new/?package={one.pk}").content.decode()

    assert 'value="A logo with three drafts"' in page
    assert "One logo as SVG and PNG." in page
    assert 'value="35000"' in page


@pytest.mark.parametrize("key", ["0", "999999", "x", "9" * 30, ""])
def test_a_package_that_is_not_there_fills_in_nothing(as_hana, key):
    closed = package(make.ren())
    commands.close(closed.pk, by=make.ren(), at=make.NOON)

    for asked in (key, closed.pk):
        answer = as_hana.get("/jobs/new/", {"package": asked})
        assert answer.status_code == 200
        assert "One logo as SVG" not in answer.content.decode()
