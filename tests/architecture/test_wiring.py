"""The one table of reactions is complete: events, subscribers, clocks, sentences."""

import re
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import import_string

from enishi import wiring
from enishi.kit.rules import Rules

CODE = Path(__file__).parents[2] / "enishi"
NAME = re.compile(
    r'"((?:account|leave|file|profile|bank_account|job|proposal|message|contract|milestone|change'
    r"|membership|payment|refund|payout|chargeback|batch|holder|act|difference|review|report|verification"
    r'|rank|finding)\.[a-z_]+)"'
)
BY_STATUS = re.compile(r'f"(\w+)\.\{\w+\.status\}"')  # an event named after the state reached
WRITERS = {
    "commands",
    "journal",
    "scans",
    "reconciling",
    "batches",
    "ruling",
    "findings",
}  # modules and packages that change something
WAITING = {
    "jobs.Job": {"open", "paused"},
    "proposals.Proposal": {"sent", "shortlisted"},
    "organisations.Membership": {"invited"},
    "contracts.Contract": {"offered", "agreed", "completed", "ended"},
    "contracts.Milestone": {"unfunded", "funded", "held", "delivered", "revising"},
    "contracts.ChangeRequest": {"requested"},
    "payments.Chargeback": {"open", "answered", "lost"},
    "payments.Refund": {"failed"},
    "payments.PayoutBatch": {"sent"},
    "payments.HolderCheck": {"waiting"},
    "office.MoneyAct": {"proposed"},
    "office.Difference": {"open"},
    "verification.Verification": {"submitted", "approved"},
    "verification.SealedPicture": {"kept"},
    "safety.Report": {"open"},
    "ranks.Standing": {"falling"},
    "office.Finding": {"open"},
}


def recorded() -> set[str]:
    """Names handed to `record` or to one of the small functions that call it."""
    found = set()
    for path in CODE.rglob("*.py"):
        if "notifications" in path.parts or not WRITERS & {*path.parts, path.stem}:
            continue
        source = path.read_text(encoding="utf-8")
        found |= {match.group(1) for match in NAME.finditer(source)}
        for kind in BY_STATUS.findall(source):
            found |= {name for name in wiring.LATER if name.startswith(f"{kind}.")}
    return found


def codes() -> set[str]:
    return set(wiring.sentences())


def test_every_event_in_the_table_is_recorded_somewhere():
    assert set(wiring.LATER) | set(wiring.AT_ONCE) <= recorded()


def test_every_recorded_event_stands_in_the_table():
    assert {name for name in recorded() if name not in codes()} <= set(wiring.LATER)


def test_every_subscriber_exists():
    for table in (wiring.AT_ONCE, wiring.LATER):
        for path in {path for paths in table.values() for path in paths}:
            assert callable(import_string(path))
    for path in wiring.SWEPT.values():
        assert callable(import_string(path))


def test_every_waiting_state_has_a_clock_and_every_clock_a_waiting_state():
    declared: dict[str, set[str]] = {}
    for clock in wiring.CLOCKS:
        declared.setdefault(clock.subject, set()).add(clock.state)

    assert declared == WAITING
    assert set(declared) == set(wiring.SWEPT)


def test_every_model_that_can_wait_is_swept():
    waiting = {model._meta.label for model in apps.get_models() if hasattr(model, "waiting_since")}

    assert waiting == set(wiring.SWEPT)


def test_every_clock_says_whose_turn_it_is_and_what_comes():
    for clock in wiring.CLOCKS:
        assert clock.owner in ("client", "worker", "both", "office")
        assert clock.says.endswith(".")
        assert clock.outcome in [step.name for step in clock.steps]
        assert re.fullmatch(r"(CL|AP|JO|PE|RA)\d+", clock.rule)


def test_no_sentence_of_a_clock_has_a_number_of_its_own():
    """Every number comes from the rules of the instance (product.md, head)."""
    for clock in wiring.CLOCKS:
        reminders = [step for step in clock.steps if step.name != clock.outcome]
        said = [clock.says, clock.lasts, *(step.says for step in clock.steps)]
        said += [step.comes for step in clock.steps]
        assert [words for words in said if re.search(r"\d", words)] == []
        assert all(step.comes for step in reminders)
        assert clock.lasts
        for words in (clock.lasts, *(step.comes for step in reminders)):
            assert "%(" not in Rules().fill(words)
