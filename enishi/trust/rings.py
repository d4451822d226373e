"""Groups whose people mostly praise and pay each other: mutual praise and wash contracts (SA7).

Pure: facts in, findings out. A finding is a question to the office, never an answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from statistics import median

from . import cores

SPAN = timedelta(days=30)
SHORT = timedelta(days=60)  # what lasts longer between two people is a long relation
SMALLEST, LARGEST = 3, 30  # people of a ring; two are a pair
CLOSED = 0.5  # of a member's partners are members
TIGHT = 0.9  # so closed is a sign by itself
CHEAP = 0.25  # of what deals in this market usually cost
GOOD = 4.0  # the mean from which reviews are praise
MET = 2  # partners in a ring that a member has on average, at least
DEALS_OF_PAIR = 6  # within SPAN, before two people who mostly deal with each other are looked at
PAIR_CLOSED = 0.8
SIGNS = {"circle": 2, "cheap": 2, "linked": 2, "burst": 1, "closed": 1}
ENOUGH = 3


Pair = tuple[int, int]


def _both(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Deal:
    """A finished contract: who paid whom how many yen, and when it was done."""

    client: int
    worker: int
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Praise:
    """One published review, by its overall score from 1 to 5."""

    author: int
    subject: int
    overall: int


@dataclass(frozen=True, slots=True)
class Found:
    """A group to be looked at, the signs that speak for it, and its inner edges as plain facts."""

    kind: str  # ring | pair
    people: tuple[int, ...]
    signs: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict, compare=False)


class Network:
    """Who dealt with whom and said what of whom; the neighbours are those of mutual praise."""

    def __init__(
        self,
        deals: Iterable[Deal],
        praise: Iterable[Praise],
        links: Iterable[tuple[int, int]] = (),
    ) -> None:
        self.deals: dict[Pair, list[Deal]] = defaultdict(list)
        self.partners: dict[int, set[int]] = defaultdict(set)
        self.reviews: dict[tuple[int, int], list[int]] = defaultdict(list)
        amounts = []
        for deal in deals:
            self.deals[_both(deal.client, deal.worker)].append(deal)
            self.partners[deal.client].add(deal.worker)
            self.partners[deal.worker].add(deal.client)
            amounts.append(deal.amount)
        for one in praise:
            self.reviews[one.author, one.subject].append(one.overall)
        self.links = {frozenset(pair) for pair in links}
        self.usual = median(amounts) if amounts else 0
        self.friends: dict[int, set[int]] = defaultdict(set)
        for one, other in sorted(self.deals):
            if self._praised(one, other) and self._praised(other, one):
                self.friends[one].add(other)
                self.friends[other].add(one)

    def _praised(self, author: int, subject: int) -> bool:
        said = self.reviews.get((author, subject))
        return bool(said) and sum(said) / len(said) >= GOOD

    def within(self, people: frozenset[int]) -> list[Deal]:
        found = []
        for one in sorted(people):
            for other in sorted(self.partners[one] & people):
                if one < other:
                    found += self.deals[_both(one, other)]
        return found

    def is_cheap(self, one: int, other: int) -> bool:
        amounts = [deal.amount for deal in self.deals[_both(one, other)]]
        return median(amounts) <= CHEAP * self.usual

    def share(self, one: int, people: Set[int]) -> float:
        """How many of somebody's partners are among these people."""
        return len(self.partners[one] & people) / max(len(self.partners[one]), 1)


def find(network: Network) -> list[Found]:
    """Rings of small sums, then closed rings, then pairs that are in none; the largest first."""
    found: list[Found] = []
    taken: set[int] = set()
    for groups in (_of_small_sums, _closed_groups):
        for people in groups(network, taken):
            ring = _ring(network, people)
            if ring and not people & taken:
                found.append(ring)
                taken |= people
    pairs = [_pair(network, *both) for both in sorted(network.deals)]
    found += [pair for pair in pairs if pair and not taken & set(pair.people)]
    return sorted(found, key=lambda one: (-len(one.people), one.people))


