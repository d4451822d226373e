"""A post as its readers see it, on its own page and in the preview before it opens."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from enishi.jobs import queries
from enishi.jobs.catalogue import read as catalogue
from enishi.jobs.models import Job, JobFile, Question
from enishi.kit.compiled import compiled
from enishi.kit.days import day_of
from enishi.profiles import queries as profiles
from enishi.proposals.policy import answer_due
from enishi.trust.market import ranges
from enishi.web import terms
from enishi.web.drawing import Market
from enishi.web.files.showing import known
from enishi.web.formats import md, md_hm, ymd
from enishi.web.jinja import language
from enishi.web.prose import paragraphs

from . import market, prices, skills
from .listing import labels, subcategory_name

Fact = tuple[str, str | Markup]


@dataclass(frozen=True, slots=True)
class Post:
    """Everything a post says, in the reader's language where it is not the writer's own."""

    job: Job
    labels: list[tuple[str, str]]
    category: str
    subcategory: str
    price: str
    reckoning: str
    hourly: dict[str, Any] | None
    market: list[tuple[str, str]]  # what is paid elsewhere, each with its source (JO7)
    facts: list[Fact]
    plan: list[tuple[str, int, date]]
    skills: list[str]
    files: list[dict[str, Any]]
    answer_due: datetime | None
    notice: list[Fact] = field(default_factory=list)


def post(job: Job, *, at: datetime, address: str = "") -> Post:
    """`address` is empty for readers who may not see it."""
    known = catalogue.category_of(job.subcategory)
    found = ranges([job.subcategory])
    return Post(
        job=job,
        labels=labels(job),
        category=catalogue.category(known).name(language()) if known else "",
        subcategory=subcategory_name(job.subcategory),
        price=prices.price(job),
        reckoning=prices.reckoning(job),
        hourly=_hourly(job, at, market.by_the_hour(job.subcategory, found)),
        market=market.told(job.subcategory, job.unit, found),
        facts=_facts(job),
        plan=[(step.title, step.amount, step.due_on) for step in job.terms.milestones],
        skills=skills.names(job.skills),
        files=files(job),
        answer_due=answer_due(job.apply_by, None, settings.RULES) if job.apply_by else None,
        notice=_notice(job, address),
    )


def _hourly(job: Job, at: datetime, beside: Market | None) -> dict[str, Any] | None:
    if not job.expected_hours:
        return None
    basis = _("The price less the fee, divided by the %(hours)s that the client expects.")
    basis %= {"hours": prices.hours(job.expected_hours)}
    rules = settings.RULES.on(day_of(at))
    return prices.hourly_bar(job, rules=rules, market=beside, basis=basis)


def _facts(job: Job) -> list[Fact]:
    rounds = ngettext("%(num)s round", "%(num)s rounds", job.revision_rounds)
    people = ngettext("%(num)s person", "%(num)s people", job.headcount)
    found: list[Fact] = [
        (_("What to deliver and in which form"), paragraphs(job.deliverables) or "—"),
        (_("When a delivery is accepted"), paragraphs(job.acceptance) or "—"),
        (_("Rounds of revision in the price"), rounds % {"num": job.revision_rounds}),
        (_("Delivery date"), ymd(job.delivery_on, language()) if job.delivery_on else "—"),
        (_("How many are wanted"), people % {"num": job.headcount}),
        (_("Rights"), _chosen("rights", job.rights, job.rights_note)),
        (
            _("Confidentiality"),
            _chosen("confidentiality", job.confidentiality, job.confidentiality_note),
        ),
        (_("Use of AI"), _chosen("ai_use", job.ai_use, job.ai_use_note)),
        (_("Who may apply"), _("Everyone")),
    ]
    if job.questions:
        lines = [f"{number}. {each}" for number, each in enumerate(job.questions, start=1)]
        found.append((_("Asked when you apply"), paragraphs("\n".join(lines))))
    return found


def _chosen(item: str, code: str, note: str) -> Markup:
    words = Markup("<p>{}</p>").format(terms.term_words(item, code))
    return words + paragraphs(note) if note else words


def _notice(job: Job, address: str) -> list[Fact]:
    """The six items of a recruiting notice (JO5). Who is not signed in sees no address and no
    name of a person."""
    recruiter = profiles.recruiter(job.client_id)
    name = recruiter.name if recruiter and recruiter.name else job.client.name
    contact = _("“Write to the recruiter alone”, below on this page; it stays on record")
    if address and recruiter and recruiter.contact_person:
        contact = f"{recruiter.contact_person} — {contact}"
    pay = _("%(price)s, tax included; paid within %(days)s days after acceptance") % {
        "price": prices.price(job),
        "days": settings.RULES.payout_days,
    }
    return [
        (_("Name of the recruiter"), name),
        (_("Address"), address or _("Shown to people who are signed in")),
        (_("Contact"), contact),
        (_("What the work is"), job.title),
        (_("Place of work"), job.place or "—"),
        (_("What it pays"), pay if job.budget_max else "—"),
    ]


def files(job: Job) -> list[dict[str, Any]]:
    rows: list[JobFile] = _files(job.pk) if job.pk else []
    beside = known({row.file_id: row.file.name for row in rows})
    return [
        {
            "id": row.pk,
            "href": reverse("job_file", args=[job.pk, row.file_id]),
            "name": row.file.name,
            "size": row.file.size,
            "icon_name": "clip",
            "known": beside[row.file_id],
        }
        for row in rows
    ]


@compiled
def _files(job_id: int) -> QuerySet[JobFile]:
    return JobFile.objects.filter(job_id=job_id).select_related("file").order_by("id")


def asked(job: Job, request: HttpRequest) -> tuple[list[dict[str, Any]], list[Question]]:
    """Answered and public questions as they are drawn, and those that wait for this reader."""
    questions = queries.questions_of(job, request.user)
    is_client = request.user.pk == job.client_id
    waiting = [each for each in questions if is_client and not each.answer]
    return [_question(each, job) for each in questions if each not in waiting], waiting


def _question(question: Question, job: Job) -> dict[str, Any]:
    spoken = language()
    facts = {"name": question.asker.name, "day": md(question.asked_at, spoken)}
    by = _("%(name)s, %(day)s") % facts
    if not question.is_public:
        by = _("%(name)s, %(day)s · only you two see this") % facts
    answered = ""
    if question.answered_at:
        day = md_hm(question.answered_at, spoken)
        answered = _("%(name)s, %(day)s") % {"name": job.client.name, "day": day}
    return {
        "question": question.text,
        "answer": question.answer,
        "meta_q": by,
        "meta_a": answered,
    }
