"""The life of an act on money (PE2), and of a difference to the provider's books (M9). Pure."""

from enishi.kit.lifecycle import Lifecycle

ACT = Lifecycle(
    name="act",
    start="proposed",
    moves={
        ("proposed", "approve"): "approved",
        ("proposed", "refuse"): "refused",
        ("proposed", "withdraw"): "withdrawn",
        ("proposed", "lapse"): "lapsed",
    },
)

DIFFERENCE = Lifecycle(
    name="difference",
    start="open",
    moves={
        ("open", "close"): "closed",
        ("open", "vanish"): "gone",
    },
)
