"""Seeded markets with rings in them, for the detector: who is honest is known (B3)."""

import random
from datetime import UTC, datetime, timedelta

from enishi.trust.rings import Deal, Praise

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
YEAR = 365


class Market:
    """`people` honest clients and workers, a quarter of whom work together again and again; rings
    of `sizes`, whose members hide among honest deals."""

    def __init__(self, seed, *, people=5_000, sizes=(), hidden=0.2, both_roles=True):
        self.random = random.Random(seed)
        self.deals, self.praise, self.rings = [], [], []
        self.clients = list(range(people // 3))
        self.workers = list(range(people // 3, people))
        self.popular = [self.random.paretovariate(1.2) for _ in self.workers]
        for client in self.clients:
            self.hires(client)
        for one in self.random.sample(self.workers, people // 50):  # who stand on either side
            self.hires(one)
        names = self.random.sample(range(people), sum(sizes))  # rings among those who are known
        for size in sizes:
            ring, names = names[:size], names[size:]
            self.rings.append(set(ring))
            self.spins(ring, hidden, both_roles)
        self.honest = people - sum(sizes)

    def hires(self, client):
        for worker in set(
            self.random.choices(self.workers, self.popular, k=self.random.choice((1, 1, 2, 3, 5)))
        ):
            if worker == client:
                continue
            often = self.random.choice((1, 1, 1, self.random.randint(5, 40)))
            begun = START + timedelta(days=self.random.uniform(0, YEAR))
            price = int(self.random.lognormvariate(10, 0.9))
            for turn in range(often):
                self.deal(
                    client,
                    worker,
                    price,
                    begun + timedelta(days=turn * self.random.choice((3, 7, 30))),
                )

    def deal(self, client, worker, amount, at, *, score=None):
        self.deals.append(Deal(client, worker, amount, at))
        for author, subject in ((client, worker), (worker, client)):
            if score or self.random.random() < 0.7:
                said = score or self.random.choices((5, 4, 3, 2, 1), (60, 25, 8, 4, 3))[0]
                self.praise.append(Praise(author, subject, said))

    def spins(self, ring, hidden, both_roles):
        """Everybody hires a few of the others for small sums within some weeks."""
        half = len(ring) // 2
        begun = START + timedelta(days=self.random.uniform(0, YEAR))
        payers = ring if both_roles else ring[:half]
        for client in payers:
            others = [one for one in (ring if both_roles else ring[half:]) if one != client]
            for worker in self.random.sample(others, min(len(others), max(2, len(others) // 2))):
                for _ in range(self.random.randint(1, 4)):
                    at = begun + timedelta(days=self.random.uniform(0, 40))
                    self.deal(client, worker, self.random.choice((100, 300, 500)), at, score=5)
        for one in ring:
            if self.random.random() < hidden:
                self.deal(one, self.random.choice(self.workers), 20_000, begun)


def caught(market, found):
    """(rings of which most people are flagged, honest people flagged)."""
    flagged = {one for ring in found for one in ring.people}
    rings = sum(len(ring & flagged) * 2 > len(ring) for ring in market.rings)
    guilty = set().union(*market.rings) if market.rings else set()
    return rings, len(flagged - guilty)
