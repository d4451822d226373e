"""What other packages ask about accounts."""

from .models import Account


def treasurers() -> list[int]:
    """Those who move money for the office and may sign in, by their ids in order (PE2)."""
    found = Account.objects.filter(office_grade="treasurer", is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def operators() -> list[int]:
    """Those who decide cases for the office and may sign in, by their ids in order (PE2)."""
    found = Account.objects.filter(office_grade="operator", is_active=True)
    return list(found.order_by("pk").values_list("pk", flat=True))
