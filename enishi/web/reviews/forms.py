"""The rating of RE1 as a form: five items, the overall, a comment, a private note; promises (ME6),
and what a client is asked at the end (RE4)."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enishi.reviews import policy
from enishi.reviews.policy import Closing
from enishi.web.forms import Form, Lines

Words = str | Promise

ITEM_LABELS: dict[str, dict[str, Words]] = {
    "worker": {
        "skill": _("Skill"),
        "quality": _("Quality of the work"),
        "schedule": _("Keeping dates"),
        "communication": _("Communication"),
        "partnership": _("Working together"),
    },
    "client": {
        "skill": _("Quality of the order"),
        "quality": _("Clear conditions and inspection"),
        "schedule": _("Keeping dates"),
        "communication": _("Communication"),
        "partnership": _("Working together"),
    },
}
GRADES = [(value, str(value)) for value in range(policy.LOWEST, policy.HIGHEST + 1)]


def _grade(label: Words) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=GRADES, coerce=int, widget=forms.RadioSelect)


KEPT = [
    ("none", _("It was not promised")),
    ("kept", _("It was promised, and kept")),
    ("broken", _("It was promised, and not kept")),
]
AGAIN = [("yes", _("Yes")), ("perhaps", _("Perhaps")), ("no", _("No"))]
PROMISE_LABELS: dict[str, dict[str, Words]] = {
    "worker": {
        "more_work": _("Did you promise further work?"),
        "more_pay": _("Did you promise higher pay next time?"),
    },
    "client": {
        "more_work": _("Did the client promise further work?"),
        "more_pay": _("Did the client promise higher pay next time?"),
    },
}


class ClosingForm(Form):
    """What would make it a 5, and whether one orders again: both may be left open (RE4)."""

    better = forms.CharField(
        label=_("What would make it a 5?"),
        max_length=policy.COMMENT_MOST,
        required=False,
        widget=Lines(attrs={"rows": 3}),
    )
    again = forms.ChoiceField(
        label=_("Will you order again?"), choices=AGAIN, required=False, widget=forms.RadioSelect
    )

    @property
    def closing(self) -> Closing:
        return Closing(self.cleaned_data.get("better", ""), self.cleaned_data.get("again", ""))


class ReviewForm(ClosingForm):
    """`side` is the side that is rated: a client's order has no "skill". Only a client who was not
    asked before has the boxes of the closing note."""

    skill = _grade("")
    quality = _grade("")
    schedule = _grade("")
    communication = _grade("")
    partnership = _grade("")
    overall = _grade(_("Overall"))
    comment = forms.CharField(
        label=_("Comment"),
        max_length=policy.COMMENT_MOST,
        widget=Lines(attrs={"rows": 6}),
    )
    private_note = forms.CharField(
        label=_("Note to the office"),
        max_length=policy.COMMENT_MOST,
        required=False,
        widget=Lines(attrs={"rows": 3}),
    )
    more_work = forms.ChoiceField(choices=KEPT, required=False, widget=forms.RadioSelect)
    more_pay = forms.ChoiceField(choices=KEPT, required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, side: str, asks_closing: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, label in (ITEM_LABELS[side] | PROMISE_LABELS[side]).items():
            self.fields[item].label = label
        if not asks_closing:
            del self.fields["better"], self.fields["again"]

    @property
    def answers(self) -> dict[str, Any]:
        """What `reviews.commands.write` takes."""
        given = self.cleaned_data
        others = {name: given[name] for name in ("overall", "comment", "private_note")}
        others |= {"closing": self.closing}
        others |= {"promises": {promise: given[promise] for promise in policy.PROMISES}}
        return {"scores": {item: given[item] for item in policy.ITEMS}, **others}


class ReplyForm(Form):
    text = forms.CharField(
        label=_("Your reply"),
        max_length=policy.COMMENT_MOST,
        widget=Lines(attrs={"rows": 5}),
    )
