"""A compiled query set gives what the query set itself would give, whatever it is asked with."""

from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Count, F, Q

from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Milestone
from enishi.files import commands as files
from enishi.files.models import StoredFile
from enishi.kit.compiled import FAR, MARK, compiled
from enishi.kit.days import TOKYO
from tests import make
from tests.make import NOON

from .rows import held

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def people():
    return [make.account(name) for name in ("Ada", "Ben", "Cleo", "Dan")]


@pytest.fixture
def stored(people):
    uploads = [SimpleUploadedFile(f"{number}.txt", b"words") for number in range(3)]
    return [files.store(upload, by=people[0], at=NOON) for upload in uploads]


@pytest.fixture
def parts():
    return list(make.contract("agreed", parts=3).milestones.order_by("position"))


@compiled
def by_id(pk: int):
    return Account.objects.filter(pk=pk)


@compiled
def above(pk: int, name: str):
    return Account.objects.filter(pk__gt=pk).exclude(name=name).order_by("-pk")


@compiled
def named(name: str):
    return Account.objects.filter(name=name)


@compiled
def joined_after(at: datetime):
    return Account.objects.filter(joined_at__gt=at).order_by("pk")


@compiled
def due_by(day: date):
    return Milestone.objects.filter(due_on__lte=day).order_by("position")


@compiled
def file_of(key: UUID):
    return StoredFile.objects.filter(pk=key)


@compiled
def among(ids: list[int]):
    return Account.objects.filter(pk__in=ids).order_by("pk")


@compiled
def not_among(ids: list[int]):
    return Account.objects.exclude(pk__in=ids).order_by("pk")


@compiled
def among_names(names: list[str]):
    return Account.objects.filter(name__in=names).order_by("pk")


@compiled
def among_files(keys: list[UUID]):
    return StoredFile.objects.filter(pk__in=keys).order_by("pk")


@compiled
def among_days(days: list[date]):
    return Milestone.objects.filter(due_on__in=days).order_by("position")


@compiled
def among_moments(moments: list[datetime]):
    return Account.objects.filter(joined_at__in=moments).order_by("pk")


@compiled
def either(ids: list[int], names: list[str]):
    return Account.objects.filter(Q(pk__in=ids) | Q(name__in=names)).order_by("pk")


@compiled
def narrowed(pk: int, name: str | None, is_active: bool | None):
    found = Account.objects.filter(pk__gte=pk)
    if name is not None:
        found = found.filter(name=name)
    if is_active is not None:
        found = found.filter(is_active=is_active)
    return found.order_by("pk")


def same(query, *args):
    """The rows, which are those of the uncompiled query, as many as the database counts."""
    rows, expected = query(*args), list(query.query_set(*args))
    assert rows == expected
    assert query.count(*args) == len(expected)
    assert [vars(row).keys() for row in rows] == [vars(row).keys() for row in expected]
    return rows


# Values


@pytest.mark.parametrize("big", [0, -1, 2**31, 2**63 - 1, 2**63, 10**30, MARK, MARK + 1])
def test_a_whole_number_of_any_size(people, big):
    assert same(by_id, people[1].pk) == [people[1]]
    assert same(by_id, big) == []


@pytest.mark.parametrize(
    "name", ["", "%", "%s", "'", "\\", "縁", f"stand-in {MARK}", "%(a)s", "$1"]
)
def test_words_of_any_kind(people, name):
    Account.objects.filter(pk=people[0].pk).update(name=name)

    assert same(named, name) == people[:1]
    assert same(named, "Ben") == [people[1]]


def test_a_moment_in_any_zone_to_the_microsecond(people):
    instant = NOON + timedelta(microseconds=1)
    Account.objects.filter(pk=people[2].pk).update(joined_at=instant)
    tokyo = instant.astimezone(TOKYO)

    assert same(joined_after, NOON) == [people[2]]
    assert same(joined_after, tokyo) == []
    assert same(joined_after, tokyo - timedelta(microseconds=1)) == [people[2]]
    assert same(joined_after, datetime(2999, 1, 1, tzinfo=UTC)) == []


