"""Text messages: taken, kept, and shown to tests. No phone ever rings."""

from .box import Box, needed, take
from .errors import invalid
from .store import Body
from .web import Request

LONGEST = 70 * 10  # signs: ten parts of a message in Japanese
LISTED = 100


def create(box: Box, request: Request) -> Body:
    params = take(request.params, "to", "from", "body")
    to, body = needed(params, "to"), needed(params, "body")
    if not (to.startswith("+") and to[1:].isdigit()):
        raise invalid("The number must be in E.164.", code="number_invalid", param="to")
    if len(body) > LONGEST:
        raise invalid("The message is too long.", code="too_long", param="body")
    sender = needed(params, "from")
    return box.store.new("message", to=to, sender=sender, body=body, status="queued")


def listing(box: Box, request: Request) -> Body:
    """What was taken, the newest first."""
    found, _ = box.store.newest("message", limit=LISTED)
    return {"data": found}
