"""`enishi simulate`: the same seed walks the same way, at any size (issue B17)."""

import json

from django.db import connection

from enishi.files import scans
from enishi.notifications.models import OutgoingMail

# What the provider names, and what is drawn anew for each row on purpose.
DRAWN = {"password", "key", "idem", "provider_id", "customer", "hosted_url", "charge", "failed_try"}
TABLES = (
    *("accounts_account", "profiles_workerprofile", "profiles_clientprofile", "jobs_job"),
    *("jobs_question", "proposals_proposal", "messaging_message", "contracts_contract"),
    *("contracts_milestone", "contracts_delivery", "reviews_review"),
    *("contracts_changerequest", "payments_payment", "payments_payout", "escrow_account"),
    *("escrow_entry", "escrow_line", "events_event", "notifications_notice"),
)


def everything():
    """Every row but for what is drawn; an event's facts name papers by drawn ids."""
    with connection.cursor() as cursor:
        return {table: rows(cursor, table) for table in TABLES}


def rows(cursor, table):
    cursor.execute(
        "select column_name from information_schema.columns"
        " where table_name = %s and data_type <> 'uuid' order by ordinal_position",
        [table],
    )
    drawn = DRAWN | ({"facts"} if table == "events_event" else set())
    columns = [name for (name,) in cursor.fetchall() if name not in drawn]
    cursor.execute(f"select {', '.join(columns)} from {table} order by 1")
    return cursor.fetchall()


def test_the_same_seed_gives_the_same_market_and_another_seed_another(walked, cluster):
    cluster.renew()  # a test that was rolled back has counted ids on
    walked(5, "first")
    first = everything()
    cluster.renew()

    walked(5, "second")
    second = everything()
    cluster.renew()
    walked(6, "third")

    assert all(first.values())
    assert second == first
    assert everything() != first


def test_the_report_says_what_happened_and_nobody_gets_mail_for_the_past(walked):
    facts = walked(5)

    assert facts["ledger"]["faults"] == []
    assert facts["refused"] == {}
    assert facts["counts"]["people"] == 11
    assert facts["counts"]["contracts"]["completed"] > 0
    assert facts["held"] == -facts["ledger"]["clearing"]["sandbox"]
    assert facts["spans"]["offer_to_agreement"] > 0
    assert sum(facts["waiting"].values()) > 0
    assert json.loads(json.dumps(facts)) == facts
    assert OutgoingMail.objects.count() == 0
    assert waiting_jobs() == {scans.JOB}  # each file is looked at by the first worker


def waiting_jobs():
    with connection.cursor() as cursor:
        cursor.execute("select distinct task_name from procrastinate_jobs")
        return {name for (name,) in cursor.fetchall()}


def test_two_walks_may_fill_one_market(walked):
    walked(5, "first", days=15)

    assert walked(5, "second", days=15)["counts"]["people"] == 22
