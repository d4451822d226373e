"""What a post must say (JO4, JO5), what it costs, and what an edit changed (JO6)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from enishi.jobs import policy
from enishi.jobs.policy import PlannedMilestone, Terms
from enishi.kit.rules import Rules
from tests import make

TODAY = date(2026, 4, 1)
RULES = Rules()


def faults(terms: Terms) -> dict[str, str]:
    return policy.faults(terms, today=TODAY, rules=RULES)


def plan(*steps: tuple[int, date]) -> tuple[PlannedMilestone, ...]:
    return tuple(PlannedMilestone(f"Step {n}", *step) for n, step in enumerate(steps, start=1))


def test_complete_terms_may_open():
    assert faults(make.terms()) == {}


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("title", ""),
        ("subcategory", ""),
        ("description", ""),
        ("deliverables", ""),
        ("acceptance", ""),
        ("expected_hours", None),
        ("apply_by", None),
        ("delivery_on", None),
        ("place", ""),
        ("address", ""),
    ],
)
def test_each_item_the_law_and_the_market_ask_for_is_needed(name, empty):
    assert faults(make.terms(**{name: empty})) == {name: "job.missing"}


def test_a_post_per_unit_says_unit_price_and_quantity():
    bare = make.terms(pricing="per_unit", budget_min=0, budget_max=0)

    assert faults(bare) == {
        "unit": "job.missing",
        "unit_price": "job.missing",
        "quantity": "job.missing",
    }


def test_unit_times_quantity_is_rounded_down_to_the_yen():
    terms = make.terms(
        pricing="per_unit", unit="character", unit_price=Decimal("1.25"), quantity=3001
    )

    assert policy.priced(terms) == (3751, 3751)
    assert faults(terms) == {}


def test_the_price_of_a_plan_is_its_sum_whatever_was_typed_beside_it():
    terms = make.terms(
        budget_min=5, budget_max=9, milestones=plan((20_000, TODAY), (40_000, TODAY))
    )

    assert policy.priced(terms) == (60_000, 60_000)


def test_one_typed_price_is_lowest_and_highest():
    assert policy.priced(make.terms(budget_min=0, budget_max=700)) == (700, 700)
    assert policy.priced(make.terms(budget_min=700, budget_max=0)) == (700, 700)


@pytest.mark.parametrize(
    ("lowest", "highest", "found"),
    [
        (RULES.price_least, RULES.price_least, {}),
        (0, RULES.price_least - 1, {"budget_max": "job.price_too_low"}),
        (RULES.price_least - 1, 500, {"budget_max": "job.price_too_low"}),
        (0, RULES.price_most, {}),
        (0, RULES.price_most + 1, {"budget_max": "job.price_too_high"}),
        (600, 500, {"budget_min": "job.range_reversed"}),
        (0, 0, {"budget_max": "job.missing"}),
    ],
)
def test_the_price_keeps_to_what_escrow_can_hold(lowest, highest, found):
    assert faults(make.terms(budget_min=lowest, budget_max=highest)) == found


def test_the_deadline_may_be_today_and_not_yesterday():
    assert faults(make.terms(apply_by=TODAY)) == {}
    yesterday = TODAY - timedelta(days=1)
    assert faults(make.terms(apply_by=yesterday)) == {"apply_by": "job.deadline_past"}


def test_the_delivery_does_not_lie_before_the_deadline():
    terms = make.terms(apply_by=date(2026, 4, 9), delivery_on=date(2026, 4, 8))

    assert faults(terms) == {"delivery_on": "job.delivery_before_deadline"}


@pytest.mark.parametrize("headcount", [0, RULES.headcount_most + 1])
def test_the_headcount_has_its_limits(headcount):
    assert faults(make.terms(headcount=headcount)) == {"headcount": "job.headcount_out_of_range"}


@pytest.mark.parametrize("name", ["stop_after", "stop_at_good"])
def test_a_limit_of_none_is_no_limit_and_zero_is_a_mistake(name):
    assert faults(make.terms(**{name: 1})) == {}
    assert faults(make.terms(**{name: 0})) == {name: "job.limit_too_low"}


def test_questions_are_few_and_different():
    many = tuple(str(n) for n in range(policy.QUESTIONS_MOST + 1))

    assert faults(make.terms(questions=many)) == {"questions": "job.too_many_questions"}
    assert faults(make.terms(questions=many[:-1])) == {}
    assert faults(make.terms(questions=("Why?", "Why?"))) == {"questions": "job.question_twice"}


APPLY_BY, DELIVERY = date(2026, 4, 15), date(2026, 5, 15)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([(30_000, APPLY_BY), (30_000, DELIVERY)], {}),
        ([(30_000, DELIVERY), (30_000, APPLY_BY)], {"milestones": "job.milestones_out_of_order"}),
        (
            [(30_000, APPLY_BY - timedelta(days=1)), (30_000, DELIVERY)],
            {"milestones": "job.milestones_out_of_order"},
        ),
        ([(30_000, DELIVERY + timedelta(days=1))], {"milestones": "job.milestones_out_of_order"}),
        ([(99, APPLY_BY), (30_000, DELIVERY)], {"milestones": "job.price_too_low"}),
        ([(100, APPLY_BY)] * 21, {"milestones": "job.too_many_milestones"}),
        (
            [(RULES.price_most, APPLY_BY), (100, DELIVERY)],
            {"milestones": "job.price_too_high"},
        ),
    ],
)
def test_a_plan_is_in_step_with_the_post(steps, found):
    assert faults(make.terms(milestones=plan(*steps))) == found


def test_a_plan_of_units_adds_up():
    units = {"pricing": "per_unit", "unit": "article", "unit_price": Decimal(6000), "quantity": 10}
    right = plan((20_000, APPLY_BY), (40_000, DELIVERY))
    wrong = plan((20_000, APPLY_BY), (39_999, DELIVERY))

    assert faults(make.terms(**units, milestones=right)) == {}
    assert faults(make.terms(**units, milestones=wrong)) == {
        "milestones": "job.milestones_do_not_add_up"
    }


def test_the_difference_names_what_changed_in_the_order_of_the_form():
    old = make.terms()
    new = replace(old, title="Another", apply_by=date(2026, 4, 20), ai_use="free")

    assert policy.difference(old, new) == ["title", "apply_by", "ai_use"]
    assert policy.difference(old, old) == []


def test_what_was_said_is_kept_as_plain_values_without_the_address():
    """JO6, JO5"""
    old = make.terms(
        unit_price=Decimal("1.50"), milestones=plan((500, APPLY_BY)), address="1-2-3 Asakusa"
    )

    assert policy.said(old, ["title", "unit_price", "apply_by", "milestones", "address"]) == {
        "title": old.title,
        "unit_price": "1.50",
        "apply_by": "2026-04-15",
        "milestones": [{"title": "Step 1", "amount": 500, "due_on": "2026-04-15"}],
    }


def test_new_days_move_the_plan_along():
    old = make.terms(milestones=plan((500, date(2026, 5, 1)), (500, DELIVERY)))

    new = policy.rescheduled(old, apply_by=APPLY_BY, delivery_on=DELIVERY + timedelta(days=10))

    assert [step.due_on for step in new.milestones] == [date(2026, 5, 11), date(2026, 5, 25)]
    assert policy.difference(old, new) == ["milestones", "delivery_on"]
