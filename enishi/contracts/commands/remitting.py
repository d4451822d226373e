"""What the client withheld is the client's to remit (CO10)."""

from datetime import datetime
from typing import Any

from enishi.contracts import pay, withholding
from enishi.contracts.models import Milestone

from .noting import CLIENT, note


def ask(milestone: Milestone, paid: pay.Pay, *, at: datetime) -> None:
    """Tell the client of a milestone that was paid just now how much to remit, and until when."""
    if not paid.withheld:
        return
    until = withholding.remit_by(at).isoformat()
    facts: dict[str, Any] = {"withheld": paid.withheld, "until": until}
    contract = milestone.contract
    note(
        "milestone.remittance", contract, by=None, at=at, tell=CLIENT, milestone=milestone, **facts
    )
