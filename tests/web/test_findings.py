"""SA7 at its pages: the picture and its table, the decision with its reason, and who is told."""

import html
import re

import pytest
from django.urls import reverse

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.notifications import commands
from enishi.notifications.models import OutgoingMail
from enishi.office import findings
from enishi.office.models import Finding
from tests import make
from tests.office import circles
from tests.office.circles import LOOKED
from tests.web.test_office_people import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    circles.usual()
    circles.circle()
    (found,) = findings.look(at=LOOKED)
    return found


def english(client):
    Account.objects.filter(pk=enter(client, "mio").pk).update(language="en")


def words(page):
    """What is read on a page, without its marks."""
    return html.unescape(re.sub("<[^>]+>", "", page))


def page(client, case):
    return client.get(reverse("office_finding", args=[case.pk])).content.decode()


def test_the_desk_leads_to_the_finding(client, case):
    english(client)

    desk = client.get("/office/").content.decode()
    listed = client.get(reverse("office_findings")).content.decode()

    assert "1 group in the review graph waits for a look" in desk
    assert reverse("office_findings") in desk
    assert "4 people who mostly deal with each other" in words(listed)
    assert reverse("office_finding", args=[case.pk]) in listed


def test_the_group_is_drawn_and_stands_in_a_table_with_the_reasons(client, case):
    english(client)

    shown = page(client, case)

    assert shown.count('class="ring__dot"') == 4
    assert shown.count('class="ring__line"') == 8
    assert shown.count('<th scope="row" role="rowheader">') == 8
    assert "half of the contracts cost ¥100 or less, where ¥30,000 is usual" in words(shown)
    assert "none of them dealt with anybody else" in shown
    assert "16, on average 5.0 of 5" in words(shown)


def test_an_operator_confirms_with_a_reason_that_the_people_read_with_the_way_to_object(
    client, case
):
    enter(client, "mio")

    client.post(
        reverse("office_finding_confirmation", args=[case.pk]), {"reason": "Nothing was delivered."}
    )

    assert Finding.objects.get().status == "confirmed"
    assert "Nothing was delivered." in page(client, case)
    assert Event.objects.get(name="finding.confirmed").people == case.people


def test_a_decision_without_a_reason_is_pointed_out(client, case):
    enter(client, "mio")

    answer = client.post(reverse("office_finding_dismissal", args=[case.pk]), {"reason": " "})

    assert answer.status_code == 422
    assert Finding.objects.get().status == "open"


def test_a_dismissed_finding_is_over_and_a_confirmed_one_can_be_lifted(client, case):
    enter(client, "mio")
    address = reverse("office_finding_lifting", args=[case.pk])
    assert client.post(address, {"reason": "No."}).status_code in (409, 422)

    client.post(reverse("office_finding_confirmation", args=[case.pk]), {"reason": "Seen."})
    client.post(address, {"reason": "They showed the work."})

    assert Finding.objects.get().status == "lifted"
    assert "They showed the work." in page(client, case)


def test_readers_see_and_do_not_decide(client, case):
    enter(client, "nao")  # a treasurer: money and cases are separate duties

    assert "Your decision" not in page(client, case)
    answer = client.post(reverse("office_finding_confirmation", args=[case.pk]), {"reason": "So."})
    assert answer.status_code == 404


def test_a_stranger_finds_nothing(client, case):
    client.force_login(make.ren())

    assert client.get(reverse("office_findings")).status_code == 404
    assert client.get(reverse("office_finding", args=[case.pk])).status_code == 404


def test_whoever_is_named_reads_what_it_means_and_how_to_object(client, case):
    operator = enter(client, "mio")
    findings.confirm(case.pk, by=operator, at=LOOKED, reason="Nothing was delivered.")
    commands.tell(Event.objects.get(name="finding.confirmed"))

    mails = OutgoingMail.objects.order_by("pk")
    assert len({mail.to for mail in mails}) == 4
    body = str(mails[0].__dict__)
    assert "Nothing was delivered." in body
    assert re.search(r"事務局|write to the office", body)


@pytest.mark.parametrize("name", ["help"])
@pytest.mark.parametrize(("language", "said"), [("en", "Each night"), ("ja", "毎晩")])
def test_people_read_what_the_graph_is_used_for(client, name, language, said):
    client.cookies["language"] = language

    shown = client.get(reverse(name), headers={"accept-language": language}).content.decode()

    assert said in shown


@pytest.mark.parametrize("rings", [1, 30])
def test_the_list_costs_the_same_queries_however_many_findings_there_are(
    client, rings, django_assert_num_queries
):
    facts = {"edges": []}
    enter(client, "mio")
    person, other = make.ren(), make.sora()
    for number in range(rings):
        Finding.objects.create(
            kind="pair",
            people=[person.pk, other.pk],
            signs=[],
            facts=facts,
            mark=str(number),
            found_at=LOOKED,
            due_at=LOOKED,
        )
    client.get(reverse("office_findings"))

    with django_assert_num_queries(9):
        client.get(reverse("office_findings"))
