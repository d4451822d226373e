"""What ranks and their conditions are called, what each asks for, and where one can see to it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

RANKS: dict[str, Words] = {
    "unranked": _("Unranked"),
    "regular": _("Regular"),
    "bronze": _("Bronze"),
    "silver": _("Silver"),
    "certified": _("Certified"),
}
# What each rank brings: clients find whoever has one, and see it.
BRINGS: dict[str, Words] = {
    "regular": _(
        "Clients find you in the list of workers, and see this rank beside your name, on your page "
        "and with each application."
    ),
    **dict.fromkeys(
        ("bronze", "silver", "certified"),
        _(
            "You stand further up in the list of workers, where clients can ask for this rank, and "
            "they see it beside your name and with each application."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A condition in words; `page` is the URL name of the place where it can be met."""

    name: Words
    need: Words
    page: str = ""

    def named(self, limit: str) -> str:
        return str(self.name) % _numbers(limit)

    def needed(self) -> str:
        return str(self.need) % _numbers("")


def _numbers(limit: str) -> dict[str, object]:
    rules = settings.RULES
    return {"limit": limit, "hours": rules.reply_hours, "days": rules.reply_window_days}


CONDITIONS: dict[str, Said] = {
    "active": Said(_("The account is open"), _("It is not suspended"), "settings"),
    "name": Said(_("Display name"), _("Everyone reads it"), "settings"),
    "image": Said(_("A picture"), _("A face, a logo or a drawing"), "profile"),
    "introduction": Said(
        _("Introduction of %(limit)s characters or more"), _("Blanks do not count"), "profile"
    ),
    "shown": Said(
        _("Skills, a portfolio or a service package"), _("One of the three"), "profile_parts"
    ),
    "learned": Said(_("Experience or a qualification"), _("One of the two"), "profile_parts"),
    "identity": Said(
        _("Your identity is checked"), _("The office looks at a document"), "verifications"
    ),
    "confidentiality": Said(
        _("The pledge of confidentiality"), _("A promise in your name"), "verifications"
    ),
    "phone": Said(
        _("Your phone number is checked"), _("By a code that you receive"), "verifications"
    ),
    "signed_in": Said(_("Here within a month"), _("Since the same day of last month"), ""),
    "funded": Said(
        _("One order agreed and paid into escrow"), _("In the project format, ever"), "jobs"
    ),
    "completed": Said(
        _("Completed %(limit)s or more"),
        _("Orders of the last 365 days that are over; no ending counts that was not your fault"),
        "contracts",
    ),
    "rating": Said(
        _("Average rating of %(limit)s or more"), _("Published in the last 365 days"), ""
    ),
    "replies": Said(
        _("%(limit)s or more answered within %(hours)s hours"),
        _("In the last %(days)s days, days of leave cut out"),
        "threads",
    ),
    "earned": Said(
        _("Earnings in the top %(limit)s of the category"),
        _("Before the fee, in the last 365 days, in the category in which you earned most"),
        "statement",
    ),
}
