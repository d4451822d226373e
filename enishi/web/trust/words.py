"""What the parts of a signal are called, in the reader's language. What a signal is stands in
`enishi.trust.signals`."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from enishi.trust.signals import Definition

STRENGTHS: dict[str, str | Promise] = {
    "established": gettext_lazy("enough samples"),
    "some": gettext_lazy("rather few"),
    "too_few": gettext_lazy("too few to say"),
}
RECORDED: dict[str, str | Promise] = {  # of what has no sample
    "established": gettext_lazy("kept by the market itself"),
    "too_few": gettext_lazy("not there yet"),
}
SIZES = {"established": "full", "some": "some", "too_few": "few"}  # of the ring


def said(sentence: str) -> str:
    """A sentence of the definitions, with the numbers of this market's rules."""
    return settings.RULES.fill(_(sentence)) if sentence else ""


def strength(one: Definition, known: str) -> str:
    return str((STRENGTHS if one.counts else RECORDED)[known])


def window(one: Definition) -> str:
    if not one.counts:
        return _("As it stands now")
    if not one.window:
        return _("Everything there is")
    return _("The last %(days)s days") % {"days": getattr(settings.RULES, one.window)}


def counted(kind: str, number: int) -> str:
    """A sample in words: 12 reviews."""
    words: dict[str, Any] = {
        "review": ngettext("%(num)s review", "%(num)s reviews", number),
        "comment": ngettext("%(num)s comment", "%(num)s comments", number),
        "wait": ngettext("%(num)s waiting message", "%(num)s waiting messages", number),
        "contract": ngettext("%(num)s contract", "%(num)s contracts", number),
        "applicant": ngettext("%(num)s applicant", "%(num)s applicants", number),
        "piece": ngettext("%(num)s payment due", "%(num)s payments due", number),
        "delivery": ngettext("%(num)s delivery", "%(num)s deliveries", number),
        "promise": ngettext("%(num)s promise", "%(num)s promises", number),
    }
    return str(words[kind]) % {"num": number}
