"""The texts of the market and their versions: the date since which each reads as it does."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Text:
    """One text. `versions` are the days on which it changed, the newest first."""

    name: str  # of its address, and of its template in each language
    title: str | Promise
    lead: str | Promise
    versions: tuple[date, ...]

    @property
    def version(self) -> date:
        return self.versions[0]


FIRST = date(2026, 11, 22)
# Reports and rulings about reviews, and what verification keeps.
SECOND = date(2026, 11, 29)

TEXTS = {
    text.name: text
    for text in (
        Text("terms", _("Terms of use"), _("What we promise each other here."), (SECOND, FIRST)),
        Text(
            "privacy",
            _("Privacy"),
            _("What we know about you, and what for."),
            (SECOND, FIRST),
        ),
        Text("legal_notice", _("Legal notice"), _("Who runs this market."), (FIRST,)),
        Text("fees", _("Fees"), _("What is taken from where, to the yen."), (FIRST,)),
        Text(
            "safe",
            _("How your money is kept safe"),
            _("From the agreement to the payment, step by step."),
            (FIRST,),
        ),
        Text(
            "clocks",
            _("Every deadline and its outcome"),
            _("Nothing waits for ever. This is what happens when nobody answers."),
            (FIRST,),
        ),
        Text(
            "pledge",
            _("Confidentiality pledge"),
            _("What whoever makes it promises about secrets of others."),
            (SECOND,),
        ),
        Text("help", _("Questions and answers"), _("What people ask most."), (FIRST,)),
    )
}

# What a person consents to when joining; the version is recorded with the consent (PE7, OF5).
CONSENTED = ("terms", "privacy")
PLEDGED = "pledge"  # what a person may promise besides, of their own will (VE1)
LEGAL_VERSION = {name: TEXTS[name].version.isoformat() for name in CONSENTED}
