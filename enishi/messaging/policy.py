"""What may be said in a thread, and how much may be attached. Pure."""

# How a wait ends (ME3): the other side writes, or acts on the deal; says that no reply is needed;
# or the deal is over.
ANSWERS = ("message", "verb")
WAIT_ENDS = (*ANSWERS, "no_reply", "over")

LONGEST_BODY = 10_000
MEGABYTE = 1024 * 1024


def fault(body: str) -> str | None:
    """The code of what is wrong with a message's text, if anything is."""
    if "\0" in body:
        return "message.nul"
    if not body.strip():
        return "message.empty"
    return "message.too_long" if len(body) > LONGEST_BODY else None


def has_room(held: int, added: int, *, megabytes: int) -> bool:
    """Whether a thread that holds `held` bytes of files can take `added` more (B10)."""
    return held + added <= megabytes * MEGABYTE
