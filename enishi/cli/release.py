"""`enishi release`: a restored copy becomes the market."""

from . import market
from .output import say


def release() -> None:
    """Let a restored copy send mail, move money and call the provider, from now on."""
    market.enter()
    from enishi.kit import quarantine
    from enishi.notifications import outbox

    if not quarantine.end():
        say("Nothing is held back here.")
        return
    mails = outbox.resume() if market.is_live() else 0
    say("Released. Make sure that the market this is a copy of never runs again.")
    say(f"{mails:,} mails that waited are on their way; money follows within a minute.")
