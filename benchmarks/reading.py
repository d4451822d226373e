"""Pages of a large market, each by index: no statement of theirs reads a big table from end to end.

The slowest page is the figure; the notes tell each page's time and statements. Beside them stand
what the office's night asks of the whole market: rings in the review graph, and prices.
"""

import resource
import statistics
import time
from collections.abc import Iterator

from . import scale
from .asking import Asked, asked
from .measure import Figure, Result

MOST = 100.0  # ms
ROUNDS = 7
DEEP = 25  # pages further on


def pages_at_scale(*, quick: bool) -> Result:
    of = scale.filled(quick=quick)
    known()
    found = [
        asked(path, reader, rounds=2 if quick else ROUNDS) for path, reader in _pages(quick=quick)
    ]
    slowest = max(found, key=lambda one: statistics.median(one.times))
    scans = [] if quick else [one for one in found if one.scans]
    return Result(
        name="pages_at_scale",
        value=Figure.of(slowest.times),
        unit="ms",
        goal=f"≤ {MOST:.0f} ms, index only",
        is_met=statistics.median(slowest.times) <= MOST and not scans,
        notes=(*map(_told, found), *_nights(), scale.told(of)),
    )


def known() -> None:
    """Ranks and facts are kept of everyone."""
    from enishi.kit import clock
    from enishi.ranks import commands as ranks
    from enishi.ranks.models import Standing
    from enishi.trust import commands as trust
    from enishi.trust.models import PersonFacts

    if not Standing.objects.exists():
        ranks.compute_all(at=clock.now())
    if not PersonFacts.objects.exists():
        trust.keep_all(at=clock.now())


def _told(one: Asked) -> str:
    scans = f", READS {', '.join(sorted(one.scans))} WHOLLY" if one.scans else ""
    return f"{one.path}: {statistics.median(one.times):.1f} ms, {one.queries} statements{scans}"


def _pages(*, quick: bool) -> Iterator[tuple[str, int]]:
    """Each with its reader. The busiest worker and the post with most applicants, on purpose."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("""
            select client_id, id from jobs_job where status = 'open'
             order by applicants desc, id limit 1""")
        client, job = cursor.fetchone()
        cursor.execute("""
            select worker_id from contracts_contract group by worker_id
             order by count(*) desc, worker_id limit 1""")
        (worker,) = cursor.fetchone()
    pages = 1 if quick else DEEP
    for order in ("rank", "newest", "closeness"):
        yield f"/workers/?order={order}", client
        yield f"/workers/?order={order}&after={_deep(client, order, pages)}", client
    yield "/workers/?category=c01", client
    yield f"/jobs/{job}/proposals/", client
    yield f"/jobs/{job}/proposals/?order=fit", client
    yield f"/people/{worker}/", client
    yield f"/people/{worker}/trust/?as=worker", client
    yield f"/people/{client}/trust/?as=client", worker
    yield f"/jobs/{job}/", worker
    yield "/rank/", worker
    yield "/contracts/", worker


def _deep(client_id: int, order: str, pages: int) -> str:
    from enishi.accounts.models import Account
    from enishi.trust import workers

    viewer, after = Account.objects.get(pk=client_id), ""
    for _ in range(pages):
        page = workers.found(workers.Wanted(order=order), viewer=viewer, after=after)
        after = page.after or after
    return after


def _nights() -> Iterator[str]:
    """What the market asks of itself at night, with how much memory this process had at most."""
    from enishi.kit import clock
    from enishi.office import findings
    from enishi.trust import market as prices

    began = time.perf_counter()
    new = findings.look(at=clock.now())
    took = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"rings: {took:.1f} s, {len(new)} new, at most {most:,.0f} MiB in this process"
    began = time.perf_counter()
    prices.refresh(at=clock.now())
    yield f"market ranges: {time.perf_counter() - began:.1f} s"
