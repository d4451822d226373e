"""The commands of an operator: what they answer, where, and with which exit code."""

import json
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import translation

from enishi.accounts.models import Account
from enishi.cli import folder, main
from enishi.kit.models import Market
from enishi.kit.rules import Rules


@pytest.fixture
def enishi(db, monkeypatch, capsys):
    """Call the command line in this process: exit code, stdout, stderr."""
    for name in ("ENISHI_PROVIDER_URL", "ENISHI_PROVIDER_KEY", "ENISHI_PROVIDER_SECRET"):
        monkeypatch.setenv(name, "http://localhost")  # so that what is set is taken back

    def call(*arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["enishi", *arguments])
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        with pytest.raises(SystemExit) as end:
            main.main()
        return (end.value.code or 0, *capsys.readouterr())

    with translation.override("ja"):
        yield call


@pytest.fixture
def live(settings):
    settings.LIVE = True


def test_advancing_moves_the_markets_clock(enishi):
    code, out, said = enishi("demo", "advance", "1d12h")
    assert (code, out) == (0, "")
    assert said.startswith("The market's clock now shows ")
    assert Market.objects.get().ahead == timedelta(days=1, hours=12)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demo", "advance", "3d"], "The clock of a live market cannot be moved."),
        (["demo", "fill"], "A live market is never filled with demo people."),
        (["simulate"], "A live market is never filled with simulated people."),
    ],
)
def test_a_live_market_refuses_what_belongs_to_the_demo(enishi, live, arguments, sentence):
    assert enishi(*arguments) == (2, "", f"{sentence}\n")


def test_a_market_with_people_in_it_is_not_filled_again(enishi, live, settings):
    enishi("office", "add", "aoi@enishi.example", "--grade", "reader", typed="correct horse 7\n")
    settings.LIVE = False
    code, out, said = enishi("demo", "fill")
    assert (code, out) == (2, "")
    assert "has people in it" in said
    assert enishi("demo", "fill", "--if-empty") == (0, "", "")


def test_a_market_whose_filling_was_interrupted_is_not_taken_for_a_full_one(enishi):
    mark = folder.data() / "filling"
    mark.touch()
    try:
        code, out, said = enishi("demo", "fill", "--if-empty")
    finally:
        mark.unlink()
    assert (code, out) == (2, "")
    assert "was interrupted" in said


def test_an_office_account_is_added_with_a_password_from_a_pipe(enishi):
    wanted = ("office", "add", "aoi@enishi.example", "--grade", "reader")
    code, _, said = enishi(*wanted, typed="short\n")
    assert code == 2
    assert "too short" in said
    code, out, said = enishi(*wanted, typed="correct horse battery\n")
    assert (code, out) == (0, "")
    assert said.startswith("aoi@enishi.example now has the grade reader.")
    assert Account.objects.get().check_password("correct horse battery")


def test_a_grade_is_changed_without_asking_for_a_password(enishi):
    enishi("office", "add", "aoi@enishi.example", "--grade", "reader", typed="correct horse 7\n")
    code, _, _ = enishi("office", "add", "AOI@enishi.example", "--grade", "treasurer")
    assert code == 0
    assert Account.objects.get().office_grade == "treasurer"


def test_the_ledger_of_a_new_market_is_sound(enishi):
    code, out, _ = enishi("verify-ledger")
    assert code == 0
    assert "An entry balances" in out
    code, out, _ = enishi("verify-ledger", "--json")
    said = json.loads(out)
    assert (code, said["sound"], said["faults"]) == (0, True, [])
    assert said["checked"]["lines"] == 0
    assert "a balance is the sum of its lines" in said["checked"]["rules"]


def test_the_chain_of_papers_of_a_new_market_is_whole(enishi):
    code, out, _ = enishi("verify-papers", "--json")
    assert (code, json.loads(out)["whole"], json.loads(out)["papers"]) == (0, True, 0)
    assert enishi("verify-papers", "--papers")[:2] == (2, "")


def test_every_waiting_state_is_listed_with_what_happens(enishi):
    rows = json.loads(enishi("clocks", "--json")[1])
    assert rows
    assert all(row["rule"] and row["owner"] and row["outcome"] for row in rows)
    table = enishi("clocks")[1]
    assert all(row["state"] in table for row in rows)
    assert all(row["says"] in table for row in rows)


def test_the_list_of_clocks_tells_the_numbers_of_this_market(enishi, settings):
    """A3: what an instance sets, not what product.md proposes."""
    settings.RULES = Rules(inspection_days=9, last_call_day=5, proposal_answer_days=4)
    told = json.loads(enishi("clocks", "--json")[1])
    rows = {(row["subject"], row["state"]): row for row in told}
    delivered = rows["contracts.Milestone", "delivered"]
    assert delivered["lasts"] == "9 days"
    assert delivered["reminders"]["last_call"] == "on day 5"
    assert rows["proposals.Proposal", "sent"]["lasts"] == "4 days after the application deadline"


def test_doctor_says_what_is_wrong_and_how_to_mend_it(enishi):
    code, out, _ = enishi("doctor", "--json")
    found = {one["subject"]: one for one in json.loads(out)}
    assert code == 1
    assert not found["worker"]["is_well"]
    assert "enishi run" in found["worker"]["mend"]
    assert all(found[name]["is_well"] for name in ("database", "roles", "clock", "mail", "disk"))


def test_doctor_says_when_a_live_market_sends_no_mail(enishi, live):
    assert "Set ENISHI_MAIL_URL" in enishi("doctor")[1]


def test_djangos_own_commands_are_at_hand(enishi):
    code, out, _ = enishi("manage", "makemigrations", "--check", "--dry-run")
    assert code == 0
    assert "No changes detected" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["demo", "advance"],
        ["demo", "advance", "soon"],
        ["office", "add", "aoi@enishi.example"],
        ["office", "add", "aoi@enishi.example", "--grade", "boss"],
        ["office", "add", "aoi", "--grade", "reader"],
        ["trust", "score-network", "nowhere.csv"],
    ],
)
def test_a_wrong_call_ends_with_2_and_only_a_word_on_stderr(enishi, arguments):
    code, out, said = enishi(*arguments)
    assert (code, out) == (2, "")
    assert said


@pytest.mark.parametrize(
    "command",
    [
        *("run", "stop", "migrate", "simulate", "verify-ledger", "clocks", "doctor"),
        "verify-papers",
        *("trust score-network", "trust rings"),
        *("demo fill", "demo advance", "office add"),
    ],
)
def test_every_command_explains_itself(enishi, command):
    code, out, _ = enishi(*command.split(), "--help")
    assert code == 0
    assert f"Usage: enishi {command}" in out
