"""`enishi doctor`: looks at all that a running market needs, and says how to mend what is wrong.

What it shares with /readyz is looked at in `web/health`; the rest is for the operator alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from enishi.web.health.finding import Finding

from . import market, money, output


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    of_money: Annotated[
        bool, typer.Option("--money", help="What must be so before real money moves.")
    ] = False,
) -> None:
    """Look at database, worker, clocks, mail, disk and the rest: what is wrong, how to mend it."""
    market.enter()
    findings = list(money.examine() if of_money else examine())
    if as_json:
        output.give_json([asdict(finding) for finding in findings])
    else:
        output.give_table(
            ["", "Subject", "Found", "Mend"],
            [[_mark(one), one.subject, one.says, one.mend] for one in findings],
        )
    is_well = money.record(findings) if of_money else all(one.is_well for one in findings)
    if not is_well:
        raise typer.Exit(1)


def _mark(one: Finding) -> str:
    """Well, a fault, or worth knowing."""
    return "✓" if one.is_well else "✗" if one.is_needed else "!"


def examine() -> Iterator[Finding]:
    """Every check in turn. Without a database, or its tables, the later ones make no sense."""
    from enishi.web.health import looking

    found = looking.look()
    yield from found
    yield _mail()
    wells = {one.subject: one.is_well for one in found}
    if wells["database"] and wells.get("migrations"):
        yield from (look() for look in LOOKS)


def _mail() -> Finding:
    from django.conf import settings

    if settings.MAIL_URL:
        return Finding("mail", True, "sent by SMTP")
    if settings.LIVE:
        return Finding("mail", False, "nobody gets any mail", "Set ENISHI_MAIL_URL.")
    return Finding("mail", True, "kept in the demo's mail page, sent to nobody")


def _roles() -> Finding:
    from enishi.kit import roles

    names = {model._meta.db_table for model in roles.append_only_models()}
    open_tables = [name for name in sorted(names) if _one(CAN_REWRITE, [name] * 3)]
    if _one("SELECT has_schema_privilege(current_user, 'public', 'CREATE')"):
        return Finding(
            "roles",
            False,
            "pages and worker connect as a role that may change tables and rewrite records",
            "Make roles enishi_owner and enishi_app, set DATABASE_URL and ENISHI_OWNER_URL to "
            "them, then: enishi migrate",
        )
    if open_tables:
        says = f"records can be rewritten: {', '.join(open_tables)}"
        return Finding("roles", False, says, "enishi migrate")
    return Finding("roles", True, "the app may neither change tables nor rewrite records")


CAN_REWRITE = """
    SELECT has_table_privilege(current_user, %s, 'UPDATE')
        OR has_table_privilege(current_user, %s, 'DELETE')
        OR has_table_privilege(current_user, %s, 'TRUNCATE')
"""


def _jobs() -> Finding:
    failed = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        mend = "enishi manage procrastinate shell: list_jobs status=failed, then retry each"
        return Finding("jobs", False, f"{failed} failed for good", mend)
    return Finding("jobs", True, "none failed")


def _clock() -> Finding:
    from django.conf import settings

    from enishi.kit.models import Market

    row = Market.objects.filter(pk=1).first()
    if row is None:
        return Finding("clock", False, "the market has no clock", "enishi migrate")
    if row.mode != settings.MODE:
        says = f"this is the data of a {row.mode} market, run as {settings.MODE}"
        return Finding("clock", False, says, f"Set ENISHI_MODE={row.mode}.")
    return Finding("clock", True, f"{row.ahead} ahead" if row.ahead else "runs true")


LOOKS: tuple[Callable[[], Finding], ...] = (_roles, _jobs, _clock)


def _one(sql: str, values: list[str] | None = None) -> Any:
    """The one value that a question to the database gives."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (value,) = cursor.fetchone()
    return value
