"""The yearly payment record of a client (CO11)."""

from datetime import datetime

from django.db import transaction

from enishi.accounts.models import Account
from enishi.contracts import yearly
from enishi.documents import commands as documents
from enishi.documents.models import Document
from enishi.kit.errors import Refused

KIND = "payment_record"
SAME = ("year", "is_whole", "rows")


@transaction.atomic
def record_year(year: int, *, by: Account, at: datetime) -> Document:
    """Put what I paid in a year on paper. Nothing new since the last one: that one stands."""
    client = Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    body = yearly.record(client, year, at=at)
    if not body["rows"]:
        raise Refused.because("payment_record.nothing_paid", year=str(year))
    for known in Document.objects.about(client).filter(kind=KIND).reverse():
        if all(known.facts[name] == body[name] for name in SAME):
            return known
    return documents.issue(KIND, client, body=body, parties=[client], at=at)
