"""What the demo's posts and offers state, made of a post's words and its category's defaults."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings

from enishi.contracts.policy import OfferTerms
from enishi.jobs.models import Job
from enishi.jobs.policy import PlannedMilestone, Terms
from enishi.kit.days import day_of
from enishi.proposals.models import Proposal

from .market import read

KEEPS = 6  # days left until the first delivery, with which an offer keeps the plan of its post
ROOM = 4  # days for agreement and escrow before the work of a new plan begins


def of_post(post: read.Post, client: read.Client, *, on: date) -> Terms:
    """The post as it opens on a day: a plan of several steps names its price, a single one leaves
    a range to the applicants."""
    defaults = read.defaults(post.category_id)
    apply_by = on + timedelta(days=defaults.application_days)
    is_per_unit = post.pricing == "per_unit"
    plan = _plan(post, post.total_low, apply_by) if len(post.milestones) > 1 else ()
    return Terms(
        title=post.title,
        subcategory=post.subcategory_id,
        description=post.description,
        deliverables="\n".join(post.deliverables),
        acceptance=defaults.acceptance,
        pricing=post.pricing,
        budget_min=post.total_low,
        budget_max=post.total_high,
        unit=post.unit_id if is_per_unit else "",
        unit_price=Decimal(post.price_low) if is_per_unit else None,
        quantity=post.quantity if is_per_unit else None,
        milestones=plan,
        expected_hours=Decimal(post.hours),
        headcount=post.headcount,
        apply_by=apply_by,
        delivery_on=apply_by + timedelta(days=post.delivery_days),
        questions=post.questions,
        skills=post.skill_ids,
        place=post.place,
        address=client.address,
        rights=defaults.rights.kind,
        rights_note=defaults.rights.note,
        confidentiality=defaults.confidentiality.kind,
        confidentiality_note=defaults.confidentiality.note,
        ai_use=defaults.ai_use.kind,
        ai_use_note=defaults.ai_use.note,
        continuing=post.is_continuing,
        revision_rounds=defaults.revision_rounds,
    )


def of_offer(
    post: read.Post, job: Job, proposal: Proposal, *, at: datetime, inspection_days: int = 0
) -> OfferTerms:
    """The post's terms with the applicant's price. Its plan stays as posted while it can."""
    posted = job.terms
    is_posted = sum(planned.amount for planned in posted.milestones) == proposal.amount
    if is_posted and posted.milestones[0].due_on >= day_of(at) + timedelta(days=KEEPS):
        plan = posted.milestones
    elif len(post.milestones) == 1 and proposal.delivery_on >= day_of(at) + timedelta(days=KEEPS):
        plan = (PlannedMilestone(_first(post), proposal.amount, proposal.delivery_on),)
    else:
        plan = _plan(post, proposal.amount, day_of(at) + timedelta(days=ROOM))
    return OfferTerms(
        title=posted.title,
        content=posted.description,
        deliverable=posted.deliverables,
        acceptance=posted.acceptance,
        place=posted.place,
        milestones=plan,
        inspection_days=inspection_days or settings.RULES.inspection_days,
        revision_rounds=posted.revision_rounds,
        rights=posted.rights,
        rights_note=posted.rights_note,
        confidentiality=posted.confidentiality,
        confidentiality_note=posted.confidentiality_note,
        ai_use=posted.ai_use,
        ai_use_note=posted.ai_use_note,
    )


def _plan(post: read.Post, total: int, start: date) -> tuple[PlannedMilestone, ...]:
    parts = zip(post.milestones, read.amounts(total, post.milestones), post.due_days, strict=True)
    return tuple(
        PlannedMilestone(each.title, amount, start + timedelta(days=days))
        for each, amount, days in parts
    )


def _first(post: read.Post) -> str:
    return post.milestones[0].title
