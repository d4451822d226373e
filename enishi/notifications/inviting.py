"""An invitation to an address that has no account yet. Who has one is told as always; the one who
invites learns nothing of it either way (A5)."""

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.organisations.models import Membership

from . import mailing
from .letters import reading


def invite(event: Event) -> None:
    """Subscriber of `membership.invited`: a mail in the language of the organisation."""
    if set(event.people) - {event.by_id}:
        return  # an account hears of it in its list and by its own mail
    found = Membership.objects.select_related("organisation").get(pk=event.subject_id)
    if Account.objects.filter(email__iexact=found.email).exists():
        return  # stopped or closed: nobody is there to answer
    language = found.organisation.language
    names = reading.names_of([event])
    letter = reading.letter_for(event, found.organisation, names=names, language=language)
    mailing.write_outside(letter, to=found.email, language=language, event=event)
