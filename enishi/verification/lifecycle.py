"""The life of a verification, of a picture of its documents, and of a code sent to a phone (VE1).
Pure. What was never handed in has no row: its state is `none`."""

from enishi.kit.lifecycle import Lifecycle

VERIFICATION = Lifecycle(
    name="verification",
    start="submitted",
    moves={
        ("submitted", "approve"): "approved",
        ("submitted", "reject"): "rejected",
        ("submitted", "retract"): "retracted",  # by the person
        ("approved", "expire"): "expired",
        ("approved", "withdraw"): "withdrawn",  # by the office
    },
)

PICTURE = Lifecycle(
    name="picture",
    start="open",
    moves={
        ("open", "keep"): "kept",  # decided: its last days are counted
        ("open", "erase"): "erased",
        ("kept", "erase"): "erased",
    },
)

CODE = Lifecycle(
    name="code",
    start="created",
    moves={
        ("created", "send"): "sent",
        ("created", "fail"): "failed",
        ("created", "use"): "used",  # it arrived, though nobody could tell us so
        ("sent", "use"): "used",
    },
)

ALL = (VERIFICATION, PICTURE, CODE)

DECIDED = ("approved", "rejected", "expired", "withdrawn")
USABLE = ("created", "sent")  # a code that may still be typed