def test_a_day_is_no_moment(parts):
    first = parts[0].due_on

    assert same(due_by, first) == parts[:1]
    assert same(due_by, first - DAY) == []
    assert same(due_by, date.max) == parts
    with pytest.raises(TypeError):
        due_by(NOON)


def test_an_identifier(stored):
    assert same(file_of, stored[1].pk) == [stored[1]]
    assert same(file_of, uuid4()) == []
    assert same(file_of, UUID(int=MARK)) == []


def test_values_keep_their_places(people):
    assert same(above, people[0].pk, "Cleo") == [people[3], people[1]]
    assert same(above, people[1].pk, "Nobody") == [people[3], people[2]]


def test_a_value_equal_to_a_stand_in_is_a_value_like_any_other(people):
    for pk, name in ((MARK, f"stand-in {MARK}"), (MARK + 1, f"stand-in {MARK + 1}")):
        Account.objects.filter(pk=people[0].pk).update(name=name)

        assert same(above, pk, name) == []
        assert people[0] not in same(above, 0, name)
        assert same(named, name) == [people[0]]
    assert same(joined_after, FAR.replace(tzinfo=UTC) + timedelta(microseconds=1)) == []
    assert same(among, [MARK, people[0].pk]) == [people[0]]


# Lists


@pytest.mark.parametrize("shape", [list, tuple, set, frozenset])
def test_a_list_of_any_shape_and_length(people, shape):
    ids = [one.pk for one in people]

    assert same(among, shape(ids[:1])) == people[:1]
    assert same(among, shape(ids[1:3])) == people[1:3]
    assert same(among, shape([*range(10**6, 10**6 + 1000), *ids])) == people
    assert same(among, shape([])) == []
    assert same(not_among, shape(ids[1:])) == people[:1]
    assert same(not_among, shape([])) == people


def test_lists_of_every_kind(people, stored, parts):
    keys, days = [one.pk for one in stored], [part.due_on for part in parts]
    moments = [Account.objects.get(pk=people[0].pk).joined_at, NOON]

    assert same(among_names, ["Ben", "Ada", "{,}", '"', "NULL"]) == people[:2]
    assert same(among_files, [*keys[:2], uuid4()]) == stored[:2]
    assert same(among_days, days[1:]) == parts[1:]
    assert set(people) <= set(same(among_moments, moments))


@pytest.mark.parametrize("query", [among, among_names, among_files, among_days, among_moments])
def test_an_empty_list_is_understood_before_any_other_came(query):
    anew = compiled(query._write)

    assert same(anew, []) == []


def test_two_empty_lists_may_be_of_different_kinds(people):
    anew = compiled(either._write)

    assert same(anew, [], []) == []
    assert same(anew, [], ["Ben"]) == [people[1]]
    assert same(anew, [people[0].pk], []) == [people[0]]


def test_an_empty_list_and_a_full_one_are_asked_as_often(people, django_assert_num_queries):
    for ids in ([], [people[0].pk]):
        with django_assert_num_queries(1):
            among(ids)


def test_none_in_a_list_equals_nothing_and_hides_nothing(people):
    ids = [None, people[0].pk, None]

    assert same(compiled(among._write), ids) == people[:1]
    assert same(not_among, ids) == people[1:]
    assert same(compiled(among._write), [None]) == []


# Forms


def test_none_and_truth_values_are_forms_of_their_own(people):
    Account.objects.filter(pk=people[2].pk).update(closed_at=NOON, is_active=False)
    first = people[0].pk

    assert same(narrowed, first, None, None) == people
    assert same(narrowed, first, None, True) == [people[0], people[1], people[3]]
    assert same(narrowed, first, None, False) == [people[2]]
    assert same(narrowed, first, "Cleo", True) == []
    assert same(narrowed, first, "Cleo", None) == [people[2]]
    assert len(narrowed._known) == 5


def test_one_form_is_written_once(people):
    written = []

    @compiled
    def counted(pk: int):
        written.append(pk)
        return Account.objects.filter(pk=pk)

    for one in people:
        assert counted(one.pk) == [one]

    assert written == [MARK]


# What comes back


