"""What the rows of a query set become: instances, dicts or tuples, as Django makes them, with
everything that does not change from call to call found out beforehand."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)

Rows = Iterable[Sequence[Any]]


def shape_of(asked: Any, compiler: Any) -> Callable[[Rows], list[Any]]:
    """Of a query set whose SQL has been written by this compiler."""
    kind = asked._iterable_class
    if kind is ModelIterable:
        return _instances(compiler)
    if kind is ValuesIterable:
        return _dicts(asked.query)
    if kind is ValuesListIterable:
        return lambda rows: [tuple(row) for row in rows]
    if kind is FlatValuesListIterable:
        return lambda rows: [row[0] for row in rows]
    raise TypeError(f"a compiled query does not know {kind.__name__}")


def _instances(compiler: Any) -> Callable[[Rows], list[Any]]:
    about, annotations = compiler.klass_info, compiler.annotation_col_map or {}
    model, columns = about["model"], about["select_fields"]
    first, end = columns[0], columns[-1] + 1
    names = [one[0].target.attname for one in compiler.select[first:end]]
    known = about, compiler.select, DEFAULT_DB_ALIAS
    related = get_related_populators(*known)  # type: ignore[call-arg]  # stubs of a later Django

    def made(rows: Rows) -> list[Any]:
        found = []
        for row in rows:
            instance = model.from_db(DEFAULT_DB_ALIAS, names, row[first:end])
            for one in related:
                one.populate(row, instance)
            for name, column in annotations.items():
                setattr(instance, name, row[column])
            found.append(instance)
        return found

    return made


def _dicts(query: Any) -> Callable[[Rows], list[Any]]:
    names = list(query.selected or ())
    names = names or [*query.extra_select, *query.values_select, *query.annotation_select]
    return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]
