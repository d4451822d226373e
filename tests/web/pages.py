"""What tests read off a page."""

import html
import re
import time


def text(response) -> str:
    """What a page says, as a reader gets it."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(words).split())


def shown_anew(client, account, *, ago: float = 0) -> None:
    """This session has just been asked for the password again, or was so many seconds ago (A8)."""
    kept = client.session
    kept["account_authentication_methods"] = [
        {"method": "password", "at": time.time() - ago, "reauthenticated": True}
    ]
    kept["account_authentication_methods_user"] = str(account.pk)
    kept.save()
