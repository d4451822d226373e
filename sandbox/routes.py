"""Every address of the program."""

from . import (
    books,
    cash,
    control,
    disputes,
    intents,
    messages,
    pages,
    payees,
    refunds,
    sessions,
    standing,
    transfers,
)
from .box import Box
from .store import Body
from .web import Request, Routes


def retrieve_event(box: Box, request: Request, name: str) -> Body:
    return box.store.get("event", name)


def list_events(box: Box, request: Request) -> Body:
    return intents.page_of(box, request, "event", "type")


API = Routes(
    ("GET", "/v1/account", standing.own),
    ("GET", "/v1/webhook_endpoints", standing.endpoints),
    ("POST", "/v1/messages", messages.create),
    ("POST", "/v1/checkout/sessions", sessions.create),
    ("GET", "/v1/checkout/sessions", sessions.listing),
    ("GET", "/v1/checkout/sessions/{name}", sessions.retrieve),
    ("POST", "/v1/checkout/sessions/{name}/expire", sessions.expire),
    ("POST", "/v1/payment_intents", intents.create),
    ("GET", "/v1/payment_intents", intents.listing),
    ("GET", "/v1/payment_intents/{name}", intents.retrieve),
    ("POST", "/v1/payment_intents/{name}/confirm", intents.confirm),
    ("POST", "/v1/payment_intents/{name}/cancel", intents.cancel),
    ("POST", "/v1/refunds", refunds.create),
    ("GET", "/v1/refunds", refunds.listing),
    ("GET", "/v1/refunds/{name}", refunds.retrieve),
    ("GET", "/v1/disputes", disputes.listing),
    ("GET", "/v1/disputes/{name}", disputes.retrieve),
    ("POST", "/v1/disputes/{name}", disputes.update),
    ("POST", "/v1/customers", payees.create_customer),
    ("GET", "/v1/customers", payees.list_customers),
    ("GET", "/v1/customers/{customer}/cash_balance_transactions", cash.listing),
    ("POST", "/v1/accounts", payees.create_account),
    ("GET", "/v1/accounts", standing.accounts),
    ("GET", "/v1/subscriptions", standing.none_of),
    ("POST", "/v1/accounts/{account}/external_accounts", payees.add_bank),
    ("POST", "/v1/transfers", payees.create_transfer),
    ("GET", "/v1/transfers", payees.list_transfers),
    ("POST", "/v1/transfers/{name}/reversals", payees.reverse_transfer),
    ("POST", "/v1/payouts", payees.create_payout),
    ("GET", "/v1/payouts", payees.list_payouts),
    ("GET", "/v1/payouts/{name}", payees.retrieve_payout),
    ("GET", "/v1/balance", payees.balance),
    ("GET", "/v1/balance_transactions", books.listing),
    ("GET", "/v1/events", list_events),
    ("GET", "/v1/events/{name}", retrieve_event),
)

CONTROL = Routes(
    ("POST", "/_control/shapes", control.add_shape),
    ("GET", "/_control/shapes", control.list_shapes),
    ("POST", "/_control/shapes/none", control.drop_shapes),
    ("POST", "/_control/account", standing.alter_own),
    ("POST", "/_control/clock", standing.set_clock),
    ("POST", "/_control/rights", standing.grant_all),
    ("POST", "/_control/webhook_endpoints", standing.add_endpoint),
    ("POST", "/_control/webhook_endpoints/none", standing.drop_endpoints),
    ("POST", "/_control/webhooks", control.steer_webhooks),
    ("POST", "/_control/hurry", control.hurry),
    ("POST", "/_control/keys/none", control.forget_keys),
    ("GET", "/_control/deliveries", control.deliveries),
    ("POST", "/_control/sessions/{name}/pay", sessions.pay),
    ("POST", "/_control/payment_intents/{name}/transfer", transfers.arrive_by_lever),
    ("GET", "/_control/cash", cash.held),
    ("GET", "/_control/messages", messages.listing),
    ("POST", "/_control/refunds/{name}/fail", refunds.fail),
    ("POST", "/_control/payment_intents/{name}/dispute", disputes.open_by_lever),
    ("POST", "/_control/objects/{name}/alter", books.alter),
    ("POST", "/_control/objects/{name}/forget", books.forget),
    ("POST", "/_control/objects/{name}/repeat", books.repeat),
    ("POST", "/_control/disputes/{name}/decide", disputes.decide_by_lever),
)

PAGES = Routes(
    ("GET", "/", pages.front),
    ("GET", "/static/pay.css", pages.style),
    ("GET", "/pay/{name}", pages.choose),
    ("POST", "/pay/{name}/card", pages.by_card),
    ("POST", "/pay/{name}/bank", pages.by_bank),
    ("GET", "/pay/{name}/secure", pages.secure),
    ("POST", "/pay/{name}/secure", pages.authenticate),
    ("GET", "/pay/{name}/transfer", pages.transfer),
    ("POST", "/pay/{name}/transfer", pages.send_transfer),
)
