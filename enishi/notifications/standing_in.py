"""What goes to an organisation whose owner is on leave goes to its stand-in too (PE3)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit.days import day_of
from enishi.organisations import queries as organisations

from . import mailing
from .letters import paths, reading
from .letters.letter import Letter
from .models import Notice


def tell(event: Event, readers: Sequence[Account]) -> None:
    """In their list and by mail, as it reads for the organisation."""
    told = list(_stand_ins(event, readers))
    Notice.objects.bulk_create(
        [
            Notice(account=person, organisation=of, event=event, kind=event.name, at=event.at)
            for of, person in told
        ],
        ignore_conflicts=True,
    )
    mail(event, readers)


def mail(event: Event, readers: Sequence[Account], **more: str) -> None:
    if not mailing.is_mailing():
        return
    for of, person in _stand_ins(event, readers):
        names, deals = reading.names_of([event]), reading.deals_of([event])
        facts = {**deals.get(event.pk, {}), **more}
        letter = reading.letter_for(event, of, names=names, language=person.language, **facts)
        mailing.write(for_stand_in(letter, of, person.language), to=person, event=event)


def for_stand_in(letter: Letter, organisation: Account, language: str) -> Letter:
    """Says for whom, and leads first to where one chooses to act for them."""
    with translation.override(language):
        said = gettext("You read this because you stand in for the owner of %(organisation)s.")
    due = f"{letter.due} {said % {'organisation': organisation.name}}".strip()
    return replace(letter, due=due, path=paths.as_stand_in(letter.path))


def _stand_ins(event: Event, readers: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    """Organisations among the readers, each with who stands in; not who did it or is told anyway.
    One person may stand in for several: one letter about an event is enough."""
    found = organisations.standing_in([one.pk for one in readers], on=day_of(event.at))
    known = {one.pk for one in readers} | {event.by_id, event.member_id}
    for reader in readers:
        person = found.get(reader.pk)
        if person is not None and person.pk not in known:
            known.add(person.pk)
            yield reader, person
