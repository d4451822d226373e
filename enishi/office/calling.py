"""What cases of the office are called, in the reader's language."""

from django.utils.translation import gettext as _


def called(kind: str, count: int) -> str:
    """A finding in the review graph: by its kind and the number of its people."""
    if kind == "pair":
        return _("Two people who turn small contracts round")
    return _("%(count)s people who mostly deal with each other") % {"count": count}
