"""How much what a reviewer says counts towards the site's mean, decided above (SA7)."""

from datetime import datetime

from django.db import transaction

from .models import WeightOfReviewer


@transaction.atomic
def weigh(account_id: int, *, percent: int, at: datetime) -> WeightOfReviewer:
    """What this person said and says of others counts so much, in percent, from now on."""
    row, _ = WeightOfReviewer.objects.update_or_create(
        account_id=account_id, defaults={"percent": percent, "since": at}
    )
    return row


@transaction.atomic
def restore(account_id: int) -> None:
    """It counts in full again."""
    WeightOfReviewer.objects.filter(account_id=account_id).delete()
