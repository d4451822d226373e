"""A new post that begins with the terms of a service package."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from enishi.kit.days import day_of
from enishi.profiles.packages import queries
from enishi.web.paging import whole

APPLY_DAYS = 7  # which the client may change, as everything here


def terms(request: HttpRequest) -> dict[str, Any]:
    """What `?package=` fills in; nothing if there is no such package, or it is closed."""
    key = whole(request.GET.get("package", ""))
    package = queries.open_package(key) if key else None
    if package is None:
        return {}
    today = day_of(request.now)
    apply_by = today + timedelta(days=APPLY_DAYS)
    wish = _("I would like to order the package “%(title)s” of %(name)s.")
    return {
        "title": package.title,
        "subcategory": package.subcategory,
        "description": wish % {"title": package.title, "name": package.account.name},
        "deliverables": package.delivered,
        "budget_max": package.price,
        "revision_rounds": package.revision_rounds,
        "apply_by": apply_by,
        "delivery_on": apply_by + timedelta(days=APPLY_DAYS + package.days),
    }
