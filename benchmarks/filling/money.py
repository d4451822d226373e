"""The ledger: what came into escrow, was released or went back, in the order in which it happened.

Entries come some thousands at a time. What a line says of its account is reckoned before it is
written, and checked by the ledger's own triggers.
"""

from django.db import transaction

from enishi.escrow.policy import SHARDS

from .ground import Ground

AT_A_TIME = 40_000
PROVIDER = "sandbox"
# What an entry moves: account, yen, place among its lines.
LINES = f"""
    select k, 1 as place, 'clearing:{PROVIDER}:' || mod(milestone_id, {SHARDS}) as code,
           case when kind = 'fund' then -amount else amount end as yen
      from part where kind in ('fund', 'refund')
     union all
    select k, 2, 'escrow:milestone:' || milestone_id,
           case when kind = 'fund' then amount else -amount end from part
     union all
    select k, 3, 'payable:' || worker_id, amount - fee - fee_tax from part where kind = 'release'
     union all
    select k, 4, 'fee:' || mod(milestone_id, {SHARDS}), fee from part where kind = 'release'
     union all
    select k, 5, 'fee-tax:' || mod(milestone_id, {SHARDS}), fee_tax from part
     where kind = 'release' and fee_tax > 0"""
FACTS = """case when kind = 'release' then jsonb_build_object('to', worker_id,
    'net', amount - fee - fee_tax, 'fee', fee, 'fee_tax', fee_tax) else '{}' end"""


def fill(ground: Ground) -> None:
    ground.run("drop table if exists pg_temp.movement")
    ground.run("""
        create temp table movement as
        select row_number() over (order by at, milestone_id, kind) as k, moves.*
          from (select 'fund' as kind, funded_at as at, milestone_id, worker_id, amount, 0 as fee,
                       0 as fee_tax from piece
                 where fate in ('accepted', 'refunded', 'funded', 'delivered')
                 union all
                select case fate when 'refunded' then 'refund' else 'release' end, ended_at,
                       milestone_id, worker_id, amount, fee, fee_tax from piece
                 where fate in ('accepted', 'refunded')) moves""")
    ground.run("create index on movement (k)")
    ground.run("analyze movement")
    many = int(ground.one("select count(*) from movement"))
    for first in range(1, many + 1, AT_A_TIME):
        _write(ground, first, first + AT_A_TIME - 1)
        ground.tell(f"{min(first + AT_A_TIME - 1, many):,} of {many:,} entries")


@transaction.atomic
def _write(ground: Ground, first: int, last: int) -> None:
    """Entries and lines together: an entry is whole when it is committed."""
    ground.run("drop table if exists pg_temp.part, pg_temp.line")
    ground.run(
        f"create temp table part as select * from movement where k between {first} and {last}"
    )
    ground.run(f"create temp table line as {LINES}")
    ground.run("analyze line")
    ground.run("""
        insert into escrow_account (code, balance, credited, floor)
        select distinct code, 0, 0, case when code not like 'clearing:%' then 0 end from line
            on conflict do nothing""")
    before = ground.last("escrow_entry")
    ground.run(f"""
        insert into escrow_entry (kind, idem, at, purpose_kind, purpose_id, facts)
        select kind, kind || ':milestone:' || milestone_id, at, 'milestone', milestone_id, {FACTS}
          from part order by k""")
    ground.run(f"""
        insert into escrow_line (entry_id, account_id, amount, at, after, credited)
        select entry.id, account.id, yen, entry.at,
               account.balance + sum(yen) over sofar,
               account.credited + sum(greatest(yen, 0)) over sofar
          from line join part using (k)
          join escrow_entry entry on entry.idem = part.kind || ':milestone:' || milestone_id
                                 and entry.id > {before}
          join escrow_account account on account.code = line.code
        window sofar as (partition by account.id order by k, place)
         order by k, place""")
