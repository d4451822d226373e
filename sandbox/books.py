"""Every movement of a balance, as Stripe lists it for those who reconcile their own books."""

from typing import Any

from .box import Box, limit_in, take
from .errors import invalid
from .store import Body
from .web import Request

CATEGORIES = {"dispute": "adjustment", "dispute_reversal": "adjustment"}
SOURCES = {
    "ch": "charge",
    "du": "dispute",
    "po": "payout",
    "re": "refund",
    "tr": "transfer",
    "trr": "transfer_reversal",
}


def move(box: Box, account: str, amount: int, category: str, source: str) -> None:
    """Change a balance and write down why. `account` is empty for the platform's own."""
    box.store.move(account, amount)
    box.store.new(
        "balance_transaction",
        amount=amount,
        currency="jpy",
        fee=0,
        net=amount,
        reporting_category=category,
        source=source,
        status="available",
        type=CATEGORIES.get(category, category),
        _account=account,
    )


def listing(box: Box, request: Request) -> Body:
    """Newest first; `created[gte]` is where it begins, `expand` puts the sources in."""
    params = take(request.params, "limit", "starting_after", "created")
    since = int((params.get("created") or {}).get("gte", 0))
    limit = limit_in(params)
    found, more = box.store.newest(
        "balance_transaction",
        limit=limit,
        before=params.get("starting_after", ""),
        where=("_account", request.account),
    )
    page = [one for one in found if one["created"] >= since]
    more = more and len(page) == len(found)  # the rest is older still
    if "data.source" in (request.params.get("expand") or []):
        page = [one | {"source": _source(box, one["source"])} for one in page]
    return {"object": "list", "url": request.path, "has_more": more, "data": page}


def _source(box: Box, name: str) -> Any:
    return box.store.get(SOURCES[name.partition("_")[0]], name)


def alter(box: Box, request: Request, name: str) -> Body:
    """Control: the provider's books are not what they were. For those who want to see it found."""
    changes = dict(request.params)
    kind = changes.pop("kind", "balance_transaction")
    subject = box.store.get(kind, name)
    for field, value in changes.items():
        if field not in subject:
            raise invalid(f"No such field: {field}", param=field)
        if isinstance(value, dict):
            subject[field] |= value
        else:
            subject[field] = int(value) if isinstance(subject[field], int) else value
    box.store.save(subject)
    return subject


def forget(box: Box, request: Request, name: str) -> Body:
    """Control: the provider lost a line of its books."""
    gone = box.store.get("balance_transaction", name)
    box.store.db.execute("delete from objects where id = ?", (name,))
    return gone


def repeat(box: Box, request: Request, name: str) -> Body:
    """Control: the provider moved the same money once more."""
    once = box.store.get("balance_transaction", name)
    move(box, once["_account"], once["amount"], once["reporting_category"], once["source"])
    return once
