"""Every write to a service package."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from enishi.accounts.models import Account
from enishi.events.journal import record
from enishi.kit.errors import Refused
from enishi.profiles import limits
from enishi.profiles.lifecycle import PACKAGE
from enishi.profiles.models import Package, PackageOption

from . import policy
from .policy import Terms

FIELDS = ("title", "delivered", "subcategory", "price", "days", "revision_rounds")


@transaction.atomic
def offer(*, by: Account, at: datetime, terms: Terms) -> Package:
    """Offer work as it stands: for this price, within so many days."""
    Account.objects.select_for_update(no_key=True).get(pk=by.pk)
    _refuse_faults(terms)
    if Package.objects.filter(account=by).count() >= limits.PACKAGES_MOST:
        raise Refused.because("package.too_many", most=limits.PACKAGES_MOST)
    package = _written(Package(account=by), terms, at=at)
    record("profile.package_offered", package, by=by, at=at, price=package.price)
    return package


@transaction.atomic
def change(package_id: int, *, by: Account, at: datetime, terms: Terms) -> Package:
    """Say it anew. What was ordered before is not touched by it."""
    package = _mine(package_id, by)
    _refuse_faults(terms)
    _written(package, terms, at=at)
    record("profile.package_changed", package, by=by, at=at, price=package.price)
    return package


@transaction.atomic
def close(package_id: int, *, by: Account, at: datetime) -> Package:
    """Offer it no more for the time being: others do not see it."""
    return _moved(_mine(package_id, by), "close", by=by, at=at)


@transaction.atomic
def reopen(package_id: int, *, by: Account, at: datetime) -> Package:
    """Offer it again, as it stood."""
    return _moved(_mine(package_id, by), "reopen", by=by, at=at)


@transaction.atomic
def remove(package_id: int, *, by: Account, at: datetime) -> None:
    """Throw it away with its options."""
    package = _mine(package_id, by)
    record("profile.package_removed", package, by=by, at=at)
    package.delete()


def _mine(package_id: int, by: Account) -> Package:
    return Package.objects.select_for_update().get(pk=package_id, account=by)


def _moved(package: Package, verb: str, *, by: Account, at: datetime) -> Package:
    package.status = PACKAGE.after(package.status, verb)
    package.updated_at = at
    package.save(update_fields=["status", "updated_at"])
    happened = {"close": "profile.package_closed", "reopen": "profile.package_reopened"}
    record(happened[verb], package, by=by, at=at)
    return package


def _refuse_faults(terms: Terms) -> None:
    rules = settings.RULES
    for code in policy.faults(terms, least=rules.price_least, most=rules.price_most).values():
        raise Refused.because(code, least=rules.price_least, most=rules.price_most)


def _written(package: Package, terms: Terms, *, at: datetime) -> Package:
    for name in FIELDS:
        setattr(package, name, getattr(terms, name))
    package.updated_at = at
    package.save()
    package.options.all().delete()
    PackageOption.objects.bulk_create(
        PackageOption(
            package=package,
            position=position,
            name=option.name,
            price=option.price,
            extra_days=option.extra_days,
        )
        for position, option in enumerate(terms.options, start=1)
    )
    return package
