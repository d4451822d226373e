"""What tests read off a page."""

import html
import re


def text(response) -> str:
    """What a page says, as a reader gets it."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(words).split())
