"""A query set that is asked on every page is put into SQL once; later calls change only its values.

Django builds the same SQL anew each time, which costs more than PostgreSQL needs to answer it.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import update_wrapper
from itertools import product
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from . import prepared
from .row_shapes import shape_of

FAR = datetime(2999, 1, 1)  # noqa: DTZ001  # no moment of any market: only recognised, never sent
MARK = 1_987_650_000
LISTS = (list, tuple, set, frozenset)
KINDS = (0, "", UUID(int=0), FAR.replace(tzinfo=UTC), FAR.date())


class Compiled:
    """Called like the function it is made of; gives the rows as a list.

    That function must hand its arguments to the query set as they are: it sees stand-ins. A list
    is for `…__in`; None and truth values are part of the query's form. What changes the SQL itself,
    say a limit, must not be read from elsewhere.
    """

    def __init__(self, write: Callable[..., QuerySet[Any]]) -> None:
        update_wrapper(self, write)
        self._write = write
        self._known: dict[tuple[Any, ...], _Statement] = {}

    def __call__(self, *args: Any) -> list[Any]:
        return self._statement(args).rows(args)

    def count(self, *args: Any) -> int:
        """How many rows there are, counted by the database."""
        return self._statement(args).count(args)

    def _statement(self, args: tuple[Any, ...]) -> "_Statement":
        form = tuple([_form(value) for value in args])
        statement = self._known.get(form)
        if statement is None:
            statement = self._known[form] = _statement(self._write, args)
        return statement

    def query_set(self, *args: Any) -> QuerySet[Any]:
        """The same query uncompiled, to be narrowed further."""
        return self._write(*args)

    def first(self, *args: Any) -> Any | None:
        return next(iter(self(*args)), None)

    def get(self, *args: Any) -> Any:
        """The only row; raises DoesNotExist of the model when there is none."""
        rows = self(*args)
        if not rows:
            raise self._write(*args).model.DoesNotExist
        return rows[0]


class _Statement:
    """One form of a query: its SQL, and at which places which argument stands."""

    def __init__(self, write: Callable[..., QuerySet[Any]], args: tuple[Any, ...]) -> None:
        standing = [_stand_in(place, value) for place, value in enumerate(args)]
        asked: Any = write(*standing)  # its SQL and its rows are Django's inner business
        if asked._prefetch_related_lookups:
            raise TypeError("rows of a compiled query come without what is to be prefetched")
        self._compiler = asked.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = self._compiler.as_sql()
        self._converters = self._compiler.get_converters([one[0] for one in self._compiler.select])
        self._locks = asked.query.select_for_update
        self._shape = shape_of(asked, self._compiler)
        self._params = list(params)
        self._places: list[tuple[int, int, bool, type | None]] = []
        lists = set()
        for place, value in enumerate(standing):
            is_list = isinstance(value, LISTS)
            mark = value[0] if is_list else value
            if value is None or isinstance(value, bool):
                continue
            at = [n for n, param in enumerate(params) if _is(param, mark)]
            if not at:
                raise TypeError(f"{write} does not pass argument {place} on as it is")
            lists |= set(at) if is_list else set()
            self._places += [(n, place, is_list, _adapter(params[n])) for n in at]
        self._sql = _with_any(sql, lists)
        self._written_in(params)

    def _written_in(self, params: tuple[Any, ...]) -> None:
        """What never changes becomes part of the SQL: a plan made once for all values can then use
        an index over part of the rows."""
        kept = sorted(n for n, *_ in self._places)
        first, *rest = self._sql.split("%s")
        for n, part in enumerate(rest):
            first += ("%s" if n in kept else prepared.literal(params[n])) + part
        self._sql, self._params = first, [params[n] for n in kept]
        self._places = [
            (kept.index(n), place, is_list, adapt) for n, place, is_list, adapt in self._places
        ]

    def rows(self, args: tuple[Any, ...]) -> list[Any]:
        if self._locks and connection.get_autocommit():
            # Django says so while it writes SQL; a lock that nothing holds would pass unnoticed.
            raise TransactionManagementError("Rows are locked inside a transaction only.")
        found = prepared.rows(self._sql, self._filled(args))
        if self._converters:
            found = self._compiler.apply_converters(found, self._converters)
        return self._shape(found)

    def count(self, args: tuple[Any, ...]) -> int:
        counted = f"SELECT count(*) FROM ({self._sql}) counted"
        ((found,),) = prepared.rows(counted, self._filled(args))
        return int(found)

    def _filled(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        params = self._params.copy()
        for n, place, is_list, adapt in self._places:
            value = args[place]
            if is_list:  # Django leaves out None, which nothing equals
                params[n] = _of(value)
            else:
                params[n] = adapt(value) if adapt else value
        return tuple(params)


def compiled(write: Callable[..., QuerySet[Any]]) -> Compiled:
    return Compiled(write)


def _statement(write: Callable[..., QuerySet[Any]], args: tuple[Any, ...]) -> _Statement:
    """A list without values does not say of which kind they would be: the first that fits."""
    bare = [
        place for place, value in enumerate(args) if isinstance(value, LISTS) and not _of(value)
    ]
    for kinds in product(KINDS, repeat=len(bare)):
        given = list(args)
        for place, kind in zip(bare, kinds, strict=True):
            given[place] = [kind]
        try:
            return _Statement(write, tuple(given))
        except (TypeError, ValueError, ValidationError):
            if not bare:
                raise
    raise TypeError(f"{write} takes lists of a kind that a compiled query does not know")


def _of(values: Any) -> list[Any]:
    return [value for value in values if value is not None]


def _form(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    return list if isinstance(value, LISTS) else type(value)


def _stand_in(place: int, value: Any) -> Any:
    """A value of the same kind which no other part of the query has."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, LISTS):
        return [_stand_in(place, _of(value)[0])]
    if isinstance(value, Enum):
        raise TypeError(f"{value!r} is sent as its name; pass its value to a compiled query")
    if isinstance(value, int):
        return MARK + place
    if isinstance(value, datetime):
        return FAR.replace(tzinfo=value.tzinfo) + timedelta(microseconds=place + 1)
    if isinstance(value, date):
        return FAR.date() + timedelta(days=place)
    if isinstance(value, UUID):
        return UUID(int=MARK + place)
    if isinstance(value, str):
        return f"stand-in {MARK + place}"
    raise TypeError(f"{value!r} cannot be a value of a compiled query")


def _is(param: Any, mark: Any) -> bool:
    return isinstance(param, type(mark)) and bool(param == mark)


def _adapter(param: Any) -> type | None:
    """Integers go to the database in the width of their column."""
    kind = type(param)
    return kind if issubclass(kind, int) and kind is not int else None


def _with_any(sql: str, places: set[int]) -> str:
    """`in (%s)` becomes `= any(%s)`, which takes a list of any length."""
    parts = sql.split("%s")
    for n in places:
        if not parts[n].endswith(" IN ("):
            raise TypeError("a list of a compiled query can only be looked up with __in")
        parts[n] = f"{parts[n].removesuffix(' IN (')} = ANY("
    return "%s".join(parts)
