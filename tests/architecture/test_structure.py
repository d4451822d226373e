"""The shape of the code: arrows point down, every door is declared, one place reads the clock."""

import ast
from pathlib import Path

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from enishi.web.access import POLICIES, policy_of

ROOT = Path(__file__).parents[2]
CODE = ROOT / "enishi"
HEIGHT = [
    *("kit", "events", "accounts", "organisations", "escrow documents files"),
    *("profiles messaging payments drafts", "verification"),
    *("jobs communities consultation meetings", "proposals", "contracts"),
    *("reviews", "ranks", "trust", "notifications search", "safety", "office", "wiring"),
    *("web api stream", "simulation", "cli"),
]
CLOCK_READERS = {
    "kit/clock.py",
    "web/middleware.py",
    "notifications/outbox.py",  # allauth sends mail without telling the time
}


def height(package: str) -> int:
    return next(level for level, names in enumerate(HEIGHT) if package in names.split())


def test_foreign_keys_point_down():
    for model in apps.get_models():
        if not model.__module__.startswith("enishi."):
            continue
        own = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not field.concrete or target is None or not target.__module__.startswith("enishi."):
                continue
            other = target.__module__.split(".")[1]
            assert own == other or height(other) < height(own), f"{model.__name__}.{field.name}"


def views(patterns=None):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern


def test_every_url_declares_who_may_call_it():
    """A1: a URL without a declared policy fails the suite."""
    undeclared = [str(p.pattern) for p in views() if policy_of(p.callback) not in POLICIES]

    assert undeclared == []


def test_only_the_edges_read_the_clock():
    readers = set()
    for path in CODE.rglob("*.py"):
        place = path.relative_to(CODE).as_posix()
        source = path.read_text(encoding="utf-8")
        if "clock.now()" in source and path.stem != "tasks" and not place.startswith("cli/"):
            readers.add(place)
    assert readers <= CLOCK_READERS | {"simulation/fill.py", "simulation/run.py"}


def test_every_module_says_what_it_promises():
    silent = [
        path.relative_to(ROOT).as_posix()
        for path in CODE.rglob("*.py")
        if path.name not in ("__init__.py", "apps.py")
        and "migrations" not in path.parts
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_file_is_longer_than_two_screens_times_five():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in [*CODE.rglob("*.py"), *(ROOT / "sandbox").rglob("*.py")]
        if "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}
