"""How much dealings say about a person, whoever counts them (SA7, B4). Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from fractions import Fraction

ONE_ORDER = timedelta(days=30)  # contracts of the same two people within it count once
FULL = 100  # percent of a reviewer's weight
CONFIRMED = 0  # percent that is left to whoever a confirmed finding names


def distinct_orders(contracts: Iterable[tuple[int, int, datetime]]) -> list[tuple[int, int]]:
    """One (client, worker) for each order: contracts of the same two people within 30 days of the
    first of them are the same order."""
    orders: list[tuple[int, int]] = []
    begun: dict[frozenset[int], datetime] = {}
    for client, worker, at in sorted(contracts, key=lambda contract: contract[2]):
        pair = frozenset((client, worker))
        if pair not in begun or at - begun[pair] > ONE_ORDER:
            begun[pair] = at
            orders.append((client, worker))
    return orders


def weighed_orders(
    worker: int, contracts: Iterable[tuple[int, int, datetime]], weights: Mapping[int, int]
) -> Fraction:
    """The distinct orders of a worker, each as heavy as its client: `weights` in percent, whoever
    is not named in full."""
    orders = distinct_orders(contracts)
    clients = [client for client, who in orders if who == worker]
    return Fraction(sum(weights.get(client, FULL) for client in clients), FULL)
