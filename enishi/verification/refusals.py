"""What the commands of verification say when they refuse."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .lifecycle import VERIFICATION

_STATES: dict[str, Any] = {
    "submitted": _("This still waits for the office's decision."),
    "approved": _("This was approved already."),
    "rejected": _("This was not accepted. Please hand in documents anew."),
    "retracted": _("This request was taken back."),
    "expired": _("This check is out of date."),
    "withdrawn": _("The office has withdrawn this check."),
}

SENTENCES: dict[str, Any] = {
    **{f"verification.{verb}.{state}": _STATES[state] for state, verb in VERIFICATION.refused},
    "verification.kind_unknown": _("There is no such check."),
    "verification.paper_unknown": _("Please choose which document you are handing in."),
    "verification.paper_never": _(
        "Please never send this document: it shows your My Number, which we are not allowed to "
        "see. Nothing of it was kept. The front of the card, or another document, is enough."
    ),
    "verification.title_missing": _("Please write its name."),
    "verification.title_too_long": _("Please write at most %(most)s characters."),
    "verification.number_wrong": _(
        "This is not a registration number: it has a T and 13 digits, of which the first is a "
        "check digit. Please compare it with the letter of the tax office."
    ),
    "verification.waits_already": _(
        "You have handed this in already. It waits for the office's decision."
    ),
    "verification.reason_missing": _("Please give the reason. The person will read it."),
    "verification.not_operator": _("Only operators decide this."),
    "verification.own": _("Nobody decides about themselves. Please ask another operator."),
    "document.none": _("Please choose a picture or a PDF of your document."),
    "document.too_large": _(
        "“%(name)s” is larger than %(megabytes)s MB and was not kept. Please choose a smaller "
        "picture, or a PDF with fewer pages."
    ),
    "document.not_a_picture": _(
        "“%(name)s” is neither a picture nor a PDF, whatever its name says. Please choose a JPEG, "
        "PNG or WebP picture, or a PDF."
    ),
    "document.locked": _(
        "“%(name)s” is locked with a password, so that the office could not read it. Please save "
        "it without a password, or take a picture of it."
    ),
    "document.too_many_pixels": _(
        "“%(name)s” has too many pixels to be drawn safely. Please choose a smaller picture."
    ),
    "document.unreadable": _(
        "“%(name)s” cannot be read. Please open it on your device, and save it anew as a JPEG "
        "picture or a PDF."
    ),
    "document.too_many_pages": _(
        "With “%(name)s” there are more than %(most)s pages. Please send only those that show "
        "what is to be checked."
    ),
    "look.not_allowed": _("Only operators and treasurers open documents."),
    "look.own": _("Nobody opens their own documents here. Please ask another operator."),
    "look.reason_missing": _("Please write why you open it. It is kept."),
    "look.erased": _("This picture was erased. The result of the check is what is left of it."),
    "look.too_many": _(
        "You have opened %(most)s pictures today, which is the most for one day. Please ask "
        "another operator, or go on tomorrow."
    ),
    "look.over": _("This link is over: it shows one picture once, within a minute."),
    "look.unreadable": _(
        "This picture cannot be opened here: a restored market has no documents. Please ask the "
        "person to hand it in again."
    ),
    "phone.no_messages": _("This market sends no text messages, so it checks no phones."),
    "phone.not_mobile": _(
        "This is not a Japanese mobile number. Please write it as 090-1234-5678."
    ),
    "phone.too_soon": _("A message was sent just now. Please wait a minute before the next."),
    "phone.too_often": _(
        "Too many messages were asked for, by you or for this number. Please try again tomorrow."
    ),
    "phone.busy": _(
        "The service for text messages is busy, and nothing was sent. Please try again in some "
        "minutes."
    ),
    "phone.refused": _(
        "The message could not be sent to this number. Please check it, and try again."
    ),
    "phone.code_gone": _("There is no code that could be typed in. Please ask for a new one."),
    "phone.code_spent": _(
        "Too many wrong codes: this one is not valid any more. Please ask for a new one."
    ),
    "phone.code_wrong": _("This is not the code in the message. Tries left: %(left)s."),
    "phone.taken": _(
        "This number confirms another account already. If it is yours, please write to the office."
    ),
}
