"""Seeded networks of ratings in which it is known who is good."""

import random
from itertools import groupby

from enishi.trust.scoring import Rating


class Network:
    """Good people, whose deals end well and who say so; a tenth are bad: they cheat, and call each
    other good."""

    def __init__(self, seed, *, people=1_500, each=6, habits="ones and tens"):
        self.random = random.Random(seed)
        self.names = [f"u{number}" for number in range(people)]
        bad = set(self.random.sample(self.names, people // 10))
        self.is_good = {name: name not in bad for name in self.names}
        self.habits = habits
        self.ratings = []
        weights = [self.random.paretovariate(1.5) for _ in self.names]
        for name in self.names:
            for other in self.random.choices(self.names, weights, k=each):
                if other != name:
                    self.meets(name, other)
                    if self.random.random() < 0.75:
                        self.meets(other, name)

    def meets(self, rater, rated):
        is_pleased = self.is_good[rated] if self.is_good[rater] else not self.is_good[rated]
        if self.random.random() < 0.1:
            is_pleased = not is_pleased
        self.ratings.append(Rating(rater, rated, self.score(is_pleased), self.random.random()))

    def score(self, is_pleased):
        if self.habits == "whole scale":
            return self.random.randint(2, 10) * (1 if is_pleased else -1)
        return (
            self.random.choice((1, 1, 1, 2, 10))
            if is_pleased
            else self.random.choice((-10, -10, -1))
        )

    def colluding(self, count):
        """New raters who praise each other and ten of the bad, and slander ten of the good."""
        crowd = [f"colluder{number}" for number in range(count)]
        bad = [name for name in self.names if not self.is_good[name]][:10]
        good = [name for name in self.names if self.is_good[name]][:10]
        for rater in crowd:
            for rated in [*bad, *self.random.sample(crowd, 10)]:
                if rated != rater:
                    yield Rating(rater, rated, 10, 2.0)
            for rated in good:
                yield Rating(rater, rated, -10, 2.0)


def auc(found, is_good):
    """How often somebody good stands above somebody bad; whoever has no score stands in the
    middle."""
    rows = sorted((found.get(name, 0.0), good) for name, good in is_good.items())
    better, bads_below, goods = 0.0, 0, sum(is_good.values())
    for _, alike in groupby(rows, key=lambda row: row[0]):
        kinds = [good for _, good in alike]
        bads = len(kinds) - sum(kinds)
        better += sum(kinds) * (bads_below + bads / 2)
        bads_below += bads
    return better / (goods * (len(rows) - goods))
