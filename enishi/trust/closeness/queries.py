"""How close somebody is to many people, in one query (KN1)."""

from collections.abc import Iterable

from enishi.contracts.models import Contract
from enishi.kit.prepared import rows

from .policy import STRANGERS, Closeness

# Both directions: whoever ordered then may work now.
TOGETHER = f"""
    select worker_id as other_id, count(*) as times, max(ended_at) as last_at
      from {Contract._meta.db_table}
     where client_id = %(viewer)s and paid_total > 0 and status in ('completed', 'ended')
     group by worker_id
     union all
    select client_id, count(*), max(ended_at)
      from {Contract._meta.db_table}
     where worker_id = %(viewer)s and paid_total > 0 and status in ('completed', 'ended')
     group by client_id
"""
CLOSE = f"""
    select other_id, sum(times)::int as times, max(last_at) as last_at
      from ({TOGETHER}) together group by other_id
"""
CLOSE_TO = f"select * from ({CLOSE}) close where other_id = any(%(people)s)"


def closeness(viewer_id: int, people: Iterable[int]) -> dict[int, Closeness]:
    """To each of these; with whom nothing was done, strangers."""
    ids = list(people)
    found = rows(CLOSE_TO, {"viewer": viewer_id, "people": ids})
    near = {other_id: Closeness(times, last_at) for other_id, times, last_at in found}
    return dict.fromkeys(ids, STRANGERS) | near
