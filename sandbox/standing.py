"""What the provider says of the account that a key belongs to: what it may do, and where its events
go. Here everything is well until a lever says otherwise."""

from .box import Box, limit_in, needed, take
from .errors import invalid
from .intents import page_of
from .store import Body
from .web import Request

EVENTS = ["*"]


def own(box: Box, request: Request) -> Body:
    """The account that the key belongs to, born with the first question."""
    found, _ = box.store.newest("account", limit=1, where=("_own", "yes"))
    if found:
        return found[0]
    return box.store.new(
        "account",
        type="standard",
        country="JP",
        default_currency="jpy",
        charges_enabled=True,
        payouts_enabled=True,
        details_submitted=True,
        capabilities={
            "card_payments": "active",
            "jp_bank_transfer_payments": "active",
            "transfers": "active",
        },
        _own="yes",
    )


def accounts(box: Box, request: Request) -> Body:
    """Those who are paid."""
    page = page_of(box, request, "account")
    return page | {"data": [one for one in page["data"] if not one.get("_own")]}


def endpoints(box: Box, request: Request) -> Body:
    """Where events go: the address that this program was given, and those made by a lever."""
    limit = limit_in(take(request.params, "limit", "starting_after"))
    found, more = box.store.newest("webhook_endpoint", limit=limit)
    if box.settings.webhook_url and not found:
        found = [_endpoint(box, box.settings.webhook_url, EVENTS)]
    return {"object": "list", "url": request.path, "has_more": more, "data": found}


def _endpoint(box: Box, url: str, events: list[str], status: str = "enabled") -> Body:
    return box.store.new(
        "webhook_endpoint",
        url=url,
        enabled_events=events,
        status=status,
        api_version=None,
        metadata={},
    )


def add_endpoint(box: Box, request: Request) -> Body:
    """Control: events go there, too; `enabled_events` names them, with spaces between."""
    params = request.params
    events = str(params.get("enabled_events", "*")).split()
    return _endpoint(box, str(needed(params, "url")), events, str(params.get("status", "enabled")))


def drop_endpoints(box: Box, request: Request) -> Body:
    """Control: no event goes anywhere that the provider would list."""
    box.store.db.execute("delete from objects where kind = 'webhook_endpoint'")
    return {"data": []}


def alter_own(box: Box, request: Request) -> Body:
    """Control: the account is not what it was: `charges_enabled=false`, `capability=transfers`
    with `state=inactive` …"""
    account, params = own(box, request), dict(request.params)
    if "capability" in params:
        account["capabilities"][params.pop("capability")] = params.pop("state", "inactive")
    for field, value in params.items():
        if field not in account:
            raise invalid(f"No such field: {field}", param=field)
        account[field] = value == "true" if isinstance(account[field], bool) else value
    box.store.save(account)
    return account


def set_clock(box: Box, request: Request) -> Body:
    """Control: this program's answers are dated so many seconds ahead."""
    box.settings.clock_ahead = float(needed(request.params, "seconds"))
    return {"seconds": box.settings.clock_ahead}


def grant_all(box: Box, request: Request) -> Body:
    """Control: a restricted key may also read what no market needs."""
    box.settings.grants_all = needed(request.params, "all") == "true"
    return {"all": box.settings.grants_all}


def none_of(box: Box, request: Request) -> Body:
    """An empty list, of what a restricted key of a market has no right to read."""
    take(request.params, "limit")
    if box.settings.key.startswith("rk_") and not box.settings.grants_all:
        raise invalid("The key lacks this right.", code="more_permissions_required", status=403)
    return {"object": "list", "url": request.path, "has_more": False, "data": []}
