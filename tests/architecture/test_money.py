"""M12: PostgreSQL itself bounds every sum of money, above and below."""

import re

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
# Whole numbers that are no sum of money, and sums of sums, which no single act brings about.
OTHER = {
    "contracts_deliveryfile.size",
    *("documents_document.position", "messaging_threadmember.read_up_to"),
    *("reviews_sitemean.heavy", "reviews_sitemean.total"),
    *("escrow_account.balance", "escrow_account.credited"),
    *("escrow_account.floor", "escrow_account.ceiling"),
    *("escrow_line.after", "escrow_line.credited"),
    # What two books say, as they say it.
    *("office_reconciliation.held", "office_reconciliation.booked", "office_difference.effect"),
}
COLUMNS = """
    select c.relname || '.' || a.attname,
           coalesce((select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k
                      where k.conrelid = c.oid and k.contype = 'c'
                        and a.attnum = any (k.conkey)), '')
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0
       and a.atttypid = 'int8'::regtype and a.attname !~ '(^|_)id$'
       and c.relname !~ '^(django|auth|procrastinate|account_|mfa_|usersessions)'"""


def test_every_sum_of_money_is_bounded_on_both_sides_by_the_database():
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = dict(cursor.fetchall())

    unbounded = {
        name
        for name, checks in found.items()
        for column in [name.partition(".")[2]]
        if not re.search(rf"\b{column} <= '?\d", checks)
        or not re.search(rf"\b{column} >=? '?-?\d|\b{column} > 0", checks)
    }

    assert unbounded == OTHER
