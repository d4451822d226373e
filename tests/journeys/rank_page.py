"""What the page of one's own rank says, read as figures and sentences."""

import re

from tests.journeys import money
from tests.journeys.people import Person

NEXT = "section[aria-labelledby=h-next]"


def asks(ren: Person, rank: str) -> tuple[int, int]:
    """How many of how many conditions of this rank are met, as the page says it."""
    ren.reads("What %(rank)s asks for", rank=ren.says(rank))
    section = ren.page.locator(NEXT)
    met, whole = section.locator(".cond:not(.cond--open)").count(), section.locator(".cond").count()
    said = ren.says("%(met)s of %(all)s conditions are met", met=met, all=whole)
    assert _plain(section.locator(".section__note").inner_text()) == said
    return met, whole


def values(ren: Person) -> list[str]:
    """Where one stands in each condition of the next rank, with its sample."""
    found = ren.page.locator(f"{NEXT} .cond__value")
    return [_plain(one) for one in found.all_inner_texts()]


def value(ren: Person, name: str, **told: object) -> str:
    """Of one condition."""
    line = ren.page.locator(f"{NEXT} .cond").filter(has_text=ren.says(name, **told))
    return _plain(line.locator(".cond__value").inner_text())


def steps(ren: Person) -> list[str]:
    """What would meet the conditions that are open."""
    return [_plain(one) for one in ren.page.locator(f"{NEXT} .cond__step").all_inner_texts()]


def gaps(ren: Person) -> list[str]:
    found = ren.page.locator(f"{NEXT} .cond__gap:last-child span")
    return [_plain(one) for one in found.all_inner_texts()]


def completes(ren: Person, num: int) -> str:
    said = "%(num)s more order completed brings the share to %(limit)s."
    return ren.says(said, num=num, limit="90%")


def rates(ren: Person, num: int) -> str:
    said = "%(num)s more order rated %(stars)s brings the average to %(limit)s."
    return ren.says(said, num=num, stars=5, limit="4.8")


def replies(ren: Person, num: int) -> str:
    said = "%(num)s more reply within %(hours)s hours brings the share to %(limit)s."
    return ren.says(said, num=num, hours=24, limit="80%")


def turns(ren: Person) -> list[str]:
    """The ranks in the table beside their picture, the newest first, as English words."""
    names = {ren.says(name): name for name in ("Unranked", "Regular", "Bronze", "Silver")}
    rows = ren.page.locator("figure.turns tbody tr td").evaluate_all(
        "all => all.map((one) => one.firstChild.textContent.trim())"
    )
    return [names[row] for row in rows]


def today(ren: Person, title: str) -> list[str]:
    """The row of today in the table beside this picture."""
    figure = ren.page.locator("figure.chart").filter(has_text=ren.says(title)).last
    row = figure.locator("tr").filter(has_text=re.compile(rf"^\s*{ren.says('Today')}"))
    return row.locator("td").evaluate_all("all => all.map((one) => one.textContent.trim())")


def mark(hana: Person, ren_id: str) -> str:
    """The rank beside the name on the page of a person."""
    hana.goes(f"/people/{ren_id}/")
    found = hana.page.locator("main").get_by_text(re.compile("^Rank: "))
    return found.first.inner_text() if found.count() else ""


def is_told(ren: Person, sentence: str) -> None:
    """The letter stands among the notices within a moment."""
    ren.goes("/notices/")
    money.finds(ren, sentence)


def facts(hana: Person, name: str) -> dict[str, str]:
    """What the comparison says of one applicant."""
    column = hana.page.get_by_role("article").filter(has_text=name)
    rows = column.locator(".kv").evaluate_all(
        "all => all.map((one) => [one.children[0].innerText, one.children[1].innerText])"
    )
    return {_plain(term): _plain(said.replace("half", " half")) for term, said in rows}


def _plain(text: str) -> str:
    return " ".join(text.split())
