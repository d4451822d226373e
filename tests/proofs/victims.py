"""Who of a market may be killed, and how one sees that all of it is back."""

from collections.abc import Callable
from random import Random

import httpx

from .harness import Market

BY_WORD = {
    "granian": "granian",
    "worker": "procrastinate",
    "sandbox": "-m sandbox",
    "stream": "enishi.stream",
}
VICTIMS: dict[str, Callable[[Market, Random], int]] = {
    **{name: lambda market, _, word=word: market.part(word) for name, word in BY_WORD.items()},
    "web": lambda market, chance: chance.choice(market.web_workers() or [0]),
    "postmaster": lambda market, _: market.postmaster(),
    "backend": lambda market, chance: chance.choice(market.backends() or [0]),
    "run": lambda market, _: market.run.pid if market.run else 0,
}


def is_back(market: Market, page: Callable[[], httpx.Response]) -> bool:
    """A page is answered, the provider answers, and every part is there."""
    if not all(market.part(word) for word in BY_WORD.values()) or not market.web_workers():
        return False
    try:
        market.provider("GET", "/v1/balance")
        return page().status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