def _of_small_sums(network: Network, taken: Set[int]) -> Iterator[frozenset[int]]:
    """Whoever is left together when only pairs that deal for little are looked at: among honest
    people these are few, and hardly ever a circle."""
    little: dict[int, set[int]] = {}
    for one, others in network.friends.items():
        little[one] = {other for other in others if network.is_cheap(one, other)}
    left = _with_two_friends(little)
    seen: set[int] = set()
    for start in sorted(left):
        if start not in seen:
            together = _reached(left, start)
            seen |= together
            yield frozenset(together)


def _reached(friends: Mapping[int, set[int]], start: int) -> set[int]:
    together, going = {start}, [start]
    while going:
        new = friends[going.pop()] - together
        together |= new
        going += new
    return together


def _closed_groups(network: Network, taken: Set[int]) -> Iterator[frozenset[int]]:
    """Around each two friends, whoever keeps most to themselves. Whoever deals with so many that
    half of them are more than a ring has people is in none, and is left out from the start."""
    most = int((LARGEST - 1) / CLOSED)
    few = {one for one, partners in network.partners.items() if len(partners) <= most}
    dense = _with_two_friends(
        {one: network.friends[one] & few for one in network.friends if one in few}
    )
    for one in sorted(dense):
        for other in sorted(dense[one]):
            if one < other and not {one, other} & taken:
                yield _grown(network, dense, one, other)


