"""P5: a log line tells what happened and where, and never what a person wrote."""

import json
import logging
import sys

import pytest
from django.db import IntegrityError, connection, transaction

from enishi.kit import logs, trace
from enishi.kit.errors import Refused

CANARY = "canary-4242"


def line(form, message="It happened", *values, name="enishi.x", raised=None, **facts):
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, raised)
    record.__dict__.update(facts)
    return form.format(record)


def caught(act):
    try:
        act()
    except Exception:
        return sys.exc_info()
    raise AssertionError("nothing was raised")


def test_a_line_for_machines_is_one_object_with_its_trace():
    with trace.begun() as number:
        told = json.loads(line(logs.Json(), facts={"route": "contract", "account": 7, "ids": None}))
    assert told.pop("at").endswith("+00:00")
    assert told == {
        "level": "error",
        "from": "enishi.x",
        "says": "It happened",
        "trace": number,
        "route": "contract",
        "account": 7,
    }


@pytest.mark.parametrize("form", [logs.Json(), logs.Text()])
@pytest.mark.parametrize("hostile", ["\x1b[2J", "a\nb", '"},"level":"x', "\r\n\x00", "\u202efdp"])
def test_nothing_in_a_line_clears_a_terminal_or_forges_a_line(form, hostile):
    """Hostile inputs 36 and 37."""
    told = line(form, "Found %s", hostile)
    assert told.splitlines() == [told]
    assert "\x1b" not in told
    if isinstance(form, logs.Json):
        assert json.loads(told)["level"] == "error"


def test_what_enishi_run_passes_on_is_made_harmless():
    assert logs.relayed("web", "a\x1b[2J", as_json=False) == "web      | a\\x1b[2J"
    assert json.loads(logs.relayed("web", '"},"level":"x', as_json=True))["part"] == "web"
    ours = json.dumps({"at": "now", "says": "well"})
    assert json.loads(logs.relayed("web", ours, as_json=True)) == {
        "part": "web",
        "at": "now",
        "says": "well",
    }


def quoting_a_row():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into kit_market (id, mode, ahead) values (7, %s, '0')", ["live"])


@pytest.mark.parametrize("form", [logs.Json(), logs.Text()])
def test_of_an_exception_only_kind_and_places_are_told(form):
    def breaks():
        password = CANARY
        try:
            raise KeyError(password)
        except KeyError as inner:
            raise ValueError(f"could not read {password}") from inner

    told = line(form, raised=caught(breaks))
    assert CANARY not in told
    assert "builtins.ValueError" in told
    assert "breaks" in told


def test_of_the_database_the_rule_is_told_and_not_the_row(db):
    raised = caught(quoting_a_row)
    assert isinstance(raised[1], IntegrityError)
    assert "Failing row contains" in str(raised[1])
    told = json.loads(line(logs.Json(), raised=raised))["error"]
    assert told["says"] == "23514 kit_market market_is_one_row"
    assert "Failing row" not in json.dumps(told)


def test_our_own_refusals_and_the_systems_words_are_told():
    def refused():
        raise Refused("contract", "accept", "ended")

    def no_room():
        raise OSError(28, "No space left on device", f"/{CANARY}")

    assert json.loads(line(logs.Json(), raised=caught(refused)))["error"]["says"] == (
        "contract.accept.ended"
    )
    told = line(logs.Json(), raised=caught(no_room))
    assert "No space left on device" in told
    assert CANARY not in told


@pytest.mark.parametrize("name", ["django.request", "django.security.DisallowedHost", "asyncio"])
def test_a_library_that_quotes_addresses_is_not_quoted(name):
    told = line(logs.Json(), "Not Found: %s", f"/reset/{CANARY}/", name=name, status_code=404)
    assert CANARY not in told
    assert "404" in told
