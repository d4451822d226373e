"""A restored copy believes itself to be the market. Until a person releases it, nothing leaves it:
no mail, no money, no call to the provider (D7)."""

from django.db import connection, transaction

from .models import Market


def stands() -> bool:
    """Whether this is a copy that nobody has released. Asked at every door that leads outside."""
    return Market.objects.filter(pk=1, quarantined_at__isnull=False).exists()


@transaction.atomic
def begin() -> None:
    """From now on nothing leaves. The time is real: it is about the house, not the market."""
    with connection.cursor() as cursor:
        cursor.execute("update kit_market set quarantined_at = now() where id = 1")


@transaction.atomic
def end() -> bool:
    """What waited may leave; False if nothing held it back."""
    held = Market.objects.filter(pk=1, quarantined_at__isnull=False)
    return bool(held.update(quarantined_at=None))
