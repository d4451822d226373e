"""What our own house must have before it takes real money (D1, PE2)."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from enishi.web.health.finding import Finding

from . import backup, database
from .environment import UsageError

BACKUP_WITHIN = timedelta(days=7)
PATIENCE = 10  # seconds for the mail server


def findings(*, with_ledger: bool) -> Iterator[Finding]:
    """Each check in turn. `with_ledger`: reads it from its first line, which takes its time."""
    for look in LOOKS:
        yield look()
    if with_ledger:
        yield _ledger()


def _licence() -> Finding:
    from django.conf import settings

    if said := settings.OPERATOR["money_settled"]:
        return Finding("licence", True, f"settled: {said}")
    return Finding(
        "licence",
        False,
        "nobody said under which licence, or with which licensed partner, this market holds money",
        "Have it settled (資金移動業, or 収納代行 with a licensed partner), then say in "
        "ENISHI_MONEY_SETTLED who settled it, how and when.",
    )


def _address() -> Finding:
    from django.conf import settings

    if settings.URL.startswith("https://"):
        return Finding("address", True, settings.URL)
    says = f"{settings.URL} is not encrypted"
    return Finding("address", False, says, "Set ENISHI_URL to the https address of the pages.")


def _treasurers() -> Finding:
    from enishi.accounts import queries as accounts
    from enishi.accounts.models import Account
    from enishi.web.accounts.second_factor import factors_of

    people = Account.objects.filter(pk__in=accounts.treasurers())
    able = [one.pk for one in people if factors_of(one).exists()]
    if len(able) >= 2:
        return Finding("treasurers", True, f"{len(able)} with a second factor")
    return Finding(
        "treasurers",
        False,
        f"{len(able)} with a second factor, and two decide together",
        "enishi office add ADDRESS --grade treasurer; each sets up the second factor at the first "
        "sign-in.",
    )


def _durable() -> Finding:
    try:
        database.check_durable()
    except UsageError as fault:
        mend = "Set it in postgresql.conf, and restart."
        return Finding("durable", False, str(fault).rstrip("."), mend)
    return Finding("durable", True, "what was committed survives a power cut")


def _mail() -> Finding:
    """The server is spoken to; nothing is sent."""
    from django.conf import settings

    from enishi.notifications import smtp

    if not settings.MAIL_URL:
        return Finding("mail", False, "nobody gets any mail", "Set ENISHI_MAIL_URL.")
    try:
        connection = smtp.connection(settings.MAIL_URL)
        connection.timeout = PATIENCE
        connection.open()
        connection.close()
    except OSError as trouble:
        says = f"the mail server does not take us ({type(trouble).__name__})"
        return Finding("mail", False, says, "Look at ENISHI_MAIL_URL and at that server.")
    return Finding("mail", True, "the server takes us")


def _backup() -> Finding:
    """A warning: who has other tools for it knows better."""
    at = backup.last()
    now = datetime.now(UTC)  # noqa: TID251  # real time: a backup is about the house
    if at and now - at < BACKUP_WITHIN:
        return Finding("backup", True, f"made at {at:%Y-%m-%d %H:%M} UTC")
    says = f"the last one that `enishi backup` made is of {at:%Y-%m-%d}" if at else "none was made"
    mend = "enishi backup FILE, and restore it once elsewhere."
    return Finding("backup", False, says, mend, is_needed=False)


def _ledger() -> Finding:
    from enishi.escrow import queries

    faults = queries.verify()
    if faults:
        says = f"{len(faults)} faults; the first: {faults[0].subject}, {faults[0].rule}"
        return Finding("ledger", False, says, "enishi verify-ledger names them all.")
    return Finding("ledger", True, "sound from its first line to its last")


LOOKS: tuple[Callable[[], Finding], ...] = (
    *(_licence, _address, _treasurers, _durable, _mail, _backup),
)
