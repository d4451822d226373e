"""What may be said about a person, signal by signal (SA5): one table of definitions, and what they
give for the facts of one person. Pure.

The card, the page that explains it and the translations all read this table. There is no total, and
no signal counts for another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from enishi.kit.sentences import sentence as _
from enishi.reviews.policy import ESTABLISHED_FROM, ESTABLISHED_MEAN, SOME_FROM

SIDES = ("client", "worker")
CARD = 6  # signals of a card


@dataclass(frozen=True, slots=True)
class Mentions:
    """How many of the newest comments praise somebody on a theme, and how many find it wanting."""

    theme: str
    good: int
    bad: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the record holds about one person on one side. Sums and counts; spans in seconds."""

    joined_on: date
    side: str
    checked: tuple[tuple[str, date], ...] = ()  # kinds of verification that stand, with their days
    ratings: int = 0
    overall: int = 0  # sums of scores from 1 to 5
    communication: int = 0
    partnership: int = 0
    kept: int = 0
    promised: int = 0
    comments: int = 0
    themes: tuple[Mentions, ...] = ()
    replies: int = 0
    replies_within: int = 0
    reply_median: float | None = None  # None: at least half got no answer, or nothing was asked
    completed: int = 0
    faulted: int = 0  # ended early by this side's own fault
    deals: int = 0  # ended in whichever way
    applicants: int = 0
    answered: int = 0
    answer_median: float | None = None
    funded: int = 0  # pieces paid into escrow
    unfunded: int = 0  # deals in which the next piece's money never came
    inspected: int = 0  # deliveries that the client accepted or asked to revise
    deemed: int = 0  # deliveries accepted by the clock
    upheld: int = 0
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A signal as it is defined. `window` is the rule that says how many days back it looks, "" for
    all there is; `counts` is what its sample is counted in. The sentences may name rules."""

    key: str
    sides: tuple[str, ...]
    kind: str  # mean | share | replies | answers | day | count | rank | themes
    counts: str  # review | comment | wait | contract | applicant | piece | delivery | promise | ""
    window: str
    name: str
    formula: str
    made_of: str
    improve: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of one person. `value` is a mean or a share, exact; None: nothing to reckon it
    from. `part` of `sample` is a share's numerator; `span` a median."""

    key: str
    sample: int
    strength: str  # too_few | some | established
    value: Fraction | None = None
    part: int = 0
    span: timedelta | None = None
    day: date | None = None
    rank: str = ""
    themes: tuple[Mentions, ...] = ()


