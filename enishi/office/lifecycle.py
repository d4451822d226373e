"""The life of an act on money (PE2), of a difference to the provider's books (M9), and of a
finding in the review graph (SA7). Pure."""

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

FINDING = Lifecycle(
    name="finding",
    start="open",
    moves={
        ("open", "confirm"): "confirmed",
        ("open", "dismiss"): "dismissed",
        ("confirmed", "lift"): "lifted",
    },
)