def _with_two_friends(friends: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Whoever is left when those with fewer than two friends go, again and again: nobody outside
    can close a circle."""
    left = {one: set(others) for one, others in friends.items()}
    going = [one for one, others in left.items() if len(others) < MET]
    while going:
        one = going.pop()
        for other in left.pop(one, ()):
            left[other].discard(one)
            if len(left[other]) == MET - 1:
                going.append(other)
    return left


def _grown(network: Network, dense: Mapping[int, set[int]], one: int, other: int) -> frozenset[int]:
    """From two people on: whoever has most of their partners inside comes in first, up to the
    largest ring. What stood when the group was most closed remains, without those who are more
    outside than in."""
    came = list(_coming(network, dense, one, other))
    closed = [inside / of_all for _, inside, of_all in came]
    best = frozenset(who for who, *_ in came[: closed.index(max(closed)) + 1])
    while outside := [who for who in best if network.share(who, best) < CLOSED]:
        best -= set(outside)
    return best


def _coming(
    network: Network, dense: Mapping[int, set[int]], one: int, other: int
) -> Iterator[tuple[int, int, int]]:
    """Whoever comes in next; how many dealings of those who are in then stay among them, by
    partners, and of how many. Each newcomer is counted once with each of their partners."""
    people: set[int] = set()
    inside: dict[int, int] = {}
    near: set[int] = set()
    next_ones: list[tuple[float, int]] = []
    stay = of_all = 0
    coming: int | None = one
    while coming is not None and len(people) < LARGEST:
        partners = network.partners[coming]
        people.add(coming)
        stay += 2 * inside.get(coming, 0)
        of_all += len(partners)
        yield (coming, stay, of_all) if len(people) >= SMALLEST else (coming, 0, of_all)
        near |= dense[coming]
        for who in partners:
            inside[who] = inside.get(who, 0) + 1
        for who in partners & near | dense[coming]:
            if who not in people:
                share = inside.get(who, 0) / len(network.partners[who])
                heappush(next_ones, (-share, who))
        coming = other if len(people) == 1 else _nearest(next_ones, people)


def _nearest(next_ones: list[tuple[float, int]], people: Set[int]) -> int | None:
    """The one with most of their partners inside; of equals the one who joined first. A share only
    grows, so that the newest word about somebody comes before older ones."""
    while next_ones:
        _, who = heappop(next_ones)
        if who not in people:
            return who
    return None


def _ring(network: Network, people: frozenset[int]) -> Found | None:
    if not SMALLEST <= len(people) <= LARGEST:
        return None
    pairs = sum(len(network.friends[one] & people) for one in people) / 2
    if pairs * 2 < MET * len(people):
        return None
    return _found(network, "ring", people)


def _pair(network: Network, one: int, other: int) -> Found | None:
    """Two people who turn small sums round between them. A long relation is none: it has either
    usual sums, or its time."""
    deals = network.deals[one, other]
    if len(deals) < DEALS_OF_PAIR or other not in network.friends.get(one, ()):
        return None
    if len(_busiest(deals)) < DEALS_OF_PAIR:
        return None
    rest = {
        who: sum(len(network.deals[_both(who, them)]) for them in network.partners[who])
        for who in (one, other)
    }
    inner = len(deals)
    if any(inner / of_all < PAIR_CLOSED for of_all in rest.values()):
        return None
    found = _found(network, "pair", frozenset((one, other)))
    return found if found and _is_wash(found, deals) else None


def _is_wash(found: Found, deals: list[Deal]) -> bool:
    """Small sums or one hand behind both; and turned round, or over as soon as it began."""
    times = [deal.at for deal in deals]
    signs = set(found.signs)
    is_short = max(times) - min(times) <= SHORT
    return bool({"cheap", "linked"} & signs) and ("circle" in signs or is_short)


def _found(network: Network, kind: str, people: frozenset[int]) -> Found | None:
    deals = network.within(people)
    signs = tuple(name for name, test in TESTS.items() if test(network, people, deals))
    if sum(SIGNS[name] for name in signs) < ENOUGH:
        return None
    reviews = [
        score
        for author in people
        for subject in people
        for score in network.reviews.get((author, subject), ())
    ]
    amounts = [deal.amount for deal in deals]
    facts = {
        "deals": len(deals),
        "reviews": len(reviews),
        "mean": round(sum(reviews) / len(reviews), 2) if reviews else None,
        "median": int(median(amounts)),
        "usual": int(network.usual),
        "total": sum(amounts),
        "first": min(deal.at for deal in deals).isoformat(),
        "last": max(deal.at for deal in deals).isoformat(),
        "busiest": len(_busiest(deals)),
        "outside": sum(len(network.partners[one] - people) for one in people),
        "edges": _edges(deals, network, people),
    }
    return Found(kind, tuple(sorted(people)), signs, facts)


def _edges(deals: list[Deal], network: Network, people: frozenset[int]) -> list[dict[str, object]]:
    """One line for each pair and direction of paying: how often, how much, and what they said."""
    sums: dict[tuple[int, int], list[int]] = defaultdict(list)
    for deal in deals:
        sums[deal.client, deal.worker].append(deal.amount)
    return [
        {
            "client": client,
            "worker": worker,
            "deals": len(amounts),
            "total": sum(amounts),
            "of_worker": network.reviews.get((client, worker), []),
            "of_client": network.reviews.get((worker, client), []),
        }
        for (client, worker), amounts in sorted(sums.items())
    ]


def _busiest(deals: list[Deal]) -> list[Deal]:
    """The most deals that lie within one span."""
    ordered = sorted(deals, key=lambda deal: deal.at)
    best: list[Deal] = []
    start = 0
    for end, deal in enumerate(ordered):
        while deal.at - ordered[start].at > SPAN:
            start += 1
        if end + 1 - start > len(best):
            best = ordered[start : end + 1]
    return best


def _is_circle(network: Network, people: frozenset[int], deals: list[Deal]) -> bool:
    """Money comes back to whoever paid it, through most of the group."""
    paid: dict[str, set[str]] = {str(one): set() for one in people}
    for deal in deals:
        paid[str(deal.client)].add(str(deal.worker))
    return len(cores.largest(paid)) * 2 > len(people)


def _is_cheap(network: Network, people: frozenset[int], deals: list[Deal]) -> bool:
    return median(deal.amount for deal in deals) <= CHEAP * network.usual


def _is_linked(network: Network, people: frozenset[int], deals: list[Deal]) -> bool:
    return any(pair <= people for pair in network.links)


def _is_burst(network: Network, people: frozenset[int], deals: list[Deal]) -> bool:
    """Half of it and more within one span, and more than one deal a person."""
    busiest = len(_busiest(deals))
    return busiest * 2 >= len(deals) and busiest >= len(people)


def _is_closed(network: Network, people: frozenset[int], deals: list[Deal]) -> bool:
    return sum(network.share(one, people) for one in people) / len(people) >= TIGHT


TESTS = {
    "circle": _is_circle,
    "cheap": _is_cheap,
    "linked": _is_linked,
    "burst": _is_burst,
    "closed": _is_closed,
}
