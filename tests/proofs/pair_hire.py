"""What a hire leaves behind, in every state: posts, applications, deals, reviews, words."""

from datetime import timedelta
from typing import Any

from enishi.contracts.commands import changing, delivering, ending, offering
from enishi.contracts.models import Contract
from enishi.documents.models import Document
from enishi.drafts import commands as drafts
from enishi.files import commands as files
from enishi.jobs import commands as jobs
from enishi.jobs.models import Job
from enishi.jobs.policy import PlannedMilestone
from enishi.kit.days import day_of
from enishi.messaging import commands as messaging
from enishi.proposals import commands as proposals
from enishi.proposals.models import Proposal
from enishi.reviews import commands as reviews
from enishi.reviews import ruling
from enishi.reviews.policy import Closing
from enishi.safety import commands as safety
from tests import make

from .canaries import LONG
from .pair_parts import NOON, SCORES, Pair, joined, upload


def _post(of: Pair, **changes: Any) -> Job:
    return make.job(client=of.client, address=of.said["post-address"], **changes)


def posts(of: Pair) -> None:
    said = of.said
    words = {
        "title": said["draft-title"],
        "description": said["draft-description"],
        "deliverables": said["draft-deliverables"],
        "acceptance": said["draft-acceptance"],
        "place": said["draft-place"],
        "address": said["draft-address"],
        "questions": (said["draft-question"],),
        "rights_note": said["draft-rights"],
    }
    attached = [upload(said["draft-file-name"], said["draft-file-bytes"])]
    draft = jobs.draft(by=of.client, at=NOON, terms=make.terms(**words), files=attached)
    of.things["draft"] = {"job_id": draft.pk, "file_id": draft.files.get().file_id}

    shown = {"title": said.public(f"Open post {of.key}", 120), "address": said["post-address"]}
    shown |= {"deliverables": said.public("A file", LONG), "place": said.public("At home", 120)}
    shown |= {"acceptance": said.public("It is agreed to.", LONG)}
    shown |= {"questions": (said.public("Which day suits you?", LONG),)}
    notes = ("rights_note", "confidentiality_note", "ai_use_note")
    shown |= {name: said.public("", 300) for name in notes}
    before = make.terms(**shown, description=said["words-before-an-edit"])
    post = jobs.publish(
        None, by=of.client, at=NOON, terms=before, files=[upload("plan", "Open to all.")]
    )
    of.things["post"] = {"job_id": post.pk, "file_id": post.files.get().file_id}
    public = jobs.ask(post.pk, by=of.worker, at=NOON, text=said.public("Which font?", LONG))
    of.things["question"] = {"question_id": public.pk, "job_id": post.pk}
    relayed = jobs.ask(
        post.pk, by=of.worker, at=NOON, text=said["relayed-question"], is_public=False
    )
    jobs.answer(relayed.pk, by=of.client, at=NOON, text=said["relayed-answer"])
    of.things["relayed"] = {"question_id": relayed.pk, "job_id": post.pk}
    of.things["closed post"] = {"job_id": _post(of, status="closed").pk}


def _applied(of: Pair, to: Job, **changes: Any) -> Proposal:
    words = {
        "message": of.said["application-message"],
        "answers": dict.fromkeys(to.questions, of.said["application-answer"]),
        "questions_back": of.said["application-question"],
    }
    return make.proposal(to=to, worker=of.worker, **words | changes)


def applications(of: Pair) -> None:
    post = Job.objects.get(pk=of.things["post"]["job_id"])
    sent = _applied(of, post)
    proposals.note(sent.pk, by=of.client, text=of.said["note-on-applicant"])
    proposals.release_address(sent.pk, by=of.client, at=NOON)
    kept = ("title", "address", "deliverables", "place", "acceptance")
    kept += ("rights_note", "confidentiality_note", "ai_use_note")
    words = {name: getattr(post, name) for name in kept} | {"questions": tuple(post.questions)}
    words["description"] = of.said.public("Now it says less.", LONG)
    after = make.terms(**words)
    jobs.edit(post.pk, by=of.client, at=NOON, terms=after)
    of.things["application"] = {"proposal_id": sent.pk, "thread_id": sent.thread_id}
    of.things["comparison"] = {"job_id": post.pk, "?": f"with={sent.pk}"}
    no = _applied(of, _post(of))
    words = {"reason": "other", "message": of.said["reason-of-decline"]}
    proposals.decline(no.pk, by=of.client, at=NOON, **words)
    of.things["declined"] = {"proposal_id": no.pk}


def _offered(of: Pair) -> Contract:
    said, day = of.said, day_of(NOON)
    parts = tuple(
        PlannedMilestone(said["milestone-title"], 20_000, day + timedelta(days=14 * number))
        for number in (1, 2, 3)
    )
    terms = make.offer_terms(
        title=said["contract-title"],
        content=said["contract-content"],
        deliverable=said["contract-deliverable"],
        acceptance=said["contract-acceptance"],
        place=said["contract-place"],
        rights_note=said["contract-rights"],
        confidentiality_note=said["contract-secrecy"],
        ai_use_note=said["contract-ai"],
        milestones=parts,
    )
    sent = _applied(of, _post(of))
    return offering.offer(sent.pk, by=of.client, at=NOON, terms=terms)