def test_the_first_and_the_only_row(people):
    assert named.first("Ben") == people[1]
    assert named.first("Nobody") is None
    assert named.get("Ben") == people[1]
    with pytest.raises(Account.DoesNotExist):
        named.get("Nobody")


def test_rows_are_fresh_each_time_and_can_be_saved(people):
    one, again = named.get("Ben"), named.get("Ben")
    assert one is not again

    one.name = "Bea"
    one.save()

    assert (named.first("Ben"), named.get("Bea"), one._state.db) == (None, people[1], "default")


@pytest.mark.parametrize(
    "write",
    [
        lambda pk: Contract.objects.filter(pk__gte=pk).select_related("client", "job__client"),
        lambda pk: Contract.objects.filter(pk__gte=pk).only("id", "status"),
        lambda pk: Contract.objects.filter(pk__gte=pk).defer("content"),
        lambda pk: Contract.objects.filter(pk__gte=pk).values("pk", "client__name"),
        lambda pk: Contract.objects.filter(pk__gte=pk).values_list("pk", flat=True),
        lambda pk: Contract.objects.filter(pk__gte=pk).annotate(who=F("client__name")),
        lambda pk: Contract.objects.values("status").filter(pk__gte=pk).annotate(n=Count("pk")),
        lambda pk: Contract.objects.filter(pk__gte=pk).values_list("status").distinct(),
        lambda pk: Contract.objects.filter(pk__gte=pk).order_by("-pk")[:1],
        lambda pk: Contract.objects.filter(pk__gte=pk).order_by("pk")[1:3],
        lambda pk: Contract.objects.select_for_update().filter(pk__gte=pk),
    ],
)
def test_rows_of_every_shape(write):
    contracts = [make.contract(state) for state in ("offered", "agreed", "active")]
    query = compiled(write)

    for pk in (0, contracts[1].pk, 10**9):
        rows, expected = query(pk), list(write(pk))
        assert rows == expected
        assert [held(row) for row in rows] == [held(row) for row in expected]
        assert query.count(pk) == len(expected)


# What it cannot do is refused when it is first asked


class Kind(IntEnum):
    ONE = 1


@pytest.mark.parametrize(
    ("write", "value"),
    [
        (lambda name: Account.objects.filter(name__icontains=name), "a"),
        (lambda name: Account.objects.filter(name__startswith=name), "a"),
        (lambda name: Account.objects.filter(name=name.upper()), "a"),
        (lambda pk: Account.objects.filter(pk=pk + 1), 1),
        (lambda pk: Account.objects.all(), 1),
        (lambda pk: Account.objects.all()[:pk], 1),
        (lambda day: Account.objects.filter(joined_at__date=day + DAY), date(2026, 1, 9)),
        (lambda ids: Account.objects.filter(pk__in=[0, *ids]), [1]),
        (lambda ids: Account.objects.filter(pk__gt=ids[0]), [1]),
        (lambda pk: Account.objects.filter(pk=pk), 1.5),
        (lambda pk: Account.objects.filter(pk=pk), b"1"),
        (lambda pk: Account.objects.filter(pk=pk), Kind.ONE),
        (lambda pk: Account.objects.filter(pk=pk), (n for n in (1, 2))),
        (lambda pk: Contract.objects.filter(pk=pk).prefetch_related("milestones"), 1),
        (lambda pk: Contract.objects.filter(pk=pk).values_list("pk", named=True), 1),
    ],
)
def test_an_argument_that_is_not_passed_on_as_it_is_is_refused(write, value):
    query = compiled(write)

    for _ in range(2):
        with pytest.raises(TypeError):
            query(value)


def test_it_sees_its_own_transaction_and_outlives_a_rollback(people):
    class Undo(Exception):
        pass

    fresh = compiled(named._write)
    with pytest.raises(Undo), transaction.atomic():
        Account.objects.filter(pk=people[0].pk).update(name="Inside")
        assert fresh("Inside") == [people[0]]
        assert fresh.count("Inside") == 1
        raise Undo

    assert (fresh("Inside"), fresh("Ada")) == ([], [people[0]])
