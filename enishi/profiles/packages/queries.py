"""What others read of service packages: those that are open. Their owner reads all."""

from collections.abc import Iterable

from django.db.models import QuerySet

from enishi.kit.compiled import compiled
from enishi.profiles.models import Package, PackageOption


def offered(account_id: int) -> list[Package]:
    """The open ones, the newest first."""
    found: list[Package] = _offered(account_id)
    return found


@compiled
def _offered(account_id: int) -> QuerySet[Package]:
    return Package.objects.filter(account_id=account_id, status="open").order_by("-id")


def mine(account_id: int) -> list[Package]:
    """All of them, the open ones first."""
    return sorted(_all(account_id), key=lambda one: one.status != "open")


@compiled
def _all(account_id: int) -> QuerySet[Package]:
    return Package.objects.filter(account_id=account_id).order_by("-id")


def package(package_id: int, *, account_id: int, viewer_id: int | None) -> Package:
    """One of them; a closed one is there for its owner alone."""
    found = Package.objects.filter(pk=package_id, account_id=account_id)
    return (found if viewer_id == account_id else found.filter(status="open")).get()


def open_package(package_id: int) -> Package | None:
    """What anyone may order from, if it still stands."""
    found = Package.objects.select_related("account")
    return found.filter(pk=package_id, status="open", account__is_active=True).first()


def options(packages: Iterable[int]) -> dict[int, list[PackageOption]]:
    """In their order, in one query."""
    found: dict[int, list[PackageOption]] = {}
    for one in _options(list(packages)):
        found.setdefault(one.package_id, []).append(one)
    return found


@compiled
def _options(package_ids: list[int]) -> QuerySet[PackageOption]:
    options = PackageOption.objects.filter(package_id__in=package_ids)
    return options.order_by("package_id", "position")
