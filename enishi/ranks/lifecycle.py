"""Whether a worker's rank stands, or was announced to fall (RA8). Pure. The rank itself goes up and
down by its conditions and is no state of this cycle."""

from enishi.kit.lifecycle import Lifecycle

STANDING = Lifecycle(
    name="standing",
    start="steady",
    moves={
        ("steady", "announce"): "falling",
        ("falling", "keep"): "steady",
        ("falling", "fall"): "steady",
    },
)
