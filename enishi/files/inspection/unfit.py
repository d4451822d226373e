"""Why a file cannot be read as what it was handed in for."""


class Unfit(Exception):
    """The message is one word of ours; `files/child.py` hands it on."""
