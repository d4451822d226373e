"""Numbers of bank accounts, and the files that name them, lie sealed with a key of their own: they
are opened only to write a file for the bank, or to compare its answer with one."""

from django.db import transaction

from enishi.accounts import sealing
from enishi.kit.errors import Refused

from .models import BankAccount, PayoutBatch

USE = "enishi.payments.numbers"
BYTES = "latin-1"  # any byte of a file is one sign of it


def seal(number: str) -> str:
    return sealing.seal(number, use=USE)


def unseal(sealed: str) -> str:
    """Raises Refused when the market's key is another one now."""
    try:
        return sealing.unseal(sealed, use=USE)
    except sealing.Unreadable:
        raise Refused.because("bank_account.unreadable") from None


def seal_file(file: bytes) -> str:
    return seal(file.decode(BYTES))


def unseal_file(sealed: str) -> bytes:
    return unseal(sealed).encode(BYTES)


@transaction.atomic
def reseal() -> int:
    """Seal all of them with the present key, so that a former one may be taken away."""
    done = 0
    for model in (BankAccount, PayoutBatch):
        rows = model._default_manager.select_for_update().exclude(sealed="")
        for row in rows.only("sealed").iterator(chunk_size=200):
            row.sealed = sealing.reseal(row.sealed, use=USE)
            row.save(update_fields=["sealed"])
            done += 1
    return done
