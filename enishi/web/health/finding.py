"""What was found when one part was looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`is_needed`: without this part the market is not ready. The others are worth knowing."""

    subject: str
    is_well: bool
    says: str
    mend: str = ""
    is_needed: bool = True
