"""The life of a contract and of its milestones (product.md 15). Pure."""

from enishi.kit.lifecycle import Lifecycle

CONTRACT = Lifecycle(
    name="contract",
    start="offered",
    moves={
        ("offered", "agree"): "agreed",
        ("offered", "decline"): "declined",
        ("offered", "withdraw"): "withdrawn",
        ("offered", "lapse"): "lapsed",
        ("agreed", "start"): "active",
        ("agreed", "expire"): "expired",
        ("active", "complete"): "completed",
        ("active", "end"): "ended",
    },
)

MILESTONE = Lifecycle(
    name="milestone",
    start="unfunded",
    moves={
        ("unfunded", "fund"): "funded",
        ("unfunded", "cancel"): "cancelled",
        ("funded", "deliver"): "delivered",
        ("funded", "refund"): "refunded",
        ("funded", "dispute"): "disputed",
        ("funded", "hold"): "held",
        ("funded", "settle"): "settled",
        ("held", "resume"): "funded",
        ("held", "refund"): "refunded",
        ("delivered", "ask_revision"): "revising",
        ("delivered", "accept"): "accepted",
        ("delivered", "deem"): "accepted",
        ("delivered", "dispute"): "disputed",
        ("delivered", "settle"): "settled",
        ("revising", "deliver"): "delivered",
        ("revising", "refund"): "refunded",
        ("revising", "dispute"): "disputed",
        ("revising", "settle"): "settled",
        ("disputed", "settle"): "settled",
    },
)

CHANGE = Lifecycle(
    name="change",
    start="requested",
    moves={
        ("requested", "accept"): "accepted",
        ("requested", "decline"): "declined",
        ("requested", "withdraw"): "withdrawn",
        ("requested", "lapse"): "lapsed",
    },
)

LIVE = ("offered", "agreed", "active")
HOLDS_MONEY = ("funded", "held", "delivered", "revising", "disputed")
PAID = ("accepted", "settled")
OVER = ("accepted", "settled", "refunded", "cancelled")
