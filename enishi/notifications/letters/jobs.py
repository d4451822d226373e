"""Letters about posts."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS = {
    "job.changed": Words(
        title=_("The post “%(title)s” was changed"),
        both=_(
            "You applied to this post. Please look at what changed, and whether your application "
            "still fits. You may withdraw it at any time; that leaves no mark."
        ),
        due=_("Changed: %(changes)s."),
        until="difference",
        link="job",
    ),
    "job.closed": Words(
        title=_("The post “%(title)s” takes no more applications"),
        both=_("Please answer everyone who applied: offer a contract, or decline with a reason."),
        link="job",
    ),
    "job.paused": Words(
        title=_("The post “%(title)s” is paused: the limit you set was reached"),
        both=_("Please choose from the applications, or resume the post to receive more."),
        link="job",
    ),
    "job.question_asked": Words(
        title=_("%(asker)s asks about “%(title)s”"),
        both=_("Please answer. An answer to a public question helps everyone who reads the post."),
        quote="text",
        link="job",
    ),
    "job.question_answered": Words(
        title=_("Your question about “%(title)s” was answered"), quote="text", link="job"
    ),
}

# The items of a post as `job.changed` names them (JO6).
ITEMS = {
    "title": _("title"),
    "subcategory": _("category"),
    "description": _("description"),
    "deliverables": _("what to deliver"),
    "acceptance": _("acceptance conditions"),
    "pricing": _("way of pricing"),
    "budget_min": _("price"),
    "budget_max": _("price"),
    "unit": _("price"),
    "unit_price": _("price"),
    "quantity": _("quantity"),
    "milestones": _("milestones"),
    "expected_hours": _("expected hours"),
    "headcount": _("headcount"),
    "apply_by": _("application deadline"),
    "delivery_on": _("delivery date"),
    "questions": _("questions to applicants"),
    "skills": _("skills"),
    "place": _("place"),
    "address": _("recruiter's address"),
    "rights": _("rights"),
    "rights_note": _("rights"),
    "confidentiality": _("confidentiality"),
    "confidentiality_note": _("confidentiality"),
    "ai_use": _("use of AI"),
    "ai_use_note": _("use of AI"),
    "audience": _("who may apply"),
    "continuing": _("continuing work"),
    "revision_rounds": _("rounds of revision"),
    "stop_after": _("limit of applications"),
    "stop_at_good": _("limit of applications"),
    "attachments": _("attachments"),
}