DEFINITIONS = (
    Definition(
        "communication",
        SIDES,
        "mean",
        "review",
        "",
        _("Communication"),
        _("sum of the item “communication” ÷ number of reviews"),
        _("The plain mean of this item in published reviews by the other side, after paid work."),
        _("Answer within a day, and say early when something changes."),
    ),
    Definition(
        "partnership",
        SIDES,
        "mean",
        "review",
        "",
        _("Working together"),
        _("sum of the item “working together” ÷ number of reviews"),
        _("The plain mean of this item in published reviews by the other side, after paid work."),
        _("Agree on details before the work begins, and keep to what was agreed."),
    ),
    Definition(
        "rating",
        SIDES,
        "mean",
        "review",
        "",
        _("Reviews"),
        _("sum of overall ratings ÷ number of reviews"),
        _("The plain mean of overall ratings by the other side, after paid work. Reviews that the "
          "office took out of the scores do not count."),
        _("Finish what you agree to. Reviews come with finished and paid contracts."),
    ),
    Definition(
        "themes",
        SIDES,
        "themes",
        "comment",
        "",
        _("What comments speak of"),
        _("number of comments that speak of a theme, by plain words"),
        _("The newest 200 comments that are shown. A theme is named once three of them speak of "
          "it; quotations, questions and wishes do not count."),
    ),
    Definition(
        "replies",
        SIDES,
        "replies",
        "wait",
        "reply_window_days",
        _("Reply time"),
        _("median time to an answer; answers within %(reply_hours)s hours ÷ messages that asked "
          "for one"),
        _("How long the other side waited for an answer in conversations. Days of leave are cut "
          "out; what needs no reply does not count."),
        _("Answer within %(reply_hours)s hours, even if only to say when you will."),
    ),
    Definition(
        "completion",
        SIDES,
        "share",
        "contract",
        "trust_window_days",
        _("Work brought to its end"),
        _("completed contracts ÷ (completed contracts + contracts ended early by this side's own "
          "fault)"),
        _("Contracts that are over. What ended early without fault, or by the other side's, does "
          "not count."),
        _("Agree only to what you can finish. Ask for another date before the old one passes."),
    ),
    Definition(
        "answers",
        ("client",),
        "answers",
        "applicant",
        "trust_window_days",
        _("Answers to applicants"),
        _("applicants who got an offer or a reason ÷ (those + applications that lapsed without an "
          "answer)"),
        _("Applications of this time that are answered or lapsed, and the median of the days to "
          "the answer. Withdrawn ones and those that still wait are left out."),
        _("Answer every applicant before the date shown. A decline counts as an answer."),
    ),
    Definition(
        "funded",
        ("client",),
        "share",
        "piece",
        "trust_window_days",
        _("Money in escrow on time"),
        _("pieces of work paid into escrow in time ÷ (those + contracts in which the money of a "
          "piece did not come within %(funding_days)s days)"),
        _("Each piece of work waits %(funding_days)s days for its money; then it is called off."),
        _("Pay into escrow soon after the contract is made. Nobody begins before."),
    ),
    Definition(
        "inspected",
        ("client",),
        "share",
        "delivery",
        "trust_window_days",
        _("Deliveries looked at in time"),
        _("deliveries accepted or sent back for revision ÷ (those + deliveries accepted by the "
          "rules because nobody answered)"),
        _("A delivery that is not looked at until its day is accepted by the rules, and paid."),
        _("Look at a delivery within a few days, and accept it or ask for a revision."),
    ),
    Definition(
        "promises",
        SIDES,
        "share",
        "promise",
        "",
        _("Promises kept"),
        _("promises kept ÷ promises that the other side was asked about"),
        _("Further work and higher pay that were promised. The other side says with its review "
          "whether the promise was kept."),
        _("Promise only what you mean to do, and come back to it with the next order."),
    ),
    Definition(
        "identity",
        SIDES,
        "day",
        "",
        "",
        _("Identity verified"),
        _("the day on which the office compared a document with the person"),
        _("A person of the office looked at a document of identity. The document itself is shown "
          "to nobody."),
        _("Hand in a document under “Verification”. It is erased after the decision."),
    ),
    Definition(
        "upheld",
        SIDES,
        "count",
        "contract",
        "trust_window_days",
        _("Reports upheld"),
        _("number of reports about this person that the office upheld"),
        _("Only what a person of the office found borne out by the record. Reports that wait or "
          "were not upheld never count."),
    ),
    Definition(
        "rank",
        ("worker",),
        "rank",
        "",
        "",
        _("Rank"),
        _("the highest rank whose conditions all hold"),
        _("Computed every morning, and whenever something changes, from conditions that everyone "
          "can read."),
        _("The page “My rank” names every condition and what is missing."),
    ),
    Definition(
        "since",
        SIDES,
        "day",
        "",
        "",
        _("Member since"),
        _("the day on which the account was opened"),
        _("Kept since the person joined. It says nothing of how they work."),
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in DEFINITIONS}
FIRST = ("communication", "partnership")  # on every card (SA5)
# Where a card stands → what stands on it after the first two, by the side it speaks about.
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "job": {
        "client": ("answers", "funded", "inspected", "rating"),
        "worker": ("rating", "completion", "replies", "rank"),
    },
    "proposal": {
        "client": ("answers", "funded", "inspected", "promises"),
        "worker": ("rating", "completion", "replies", "rank"),
    },
    "profile": {
        "client": ("answers", "funded", "promises", "themes"),
        "worker": ("completion", "replies", "promises", "themes"),
    },
    "thread": {
        "client": ("replies", "funded", "inspected", "upheld"),
        "worker": ("replies", "completion", "rating", "upheld"),
    },
    "contract": {
        "client": ("funded", "inspected", "replies", "promises"),
        "worker": ("completion", "replies", "rating", "rank"),
    },
    "case": {
        "client": ("identity", "upheld", "completion", "since"),
        "worker": ("identity", "upheld", "completion", "since"),
    },
}


