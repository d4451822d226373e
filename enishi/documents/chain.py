"""Each paper seals the one before it: whoever changes, drops or slips in one breaks every link
after it. Pure."""

from .canonical import digest

START = "0" * 64  # what the first link seals


def link(before: str, sha256: str) -> str:
    """The link of a paper with this fingerprint, after the link `before`."""
    return digest(before + sha256)
