"""The rating of RE1 as a form: five items, the overall, a comment, a private note."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from enishi.reviews import policy
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


class ReviewForm(Form):
    """`side` is the side that is rated: a client's order has no "skill"."""

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

    def __init__(self, *args: Any, side: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item, label in ITEM_LABELS[side].items():
            self.fields[item].label = label

    @property
    def answers(self) -> dict[str, Any]:
        """What `reviews.commands.write` takes."""
        given = self.cleaned_data
        others = {name: given[name] for name in ("overall", "comment", "private_note")}
        return {"scores": {item: given[item] for item in policy.ITEMS}, **others}


class ReplyForm(Form):
    text = forms.CharField(
        label=_("Your reply"),
        max_length=policy.COMMENT_MOST,
        widget=Lines(attrs={"rows": 5}),
    )
