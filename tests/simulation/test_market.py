"""The demo market is whole, kind and free of figures, contacts and lures (issue B8)."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from enishi.jobs import policy as jobs
from enishi.jobs.catalogue import read as catalogue
from enishi.kit.rules import Rules
from enishi.profiles import policy as profiles
from enishi.proposals import policy as proposals
from enishi.simulation.market import read, voices

FILES = sorted(Path(read.__file__).parent.rglob("*.json"))
POSTS = [*read.posts(), *read.cast_posts()]
SUBCATEGORIES = sorted({post.subcategory_id for post in POSTS})

FIGURES = re.compile(r"rating|rank|stat|score|review_count|completion|reply_hours|verified|since")
CONTACTS = {
    "a mail address": re.compile(r"[\w.+-]+\s*[@＠]\s*[\w-]+"),
    "a telephone number": re.compile(
        r"[0０][\d０-９]{1,4}[-－ー‐ ]?[\d０-９]{2,4}[-－ー‐ ][\d０-９]{3,4}|\d{10,}"
    ),
    "an address on the web": re.compile(r"https?:|www\.|\.(com|jp|net|example)\b", re.IGNORECASE),
    "an id of a messenger": re.compile(
        r"(LINE|ライン|Discord|Skype|Telegram|WhatsApp|カカオ)\s*(ID|アイディー|で(ご)?連絡|を?(追加|交換))"
    ),
    "contact outside": re.compile(r"直接(ご)?連絡|個人のアドレス|外部の(チャット|フォーム)"),
}
LURES = re.compile(
    r"必ず(稼|儲)|簡単に稼|不労所得|副業で月|投資(の)?(案件|勧誘)|教材を購入|登録料|保証金|無料(で|の)(試|作)|無償"
)


def strings(value):
    """Every string and every key below, so that nothing hides in a corner of a file."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from strings(below)
    elif isinstance(value, list):
        for below in value:
            yield from strings(below)
    elif isinstance(value, str):
        yield value


