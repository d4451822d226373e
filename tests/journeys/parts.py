"""The story of a bank transfer of less than was asked for: who is told what, and how the rest comes
in, told in a browser."""

import re

from tests.journeys import money
from tests.journeys.people import Person

PART, REST = "7,000", "15,000"


def transfers(client: Person, contract: str, amount: str = "") -> None:
    """By the provider's page; without an amount, what it says is missing."""
    client.goes(contract)
    client.page.locator("#turn form button").first.click()
    client.page.wait_for_url(re.compile(r"/pay/"))
    by_bank = client.page.locator("form[action*='/bank'] button")
    if by_bank.count():
        by_bank.first.click()
        client.page.wait_for_url(re.compile(r"/transfer"))
    if amount:
        client.writes("amount", amount.replace(",", ""))
    client.shows(f"provider-transfer{'-part' if amount else '-rest'}")
    client.page.locator("button[value=now]").click()
    client.page.wait_for_url(re.compile(re.escape(contract)))


def tells_all(client: Person, worker: Person, contract: str) -> None:
    for one in (client, worker):
        money.signs_in(one, money.PASSWORD)
    sums = {"missing": _yen(client, REST), "arrived": _yen(client, PART)}
    transfers(client, contract, PART)
    client.reads("Transfer the missing %(missing)s to the same account", **sums)
    client.shows("part-client")
    client.goes("/desk/")
    client.reads("Transfer the missing %(missing)s to the same account", **sums)
    client.shows("part-desk")
    worker.goes(contract)
    worker.reads("Please do not begin yet: %(missing)s is still missing", **sums)
    worker.shows("part-worker")
    worker.goes("/notices/")
    whole = {"whole": _yen(worker, "22,000"), "piece": "Part 1"}
    money.finds(
        worker, "%(arrived)s of the %(whole)s for “%(piece)s” has arrived", **(sums | whole)
    )
    worker.shows("part-notices")
    transfers(client, contract)
    client.does_not_read("Please do not start working yet")
    worker.goes(contract)
    worker.reads("Deliver")
    worker.shows("part-funded")


def _yen(reader: Person, amount: str) -> str:
    return f"{amount}円" if reader.language == "ja" else f"¥{amount}"
