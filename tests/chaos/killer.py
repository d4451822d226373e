"""Whom to kill, and when: kills are spread over the acts; and a provider that has a bad day."""

import subprocess
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import httpx

from tests.proofs.harness import Market, until
from tests.proofs.victims import VICTIMS, is_back

# What takes part in acts on the ledger; the rest of the market is not asked.
OF_LEDGER = ("postmaster", "backend", "client")
SHAPES = ("time_out_after", "error_before", "error_after", "rate_limit", "event_first", "nonsense")
PATHS = ("/v1/checkout/sessions", "/v1/refunds", "/v1/transfers", "/v1/payouts")


@dataclass
class Killer:
    """Kills one part after another; `back`: the longest time until all was there again, in
    seconds, by victim."""

    market: Market
    layer: str
    chance: Random
    clients: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    back: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def strike(self) -> None:
        names = OF_LEDGER if self.layer == "ledger" else (*VICTIMS, "client", "postmaster")
        name, began = self.chance.choice(names), time.monotonic()
        if name == "client":
            self.chance.choice(self.clients).kill()  # whoever started it starts it again
        else:
            until(lambda: self.market.kill(VICTIMS[name](self.market, self.chance)), name)
            if name == "run":
                assert self.market.run is not None
                self.market.run.wait()
                self.market.start()
            page = self._page
            until(lambda: is_back(self.market, page), f"all is back after {name} was killed")
        self.kills[name] += 1
        self.back[name] = max(self.back[name], time.monotonic() - began)

    def _page(self) -> httpx.Response:
        return httpx.get(self.market.url + "/", timeout=10, trust_env=False)

    def trouble(self) -> None:
        """The provider forgets to answer, repeats, turns round, is late."""
        if self.layer == "ledger":
            return
        with suppress(httpx.HTTPError, OSError):
            self.market.provider(
                "POST",
                "/_control/shapes",
                name=self.chance.choice(SHAPES),
                path=self.chance.choice(PATHS),
                seconds=str(self.chance.choice((1, 12))),
            )
            self.market.provider(
                "POST",
                "/_control/webhooks",
                copies=str(self.chance.choice((1, 1, 2, 3))),
                delay=str(self.chance.choice((0, 0, 1, 5))),
                reversed=self.chance.choice(("true", "false")),
            )

    def calm(self) -> None:
        """Nothing more goes wrong on purpose."""
        if self.layer != "ledger":
            self.market.provider(
                "POST", "/_control/webhooks", copies="1", delay="0", reversed="false"
            )
