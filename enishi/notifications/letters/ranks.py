"""Letters about a worker's rank (RA8): each fall is announced with its reason and what keeps it."""

from enishi.kit.sentences import sentence as _

from .words import Words

_RISEN = _("All its conditions hold. Your page shows what the next one asks for.")
_FALLEN = _("Your page shows what is missing. As soon as it is there, the rank comes back at once.")
_SOON = _("Your rank will fall by one step, unless this changes")
_DAY = _("The day is %(due)s. Days of leave are added to it.")


def _soon(why: str) -> Words:
    return Words(title=_SOON, both=why, due=_DAY, link="rank")


WORDS = {
    "rank.rose": Words(title=_("Your rank rose"), both=_RISEN, link="rank"),
    "rank.fell": Words(title=_("Your rank fell"), both=_FALLEN, link="rank"),
    "rank.announced": Words(title=_SOON, due=_DAY, link="rank"),
    "rank.rose:regular": Words(
        title=_("You are a Regular worker now"),
        both=_(
            "Clients find you in the list of workers now, and see the rank beside your name, on "
            "your page and with each application."
        ),
        link="worker_entry",
    ),
    "rank.rose:bronze": Words(title=_("You are a Bronze worker now"), both=_RISEN, link="rank"),
    "rank.rose:silver": Words(title=_("You are a Silver worker now"), both=_RISEN, link="rank"),
    "rank.rose:certified": Words(
        title=_("You are a Certified worker now"),
        both=_("This is the highest rank. Thank you for your work."),
        link="rank",
    ),
    "rank.fell:unranked": Words(title=_("You have no rank at present"), both=_FALLEN, link="rank"),
    "rank.fell:regular": Words(title=_("Your rank is Regular now"), both=_FALLEN, link="rank"),
    "rank.fell:bronze": Words(title=_("Your rank is Bronze now"), both=_FALLEN, link="rank"),
    "rank.fell:silver": Words(title=_("Your rank is Silver now"), both=_FALLEN, link="rank"),
    "rank.kept": Words(
        title=_("Your rank stays as it is"),
        both=_("What was missing is there again, so nothing changes."),
        link="rank",
    ),
    "rank.announced:name": _soon(_("Your display name is missing.")),
    "rank.announced:image": _soon(_("Your profile has no picture any more.")),
    "rank.announced:introduction": _soon(
        _("Your introduction is shorter than %(limit)s characters.")
    ),
    "rank.announced:shown": _soon(
        _("Your profile shows neither skills nor a portfolio nor a service package.")
    ),
    "rank.announced:learned": _soon(_("Your profile names neither experience nor qualifications.")),
    "rank.announced:identity": _soon(
        _("The check of your identity has run out. Please hand in a document again.")
    ),
    "rank.announced:confidentiality": _soon(
        _("Your confidentiality pledge has run out. Please give it again.")
    ),
    "rank.announced:phone": _soon(
        _("Your phone number is no longer checked. Please check it again.")
    ),
    "rank.announced:signed_in": _soon(
        _("You have not been here for a month. To sign in is enough to keep the rank.")
    ),
    "rank.announced:funded": _soon(_("No contract of yours was ever paid into escrow.")),
    "rank.announced:completed": _soon(
        _("You completed less than %(limit)s of the orders of the last 365 days.")
    ),
    "rank.announced:rating": _soon(
        _("The average of your ratings of the last 365 days is below %(limit)s.")
    ),
    "rank.announced:replies": _soon(
        _("You answered less than %(limit)s of what you were asked within 24 hours.")
    ),
    "rank.announced:earned": _soon(
        _("Your earnings are no longer in the top %(limit)s of your main category.")
    ),
}
