"""The climb of a new worker from no rank to silver, over months of the market's own clock, and a
client who reads why two applicants differ (RA2–RA9, AP2, AP6). Contracts go through the commands,
as in the simulation; every page is read in a browser."""

import re

from tests.journeys import climb_stages as stages
from tests.journeys import money
from tests.journeys import rank_page as page
from tests.journeys.climb_stages import stage
from tests.journeys.people import Person
from tests.journeys.site import Site

A_MONTH, A_WEEK = 31, 7  # days of the market's clock


def climbs(ren: Person, hana: Person) -> None:
    """Ren reads in Japanese on a phone, Hana in English at a desk."""
    site = ren.site
    ren_id, sora_id = stage(site, stages.JOINS)
    money.signs_in(ren, money.PASSWORD)
    money.signs_in(hana, money.PASSWORD)
    without_a_rank(ren, hana, ren_id)
    stage(site, stages.SHOWS_ENOUGH)
    comes_to_regular(ren, hana, ren_id)
    site.advance(A_MONTH)
    ren.goes("/rank/")  # whoever was away for a month would lose the rank
    stage(site, stages.IS_FUNDED)
    comes_to_bronze(ren, hana, ren_id)
    site.advance(A_WEEK)
    after_the_first(ren, site)
    site.advance(A_MONTH)
    after_a_fair_one(ren, site)
    site.advance(A_MONTH)
    after_a_split_order(ren, site)
    site.advance(A_MONTH)
    comes_to_silver(ren, hana, ren_id)
    reads_why_they_differ(hana, ren_id, sora_id)


def without_a_rank(ren: Person, hana: Person, ren_id: str) -> None:
    ren.goes("/rank/")
    assert page.asks(ren, "Regular") == (3, 10)
    assert page.value(ren, "Introduction of %(limit)s characters or more", limit="300") == "120"
    assert page.gaps(ren) == [ren.says("%(missing)s more", missing=180)]
    ren.reads("Nothing to draw yet")
    ren.reads("%(num)s step away", num=7)
    ren.shows("rank-unranked")
    ren.goes("/workers/mine/")
    ren.reads("You are not in the list yet")
    assert page.mark(hana, ren_id) == ""


def comes_to_regular(ren: Person, hana: Person, ren_id: str) -> None:
    page.is_told(ren, "You are a Regular worker now")
    ren.page.locator("a.inbox__line").filter(
        has_text=ren.says("You are a Regular worker now")
    ).click()
    ren.reads("You are in the list")
    ren.goes("/rank/")
    assert page.asks(ren, "Bronze") == (0, 1)
    assert page.value(ren, "One order agreed and paid into escrow") == "0"
    ren.reads("It comes at once with the first order that is agreed and paid into escrow.")
    ren.shows("rank-regular")
    assert page.mark(hana, ren_id) == "Rank: Regular"
    hana.goes("/workers/")
    assert hana.page.locator(".jobs h2").all_inner_texts() == ["Ren"]


def comes_to_bronze(ren: Person, hana: Person, ren_id: str) -> None:
    page.is_told(ren, "You are a Bronze worker now")
    ren.goes("/rank/")
    assert page.asks(ren, "Silver") == (0, 3)
    nothing = ren.says("nothing yet")
    assert page.values(ren) == [nothing, nothing, nothing]
    assert page.steps(ren) == [page.completes(ren, 1), page.rates(ren, 1), page.replies(ren, 1)]
    ren.shows("rank-bronze")
    assert page.mark(hana, ren_id) == "Rank: Bronze"


def after_the_first(ren: Person, site: Site) -> None:
    """Rated 5, but what the client asked was answered after thirty hours."""
    ren.goes("/rank/")
    stage(site, stages.FIRST_ENDS)
    ren.goes("/rank/")
    assert page.asks(ren, "Silver") == (2, 3)
    assert page.values(ren) == ["100.0% 1件", "5.00 1件", "0.0% 1件"]
    assert page.steps(ren) == [page.replies(ren, 4)]
    # In ninety days what was answered late drops out; until then nothing else was asked.
    ren.reads("Depends on you")
    ren.shows("rank-first")


