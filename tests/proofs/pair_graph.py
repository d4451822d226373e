"""What the office keeps about a group in the review graph in which both people stand."""

from typing import Any

from enishi.office import findings as office
from enishi.office.models import Finding

from .pair_parts import NOON, Pair, joined

FACTS: dict[str, Any] = {
    "deals": 2,
    "reviews": 2,
    "mean": 5.0,
    "median": 100,
    "usual": 30_000,
    "total": 200,
    "busiest": 2,
    "outside": 1,
}


def findings(of: Pair) -> None:
    """One that waits, one confirmed, one dismissed, one lifted again."""
    people = sorted([of.client.pk, of.worker.pk])
    edge = {"client": of.client.pk, "worker": of.worker.pk, "deals": 2, "total": 200}
    facts = FACTS | {"edges": [edge | {"of_worker": [5], "of_client": [5]}]}
    signs = ["circle", "cheap", "linked", "burst", "closed"]
    rows = [
        Finding.objects.create(
            kind="pair",
            people=people,
            signs=signs,
            facts=facts,
            mark=f"{of.key}-{place}",
            found_at=NOON,
            due_at=NOON,
        )
        for place in range(4)
    ]
    clerk = joined(f"Clerk {of.key}", f"clerk-{of.key}", "worker", office_grade="operator")
    words = {"by": clerk, "at": NOON}
    office.confirm(rows[1].pk, **words, reason=of.said["reason-of-finding"])
    office.dismiss(rows[2].pk, **words, reason=of.said["reason-of-no-finding"])
    office.confirm(rows[3].pk, **words, reason=of.said["reason-of-finding"])
    office.lift(rows[3].pk, **words, reason=of.said["reason-of-lifting"])
    names = ("finding", "confirmed finding", "dismissed finding", "lifted finding")
    for name, row in zip(names, rows, strict=True):
        of.things[name] = {"finding_id": row.pk}
