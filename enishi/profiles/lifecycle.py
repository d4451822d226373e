"""The life of a service package. Pure."""

from enishi.kit.lifecycle import Lifecycle

PACKAGE = Lifecycle(
    name="package",
    start="open",
    moves={
        ("open", "close"): "closed",
        ("closed", "reopen"): "open",
    },
)
