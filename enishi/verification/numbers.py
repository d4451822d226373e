"""Phone numbers: sealed as bank accounts are, compared by a keyed hash, shown masked (P5)."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from enishi.accounts import sealing

from .models import PhoneCode, Verification

USE = "enishi.verification.numbers"


def seal(number: str) -> str:
    return sealing.seal(number, use=USE)


def unseal(sealed: str) -> str:
    return sealing.unseal(sealed, use=USE)


def digest(number: str) -> str:
    """The same for the same number, and of no use without the market's key."""
    return salted_hmac(USE, number, algorithm="sha256").hexdigest()


@transaction.atomic
def reseal() -> int:
    """All of them under the present key, so that a former one may be taken away. Codes on their
    way are forgotten: they live for minutes."""
    rows = list(Verification.objects.select_for_update().exclude(sealed=""))
    for row in rows:
        number = unseal(row.sealed)
        row.sealed, row.digest = seal(number), digest(number)
        row.save(update_fields=["sealed", "digest"])
    PhoneCode.objects.all().delete()
    return len(rows)
