"""The life of a scan: what is known about the bytes of a file (F5). Pure."""

from enishi.kit.lifecycle import Lifecycle

SCAN = Lifecycle(
    name="scan",
    start="pending",
    moves={
        ("pending", "clear"): "clean",
        ("pending", "catch"): "bad",
        ("pending", "skip"): "not_scanned",
        ("not_scanned", "retry"): "pending",
        ("not_scanned", "catch"): "bad",
        ("clean", "catch"): "bad",
    },
)
