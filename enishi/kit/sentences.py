"""Marks a sentence for translation where Django may not be imported (policies, clocks)."""


def sentence(message: str) -> str:
    """The message id itself; the page translates it. Babel extracts it by this name."""
    return message