def definitions(side: str) -> list[Definition]:
    """Those that speak of this side, in the order in which they are shown."""
    return [one for one in DEFINITIONS if side in one.sides]


def strength(sample: int, mean: Fraction | None = None) -> str:
    """How much a sample says: up to 3 too few, 4 to 9 some, from 10 on established. A mean rating
    is established from 4.0 on only; one below it has many samples and still stays at some."""
    if sample < SOME_FROM:
        return "too_few"
    if sample >= ESTABLISHED_FROM and (mean is None or mean >= ESTABLISHED_MEAN):
        return "established"
    return "some"


def signals(facts: Facts) -> list[Signal]:
    """Every signal of this side."""
    return [_signal(one, facts) for one in definitions(facts.side)]


def card(facts: Facts, place: str) -> list[Signal]:
    """The six of this place, communication and partnership first."""
    return chosen(facts, (*FIRST, *PLACES[place][facts.side]))


def chosen(facts: Facts, keys: Iterable[str]) -> list[Signal]:
    return [_signal(BY_KEY[key], facts) for key in keys]


def _signal(one: Definition, facts: Facts) -> Signal:
    match one.kind:
        case "mean":
            total = facts.overall if one.key == "rating" else getattr(facts, one.key)
            return _mean(one.key, total, facts.ratings)
        case "share":
            return _share(one.key, *_parts(one.key, facts))
        case "day":
            day = dict(facts.checked).get("identity") if one.key == "identity" else facts.joined_on
            return Signal(one.key, int(day is not None), _known(day is not None), day=day)
        case "rank":
            is_ranked = facts.rank not in ("", "unranked")
            return Signal(one.key, int(is_ranked), _known(is_ranked), rank=facts.rank or "unranked")
        case "count":
            return Signal(one.key, facts.deals, strength(facts.deals), part=facts.upheld)
        case "themes":
            named = strength(facts.comments) if facts.themes else "too_few"
            return Signal(one.key, facts.comments, named, themes=facts.themes)
    return _timed(one, facts)


def _parts(key: str, facts: Facts) -> tuple[int, int]:
    return {
        "completion": (facts.completed, facts.completed + facts.faulted),
        "funded": (facts.funded, facts.funded + facts.unfunded),
        "inspected": (facts.inspected, facts.inspected + facts.deemed),
        "promises": (facts.kept, facts.promised),
    }[key]


def _timed(one: Definition, facts: Facts) -> Signal:
    """A share with the median time that belongs to it."""
    if one.kind == "replies":
        part, sample, median = facts.replies_within, facts.replies, facts.reply_median
    else:
        part, sample, median = facts.answered, facts.applicants, facts.answer_median
    found = _share(one.key, part, sample)
    span = None if median is None else timedelta(seconds=median)
    return Signal(one.key, sample, found.strength, found.value, part, span)


def _mean(key: str, total: int, count: int) -> Signal:
    value = Fraction(total, count) if count else None
    return Signal(key, count, strength(count, value), value)


def _share(key: str, part: int, whole: int) -> Signal:
    return Signal(key, whole, strength(whole), Fraction(part, whole) if whole else None, part)


def _known(is_known: bool) -> str:
    """What the market itself has checked needs no sample; what is not there says nothing."""
    return "established" if is_known else "too_few"