def keys(value):
    if isinstance(value, dict):
        for key, below in value.items():
            yield key
            yield from keys(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys(below)


def records(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_market_has_its_people():
    assert len(read.workers()) == 60
    assert len(read.clients()) == 30
    assert read.cast().mio.grade == "operator"
    assert {read.cast().nao.grade, read.cast().kei.grade} == {"treasurer"}
    cast = read.cast()
    five = (cast.hana, cast.ren, cast.mio, cast.nao, cast.kei)
    everyone = (*read.workers(), *read.clients(), *read.office(), *five)
    assert len({each.email for each in everyone}) == len(everyone)
    assert len({each.name for each in everyone}) == len(everyone)


def test_workers_can_be_hired_from_what_they_wrote():
    """RA2 asks for an introduction of 300 characters; B7 for skills and hours."""
    for worker in (*read.workers(), read.cast().ren):
        assert catalogue.category(worker.category_id)
        assert all(catalogue.skill(skill) for skill in worker.skill_ids)
        assert worker.skill_ids
        assert len(worker.introduction) >= 300
        assert 0 < worker.hours_per_week <= 60
        assert worker.hours
        assert worker.experience
        assert worker.payee_kind in profiles.PAYEE_KINDS


def test_clients_have_the_facts_a_notice_and_the_tax_need():
    """JO5, CO10."""
    for client in (*read.clients(), read.cast().hana):
        assert profiles.payer_fits(client.kind, client.payer_kind)
        assert client.prefecture in profiles.PREFECTURES
        assert client.name_en.isascii()
        assert client.introduction
        assert (
            profiles.missing(
                kind=client.kind,
                recruiter_name=client.recruiter_name,
                contact_person=client.contact_person,
                prefecture=client.prefecture,
                city=client.city,
                address=client.address,
            )
            == []
        )


def test_people_without_an_organisation_keep_their_street():
    """JO5."""
    assert read.client("cl08").address_shown == "full"
    assert read.client("cl15").address_shown == "city"


def test_the_market_has_the_29_fixed_and_19_per_unit_posts():
    pricings = [post.pricing for post in read.posts()]

    assert (pricings.count("fixed"), pricings.count("per_unit")) == (29, 19)


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_a_post_is_complete(post):
    """JO4."""
    assert catalogue.subcategory(post.subcategory_id).category_id == post.category_id
    assert catalogue.unit(post.unit_id)
    assert all(catalogue.skill(skill) for skill in post.skill_ids)
    assert read.client(post.client_id)
    assert all(read.worker(worker) for worker in post.applicant_ids)
    assert post.title
    assert post.description
    assert post.deliverables
    assert post.questions
    assert 0 < len(post.place) <= 120
    assert post.headcount >= 1


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_amounts_are_whole_yen_and_milestones_share_them_exactly(post):
    """CO3."""
    assert [
        type(each) for each in (post.price_low, post.price_high, post.quantity, post.hours)
    ] == [int] * 4
    assert 0 < post.price_low <= post.price_high
    assert sum(each.share for each in post.milestones) == (
        post.quantity if post.pricing == "per_unit" else 1000
    )
    for total in (post.total_low, post.total_high):
        parts = read.amounts(total, post.milestones)
        assert sum(parts) == total
        assert min(parts) > 0


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_milestones_follow_each_other_within_the_delivery_days(post):
    assert list(post.due_days) == sorted(set(post.due_days))
    assert post.due_days[0] > 0
    assert timedelta(days=post.due_days[-1]) == timedelta(days=post.delivery_days)


def test_the_pay_of_no_post_is_below_the_softer_notice():
    """SA4: the demo shows good posts; low pay is shown by posts made for it."""
    for post in POSTS:
        assert post.total_low / post.hours >= 700, post.id


@pytest.mark.parametrize("category", catalogue.categories(), ids=lambda category: category.id)
def test_every_category_says_what_its_posts_leave_unsaid(category):
    """JO4, CO1."""
    defaults = read.defaults(category.id)

    assert 1 <= defaults.application_days <= 30
    assert 1 <= defaults.revision_rounds <= 3
    assert defaults.rights.kind in jobs.RIGHTS
    assert defaults.confidentiality.kind in jobs.CONFIDENTIALITY
    assert defaults.ai_use.kind in jobs.AI_USE
    assert sum(each.share for each in defaults.milestones) == 1000
    assert defaults.milestones[-1].by == 1000
    for text in (
        defaults.place,
        defaults.acceptance,
        defaults.inspection,
        defaults.rights.note,
        defaults.confidentiality.note,
        defaults.ai_use.note,
    ):
        assert text.endswith("。")
        assert len(text) <= 300


def test_what_a_category_says_is_its_own():
    for field in ("acceptance", "inspection", "confidentiality"):
        said = {getattr(read.defaults(each.id), field) for each in catalogue.categories()}
        assert len(said) == 12, field


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_every_question_has_an_answer_for_each_applicant(post):
    """AP1."""
    answers = voices.answers(post.id)

    assert len(answers) == len(post.questions)
    for variants in answers:
        assert len(variants) >= max(2, len(post.applicant_ids))
        assert len(set(variants)) == len(variants)
        assert all(variants)


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_no_two_applicants_of_a_post_write_the_same_message(post):
    written = voices.proposals(post.subcategory_id)

    assert len(set(written)) == len(written) >= max(2, len(post.applicant_ids))
    for proposal in written:
        said = voices.say(
            proposal,
            client="花",
            worker="蓮",
            title="{client}",
            experience="書店6年",
            hours="平日",
        )
        assert "蓮" in said
        assert "書店6年" in said
        assert "平日" in said
        assert "{worker}" not in said


def test_each_category_has_enough_to_say():
    written = records(Path(voices.__file__).parent / "texts" / "proposals.json")

    assert all(len(written[category.id]) >= 4 for category in catalogue.categories())
    for subcategory_id in SUBCATEGORIES:
        assert len(voices.delivery_notes(subcategory_id)) >= 2
        assert len(voices.revision_reasons(subcategory_id)) >= 2
        assert len(voices.public_questions(subcategory_id)) >= 2
        assert len(voices.later_dates(subcategory_id)) >= 4


def test_every_stage_of_a_thread_has_both_voices():
    for stage in voices.STAGES:
        for sender in ("client", "worker"):
            assert len(voices.messages(stage, sender)) >= 2


@pytest.mark.parametrize("direction", ["client_to_worker", "worker_to_client"])
@pytest.mark.parametrize("tone", voices.TONES)
def test_there_are_a_dozen_comments_of_each_tone(direction, tone):
    """RE1."""
    comments = voices.review_comments(direction, tone)

    assert len(set(comments)) == len(comments) >= 12


@pytest.mark.parametrize(
    "occasion",
    [
        "own_questions",
        "withdraw",
        "decline_offer",
        "withdraw_offer",
        "later_date_agreed",
        "later_date_declined",
        "shortlist_notes",
    ],
)
def test_every_decision_has_its_words(occasion):
    assert len(voices.decisions(occasion)) >= 2


def test_an_applicant_is_declined_for_a_known_reason():
    """AP2."""
    assert {each.reason for each in voices.declines()} == set(proposals.DECLINE_REASONS)
    assert len({each.text for each in voices.declines()}) >= 12


@pytest.mark.parametrize("occasion", ["reports", "report_decisions"])
def test_what_is_reported_has_its_words(occasion):
    assert len(voices.after_review(occasion)) == 2


@pytest.mark.parametrize("occasion", ["replies", "notes_to_office", "wishes", "early_ends"])
def test_what_follows_a_review_has_its_words(occasion):
    assert len(voices.after_review(occasion)) >= 4


@pytest.mark.parametrize("subcategory_id", SUBCATEGORIES)
def test_each_version_of_a_delivery_is_another_file(subcategory_id):
    """CO6 freezes hashes: a revision must differ."""

    def files(version):
        return voices.delivery_files(
            subcategory_id, title="便り", milestone="秋号", worker="蓮", version=version
        )

    assert files(1)
    for first, second in zip(files(1), files(2), strict=True):
        assert first.name != second.name
        assert first.content != second.content
        assert first.content_type.startswith("text/")
        assert "{" not in first.content.decode()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_figure_about_a_person_is_imported(path):
    """B8: ratings, ranks and counts arise from walked contracts."""
    assert [key for key in keys(records(path)) if FIGURES.search(key)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", CONTACTS)
def test_no_text_holds_a_way_around_the_platform(path, kind):
    """SA1."""
    found = [text for text in strings(records(path)) if CONTACTS[kind].search(text)]

    assert found == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_is_a_lure(path):
    """SA1."""
    assert [text for text in strings(records(path)) if LURES.search(text)] == []


def test_texts_ask_and_promise_without_shouting():
    for path in FILES:
        if path.parent.name == "texts":
            assert [text for text in strings(records(path)) if "！" in text or "!" in text] == []


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.id)
def test_a_post_may_open_as_it_stands(post):
    """JO4, JO5: with its category's defaults and its client's address nothing is missing."""
    today = date(2026, 4, 1)
    defaults = read.defaults(post.category_id)
    apply_by = today + timedelta(days=defaults.application_days)
    plan = zip(
        post.milestones, read.amounts(post.total_low, post.milestones), post.due_days, strict=True
    )
    terms = jobs.Terms(
        title=post.title,
        subcategory=post.subcategory_id,
        description=post.description,
        deliverables="\n".join(post.deliverables),
        acceptance=defaults.acceptance,
        pricing=post.pricing,
        unit=post.unit_id,
        unit_price=Decimal(post.price_low) if post.pricing == "per_unit" else None,
        quantity=post.quantity,
        milestones=tuple(
            jobs.PlannedMilestone(each.title, amount, apply_by + timedelta(days=days))
            for each, amount, days in plan
        ),
        expected_hours=Decimal(post.hours),
        headcount=post.headcount,
        apply_by=apply_by,
        delivery_on=apply_by + timedelta(days=post.delivery_days),
        questions=post.questions,
        skills=post.skill_ids,
        place=post.place,
        address=read.client(post.client_id).address,
    )

    assert jobs.faults(terms, today=today, rules=Rules()) == {}
    assert jobs.priced(terms) == (post.total_low, post.total_low)
