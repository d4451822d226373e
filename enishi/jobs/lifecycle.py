"""The life of a post (JO9). Pure."""

from enishi.kit.lifecycle import Lifecycle

JOB = Lifecycle(
    name="job",
    start="draft",
    moves={
        ("draft", "open"): "open",
        ("draft", "discard"): "discarded",
        ("open", "pause"): "paused",
        ("paused", "resume"): "open",
        ("open", "close"): "closed",
        ("paused", "close"): "closed",
        ("closed", "reopen"): "open",
    },
)