def _deal(of: Pair, name: str, state: str) -> Contract:
    """A contract in a state, known to the walk by that name, with its first milestone."""
    made = _offered(of)
    walk = ["offered", "agreed", "active", "delivered"]
    if walk.index(state) >= 1:
        make.agree(made)
    if walk.index(state) >= 2:
        make.fund(make.milestone(made))
    if walk.index(state) >= 3:
        _hand_over(of, made)
    part = make.milestone(made)
    ids = {"proposal_id": made.proposal_id, "thread_id": made.thread_id}
    of.things[name] = ids | {"contract_id": made.pk, "milestone_id": part.pk}
    return made


def _hand_over(of: Pair, made: Contract) -> None:
    given = upload(of.said["delivered-file-name"], of.said["delivered-file-bytes"])
    stored = files.store(given, by=of.worker, at=NOON)
    part, words = make.milestone(made), of.said["delivered-words"]
    delivering.deliver(part.pk, by=of.worker, at=NOON, body=words, files=[stored])


def deals(of: Pair) -> None:
    _deal(of, "offered", "offered")
    _deal(of, "agreed", "agreed")
    working = _deal(of, "working", "active")
    words = {"reason_kind": "other", "reason": of.said["reason-of-change"]}
    change = changing.request(
        make.milestone(working).pk,
        by=of.worker,
        at=NOON,
        due_on=day_of(NOON) + timedelta(days=20),
        **words,
    )
    of.things["change"] = {"change_id": change.pk}
    delivered = _deal(of, "delivered", "delivered")
    handed = make.milestone(delivered).deliveries.get()
    of.things["delivered file"] = {
        "delivery_id": handed.pk,
        "file_id": handed.files.get().file_id,
    }


def more_deals(of: Pair) -> None:
    revised = _deal(of, "revising", "delivered")
    delivering.ask_revision(
        make.milestone(revised).pk, by=of.client, at=NOON, reason=of.said["reason-of-revision"]
    )
    taken = _deal(of, "withdrawn", "offered")
    offering.withdraw(taken.pk, by=of.client, at=NOON, reason=of.said["reason-of-ending"])
    returned = _deal(of, "refunded", "active")
    part = make.milestone(returned)
    ending.give_back(part.pk, by=of.worker, at=NOON, reason=of.said["reason-of-refund"])
    paper = Document.objects.about(Contract.objects.get(pk=of.things["agreed"]["contract_id"]))
    of.things["paper"] = {"document_id": paper[0].pk}


def completed(of: Pair) -> Contract:
    sent = _applied(of, _post(of))
    made = offering.offer(sent.pk, by=of.client, at=NOON, terms=make.offer_terms())
    make.agree(made)
    part = make.milestone(made)
    make.deliver(make.fund(part))
    delivering.accept(part.pk, by=of.client, at=NOON)
    return Contract.objects.get(pk=made.pk)


def finished(of: Pair) -> None:
    one_sided, whole = completed(of), completed(of)
    words = {"comment": of.said["review-unpublished"]}
    words["private_note"] = of.said["review-private-note"]
    closing = Closing(better=of.said["closing-note"], again="yes")
    said = {"scores": SCORES, "overall": 4, "closing": closing, **words}
    unread = reviews.write(one_sided.pk, by=of.client, at=NOON, **said)
    of.things["unpublished"] = {"review_id": unread.pk}
    of.things["one-sided"] = {"contract_id": one_sided.pk}
    comment = of.said.public("A good time.", LONG)
    for person in (of.client, of.worker):
        reviews.write(whole.pk, by=person, at=NOON, scores=SCORES, overall=5, comment=comment)
    given = whole.reviews.get(subject=of.worker)
    of.things["reviewed"] = {"contract_id": whole.pk, "review_id": given.pk}


def reported(of: Pair) -> None:
    """A report that waits, one that was decided, and a review that was hidden for a while."""
    judge = joined(f"Judge {of.key}", f"judge-{of.key}", "worker", office_grade="operator")
    words = {"by": of.worker, "at": NOON, "kind": "extortion", "text": of.said["text-of-report"]}
    waiting = safety.report("contract", of.things["one-sided"]["contract_id"], **words)
    of.things["report"] = {"report_id": waiting.pk}
    review_id = of.things["reviewed"]["review_id"]
    over = safety.report("review", review_id, **words)
    safety.dismiss(over.pk, by=judge, at=NOON, reason=of.said["reason-of-decision"])
    of.things["decided report"] = {"report_id": over.pk}
    for effect in ("hidden", "restored"):
        why = of.said["reason-of-ruling"]
        ruling.rule(review_id, by=judge, at=NOON, effect=effect, reason=why)


def talk(of: Pair) -> None:
    thread_id = of.things["application"]["thread_id"]
    given = upload(of.said["message-file-name"], of.said["message-file-bytes"])
    message = messaging.post(
        thread_id, by=of.client, at=NOON, body=of.said["message"], files=[given]
    )
    attached = message.files.get()
    of.things["thread"] = {"thread_id": thread_id, "file_id": attached.file_id}
    place, boxes = f"thread-{thread_id}", {"body": [of.said["unsent-words"]]}
    kept = drafts.keep(place, by=of.client, at=NOON, boxes=boxes)
    of.things["kept"] = {"draft_id": kept.pk, "?": f"place={place}"}
