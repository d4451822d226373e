"""The form of an application (AP1), and the small ones of its answer."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.jobs.models import Job
from enishi.jobs.refusals import SENTENCES as JOB_SENTENCES
from enishi.proposals.refusals import SENTENCES
from enishi.web.fields import DayField, YenField
from enishi.web.forms import Form, Lines

REASONS = (
    ("filled", _("Someone else was chosen")),
    ("price", _("The price does not fit the budget")),
    ("schedule", _("The dates do not fit")),
    ("skills", _("Other skills or experience are needed")),
    ("other", _("Another reason")),
)
MISSING = {"required": JOB_SENTENCES["job.missing"]}
MESSAGE_MOST, ANSWER_MOST, NOTE_MOST = 5000, 2000, 2000
# Where a refusal of the command is shown.
BOXES = {
    "proposal.amount_out_of_range": "amount",
    "proposal.delivery_in_the_past": "delivery_on",
    "proposal.hold_in_the_past": "hold_until",
}


class ProposalForm(Form):
    """One box per question of the post, so that a missing answer is pointed out where it is."""

    use_required_attribute = False

    amount = YenField(
        label=_("Your price for the whole work"),
        min_value=settings.RULES.price_least,
        max_value=settings.RULES.price_most,
        error_messages=MISSING,
    )
    delivery_on = DayField(label=_("You deliver by"), error_messages=MISSING)
    message = forms.CharField(
        label=_("Message to the client"),
        max_length=MESSAGE_MOST,
        widget=Lines(attrs={"rows": 10}),
        error_messages=MISSING,
    )
    questions_back = forms.CharField(
        label=_("Your own questions"),
        max_length=ANSWER_MOST,
        required=False,
        widget=Lines(attrs={"rows": 3}),
    )
    hold_until = DayField(label=_("You hold this application until"), required=False)

    def __init__(self, *args: Any, job: Job, pay_url: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {
            f"answer_{number}": question for number, question in enumerate(job.questions, start=1)
        }
        for name, question in self.questions.items():
            self.fields[name] = forms.CharField(
                label=question,
                max_length=ANSWER_MOST,
                widget=Lines(attrs={"rows": 3}),
                error_messages={"required": gettext("This question has no answer yet.")},
            )
        self.order_fields(self.questions)
        self.fields["amount"].widget.attrs |= {
            "hx-get": pay_url,
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "#pay",
            "hx-select": "#pay",
            "hx-swap": "outerHTML",
        }

    def answer_boxes(self) -> list[Any]:
        return [self[name] for name in self.questions]

    def facts(self) -> dict[str, Any]:
        """The words of the `send` command."""
        names = ("amount", "delivery_on", "message", "questions_back", "hold_until")
        found = {name: self.cleaned_data[name] for name in names}
        answers = {question: self.cleaned_data[name] for name, question in self.questions.items()}
        return found | {"answers": answers}


class DeclineForm(Form):
    reason = forms.ChoiceField(
        label=_("Reason (the worker reads it)"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": SENTENCES["proposal.reason_missing"]},
    )
    message = forms.CharField(
        label=_("A few words to the worker"),
        max_length=MESSAGE_MOST,
        required=False,
        widget=Lines(attrs={"rows": 6}),
    )


class NoteForm(Form):
    text = forms.CharField(
        label=_("Your note (the worker never sees it)"),
        max_length=NOTE_MOST,
        required=False,
        widget=Lines(attrs={"rows": 3}),
    )


class HoldForm(Form):
    until = DayField(label=_("You hold this application until"), required=False)
