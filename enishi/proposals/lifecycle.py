"""The life of an application: everyone gets an outcome (AP2). Pure."""

from enishi.kit.lifecycle import Lifecycle

PROPOSAL = Lifecycle(
    name="proposal",
    start="sent",
    moves={
        ("sent", "shortlist"): "shortlisted",
        ("shortlisted", "unlist"): "sent",
        ("sent", "offer"): "offered",
        ("shortlisted", "offer"): "offered",
        ("offered", "hire"): "hired",
        ("offered", "free"): "shortlisted",
        ("sent", "decline"): "declined",
        ("shortlisted", "decline"): "declined",
        ("sent", "withdraw"): "withdrawn",
        ("shortlisted", "withdraw"): "withdrawn",
        ("sent", "lapse"): "lapsed",
        ("shortlisted", "lapse"): "lapsed",
    },
)
LIVE = ("sent", "shortlisted", "offered")
CAME_TO_NOTHING = ("declined", "withdrawn", "lapsed")
WAITS_FOR_CLIENT = ("sent", "shortlisted")
