"""The life of a membership (PE3). Pure."""

from enishi.kit.lifecycle import Lifecycle

MEMBERSHIP = Lifecycle(
    name="membership",
    start="invited",
    moves={
        ("invited", "join"): "active",
        ("invited", "decline"): "declined",
        ("invited", "withdraw"): "withdrawn",
        ("invited", "lapse"): "lapsed",
        ("active", "leave"): "left",
        ("active", "remove"): "removed",
    },
)
JOINED = ("active", "left", "removed")  # a person stands behind the address
