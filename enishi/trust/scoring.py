"""How good the rated of a network are, from its ratings alone (SA7). Pure.

Standing flows along good ratings from the network's core: people whom its others rated, in turn,
back to the beginning. A rating weighs as much as its rater stands; whoever the core does not reach
weighs nothing, so that no number of invented raters moves anybody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import copysign, sqrt

from . import cores

HIGHEST = 10.0
MIDDLE = 0.0  # the score of somebody of whom nothing is known
PRIOR = 0.5  # as much evidence for the middle as half a highest rating by a rater in full standing
ROUNDS = 12
LEAST_CORE = 0.05  # of the raters: a smaller core says nothing, and all stand alike


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating from -10 to 10; of several between the same two the latest counts."""

    rater: str
    rated: str
    score: float
    time: float


Edges = dict[str, dict[str, float]]


def scores(ratings: Iterable[Rating]) -> dict[str, float]:
    """The score of everybody rated, from -10 to 10."""
    received, given = _edges(ratings)
    if not received:
        return {}
    core = _core(given)
    standing = {rater: 1.0 if not core or rater in core else 0.0 for rater in given}
    for _ in range(ROUNDS if core else 0):
        for_, against = _evidence(received, standing)
        standing = {
            rater: (before + _share(for_.get(rater, 0.0), against.get(rater, 0.0))) / 2
            for rater, before in standing.items()
        }
    for_, against = _evidence(received, standing)
    return {
        rated: HIGHEST * (for_[rated] - against[rated]) / (for_[rated] + against[rated] + PRIOR)
        for rated in received
    }


def ranked(found: Mapping[str, float]) -> list[tuple[str, float]]:
    """The best first; equals by name, so that the same file gives the same lines."""
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))


def _edges(ratings: Iterable[Rating]) -> tuple[Edges, Edges]:
    """What everybody received and gave, as evidence from -1 to 1. A ten says three times what a
    one says, not ten times: most raters use ones and tens only."""
    received: Edges = {}
    given: Edges = {}
    for one in sorted(ratings, key=lambda rating: rating.time):
        if one.rater != one.rated:
            evidence = copysign(sqrt(abs(one.score) / HIGHEST), one.score)
            received.setdefault(one.rated, {})[one.rater] = evidence
            given.setdefault(one.rater, {})[one.rated] = evidence
    return received, given


def _core(given: Edges) -> set[str]:
    """The largest group whose good ratings lead from each to each; empty where nobody is rated
    back, as where buyers rate goods."""
    praised = {
        rater: [rated for rated, evidence in row.items() if evidence > 0]
        for rater, row in given.items()
    }
    core = cores.largest(praised)
    return core if len(core) > max(1, LEAST_CORE * len(given)) else set()


def _evidence(
    received: Edges, standing: Mapping[str, float]
) -> tuple[dict[str, float], dict[str, float]]:
    """What speaks for and against everybody, each rating as heavy as its rater stands."""
    for_, against = {}, {}
    for rated, row in received.items():
        good = bad = 0.0
        for rater, evidence in row.items():
            weight = standing[rater] * evidence
            if weight > 0:
                good += weight
            else:
                bad -= weight
        for_[rated], against[rated] = good, bad
    return for_, against


def _share(good: float, bad: float) -> float:
    """How far a rater is to be believed: the good among all evidence, with doubt before any."""
    return good / (good + bad + PRIOR)
