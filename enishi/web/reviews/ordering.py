"""The way to order again from somebody: nobody is offered a contract without an application, so a
client copies the post into a new draft and tells the worker of it (RE4)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from enishi.reviews.queries import ContractReviews


def again(state: ContractReviews) -> list[dict[str, Any]]:
    """Acts for a client who has had work done; for everybody else, none."""
    if state.side != "client" or state.is_alone:
        return []
    talk = {"label": _("Write to the worker"), "href": reverse("thread", args=[state.thread_id])}
    if state.job_id is None:
        return [talk]
    copies = reverse("job_copies", args=[state.job_id])
    return [{"label": _("Copy the post for a new order"), "post": copies}, talk]
