"""What other packages ask about accounts."""

from dataclasses import dataclass
from datetime import date, datetime

from enishi.kit.days import day_of

from . import policy
from .models import Account, Leave


@dataclass(frozen=True, slots=True)
class LeaveLine:
    id: int
    starts_on: date
    ends_on: date
    state: str  # coming | now | over

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def operators() -> list[int]:
    """Those who decide cases for the office and may sign in, by their ids in order (PE2)."""
    found = Account.objects.filter(office_grade="operator", is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def treasurers() -> list[int]:
    """Those who move money for the office and may sign in, by their ids in order (PE2)."""
    found = Account.objects.filter(office_grade="treasurer", is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def leaves(account_id: int, *, at: datetime, size: int = 50) -> list[LeaveLine]:
    """My leaves, the latest first (RA8)."""
    today = day_of(at)
    rows = Leave.objects.standing().filter(account=account_id).order_by("-starts_on")[:size]
    return [
        LeaveLine(
            row.pk,
            row.starts_on,
            row.ends_on,
            "coming" if row.starts_on > today else "over" if row.ends_on < today else "now",
        )
        for row in rows
    ]


def leave_days(account_id: int, *, at: datetime) -> int:
    """Days of leave in the 365 days that end today."""
    spans = Leave.objects.standing().filter(account=account_id).values_list("starts_on", "ends_on")
    return policy.leave_days(list(spans), until=day_of(at))


def leave_days_between(account_id: int, first: date, last: date) -> int:
    """Days of leave from `first` to `last`, both in."""
    spans = Leave.objects.standing().filter(account=account_id).values_list("starts_on", "ends_on")
    shared = ((min(end, last) - max(start, first)).days + 1 for start, end in spans)
    return sum(days for days in shared if days > 0)


def away_until(account_id: int, *, at: datetime) -> date | None:
    """The last day of the leave this person is on, or None."""
    today = day_of(at)
    now = Leave.objects.standing().filter(
        account=account_id, starts_on__lte=today, ends_on__gte=today
    )
    return now.values_list("ends_on", flat=True).first()