def after_a_fair_one(ren: Person, site: Site) -> None:
    """The same client twice within thirty days: rated 4 and 4, one order (RA7)."""
    ren.goes("/rank/")
    stage(site, stages.ANOTHER_IS_FAIR)
    ren.goes("/rank/")
    assert page.asks(ren, "Silver") == (1, 3)
    assert page.values(ren) == ["100.0% 2件", "4.50 2件", "66.6% 3件"]
    assert page.steps(ren) == [page.rates(ren, 3), page.replies(ren, 2)]
    ren.shows("rank-fair")


def after_a_split_order(ren: Person, site: Site) -> None:
    ren.goes("/rank/")
    stage(site, stages.TWO_OF_ONE_ORDER)
    ren.goes("/rank/")
    assert page.asks(ren, "Silver") == (2, 3)
    assert page.values(ren) == ["100.0% 3件", "4.66 3件", "80.0% 5件"]
    assert page.steps(ren) == [page.rates(ren, 2)]
    ren.shows("rank-split")


def comes_to_silver(ren: Person, hana: Person, ren_id: str) -> None:
    """Two more orders rated 5, as the page had said: 24 of 5, exactly 4.8."""
    ren.goes("/rank/")
    stage(ren.site, stages.TWO_MORE)
    page.is_told(ren, "You are a Silver worker now")
    ren.goes("/rank/")
    assert page.asks(ren, "Certified") == (0, 1)
    assert page.turns(ren) == ["Silver", "Bronze", "Regular"]
    drawn = ren.page.locator("figure.chart svg[role=img]").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    named = ("Earnings by month", "Earnings of a year", "Average rating", "Answered in time")
    assert drawn == [ren.says(one) for one in (*named, "Your rank so far")]
    assert page.today(ren, "Average rating") == ["4.80", "5件"]
    ren.reads("One order rated %(stars)s would be too many.", stars=4)
    ren.shows("rank-silver")
    assert page.mark(hana, ren_id) == "Rank: Silver"


def reads_why_they_differ(hana: Person, ren_id: str, sora_id: str) -> None:
    """AP6: each order says why; AP2: side by side; SA5: what each signal is made of."""
    (job,) = stage(hana.site, stages.TWO_APPLY)
    here = f"/jobs/{job}"
    for order, first in (("closeness", "Ren"), ("price", "Sora")):
        hana.goes(f"{here}/proposals/?sort={order}")
        names = hana.page.locator("main article h2").all_inner_texts()
        assert names[0].split()[-1] == first, order
    hana.goes(f"{here}/proposals/?sort=closeness")
    hana.reads_words("You have worked together 3 times")
    hana.shows("applicants-two")
    for one in hana.page.locator("main article input[name=with]").all():
        one.check()
    hana.page.locator("button[form=compare], #compare button").first.click()
    hana.page.wait_for_url(re.compile("/comparison/"))
    ren, sora = (page.facts(hana, name) for name in ("Ren", "Sora"))
    assert (ren["Rank"], sora["Rank"]) == ("Silver", "Unranked")
    assert (ren["Finished contracts"], sora["Finished contracts"]) == ("7", "0")
    # Here each contract counts with its number; towards the rank what was split counts once (RA7).
    assert ren["Rating"] == "4.7 (7 reviews)"
    assert (ren["Answered within 24 hours"], sora["Answered within 24 hours"]) == (
        "5 of 5 half within 2 hours",
        "nothing yet",
    )
    hana.shows("comparison-two")
    hana.goes(f"/people/{ren_id}/trust/?as=worker")
    hana.reads_words("Silver")
    hana.shows("trust-many")
    hana.goes(f"/people/{sora_id}/trust/?as=worker")
    hana.shows("trust-none")
