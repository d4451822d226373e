"""Looking at the bytes of a file: our own eyes first, then the market's scanner, if it has one.

Only a scanner for malware may call a file clean. Our own eyes know a test virus and blocked bytes:
what they do not know is not scanned, and is called so.
"""

from django.conf import settings

from . import child, clamd
from .models import StoredFile
from .responses import Damaged, opened
from .scans import Verdict


def look_at(stored: StoredFile) -> Verdict:
    """Everything that can be said about a file. Raises Damaged if it is not as it was stored, and
    clamd.Unavailable if the scanner does not answer."""
    with opened(stored) as file:
        report = _report(child.run(file, "list"))
        if report.get("caught"):
            return Verdict("catch", str(report["caught"]), report=report)
        if not settings.SCANNER:
            return Verdict("skip", reason="no_scanner", report=report)
        file.seek(0)
        said = clamd.scan(file, settings.SCANNER)
    if said.found:
        return Verdict("catch", said.found, report=report)
    if said.reason:
        return Verdict("skip", reason=said.reason, report=report)
    return Verdict("clear", report=report)


def _report(answer: child.Answer) -> dict[str, object]:
    if answer.fault:
        return {"unread": ["too_much"]}
    return child.json_of(answer)


__all__ = ["Damaged", "look_at"]
