"""The life of a report to the office (SA6). Pure."""

from enishi.kit.lifecycle import Lifecycle

REPORT = Lifecycle(
    name="report",
    start="open",
    moves={
        ("open", "uphold"): "upheld",
        ("open", "dismiss"): "dismissed",
    },
)
