"""Every command that a document names is run, or the table says what runs it instead."""

import os
import shlex
import subprocess
import sys
from io import StringIO

import pytest
from django.utils import translation

from enishi.cli import main
from tests import make
from tests.docs.documents import PAGES, ROOT, commands, text

PATIENCE = 90  # seconds; the machine may be busy
ENISHI = ROOT / ".venv" / "bin" / "enishi"
DOCUMENTED = commands()
TYPED = {"enishi office add aoi@enishi.example --grade operator": "correct horse battery\n"}
FAULTS = {  # no worker lives here, and no provider: it says so, exit 1
    *("enishi doctor", "enishi doctor --json", "enishi doctor --money"),
    *("enishi reconcile", "enishi reconcile --json"),
}
DRY = {  # what they do would change the working tree, so they are asked for their help
    "bin/fix": "--help",
    "bin/messages": "--help",
    "bin/second_opinion": "--help",
    "enishi manage makemigrations": "--help",
}
# These run until they are stopped, for long, or would call this very test. `where` runs them.
ELSEWHERE = {
    "enishi run": ("tests/cli/test_run.py", '[ENISHI, "run"]'),
    "enishi demo fill": ("tests/cli/test_simulate.py", 'enishi(folder, "demo", "fill")'),
    "enishi simulate": ("tests/cli/test_simulate.py", 'enishi(folder, "simulate", *SMALL'),
    "bin/run": ("bin/run", "exec .venv/bin/enishi run"),  # whose lines are all documented ones
    **dict.fromkeys(
        ("bin/test", "bin/check", "bin/prove", "bin/planted", "bin/test15"),
        ("bin/ci", "for part in check test prove planted test15"),
    ),
    "bin/ci": (".ci/run", "exec bin/ci"),
    "bin/bench": ("tests/benchmarks/test_bench.py", '"-m", "benchmarks", *arguments'),
    "bin/chaos": ("tests/proofs/test_chaos.py", "run(tmp_path, Wish(layer"),
    "bin/mutants": ("bin/mutants", '"$env/bin/mutmut" run'),
    "enishi backup": ("tests/proofs/test_backup.py", 'enishi(source, "backup"'),
    "enishi restore": ("tests/proofs/test_backup.py", 'enishi(home, "restore"'),
    "enishi trust score-network": ("tests/cli/test_trust.py", 'enishi("trust", "score-network"'),
    "bin/screenshots": ("bin/screenshots", "tests.journeys.screenshots"),
}
OWN_PROCESS = ("enishi migrate", "enishi stop")  # they change what all tests share
SCRIPTS = sorted(path.name for path in (ROOT / "bin").iterdir())


def is_one_of(command: str, names) -> bool:
    return any(f"{command} ".startswith(f"{name} ") for name in names)


SHORT = {one for one in DOCUMENTED if not is_one_of(one, (*ELSEWHERE, *OWN_PROCESS))}
IN_PROCESS = sorted(one for one in SHORT if one.startswith("enishi "))
BY_SHELL = sorted(one for one in SHORT if one.startswith("bin/"))
LONG = sorted(one for one in DOCUMENTED if one.startswith("enishi ") and is_one_of(one, ELSEWHERE))


def words(command: str) -> list[str]:
    for name, instead in DRY.items():
        if is_one_of(command, [name]):
            return [*shlex.split(name), instead]
    return shlex.split(command)


def run(arguments, folder):
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ENISHI_", "DJANGO_")) or name == "ENISHI_PG_BIN"
    }
    return subprocess.run(
        arguments,
        cwd=ROOT,
        env=kept | {"ENISHI_DATA": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture
def enishi(db, monkeypatch, capsys):
    """The command line in this process: exit code and what it printed."""
    for name in ("ENISHI_PROVIDER_URL", "ENISHI_PROVIDER_KEY", "ENISHI_PROVIDER_SECRET"):
        monkeypatch.setenv(name, "http://localhost")  # so that what is set is taken back

    def call(arguments, typed=""):
        monkeypatch.setattr(sys, "argv", ["enishi", *arguments])
        monkeypatch.setattr(sys, "stdin", StringIO(typed))
        with pytest.raises(SystemExit) as end:
            main.main()
        return end.value.code or 0, "".join(capsys.readouterr())

    with translation.override("ja"):
        yield call


def test_the_documents_name_the_commands_that_matter():
    assert {"bin/run", "bin/test", "enishi run", "enishi doctor"} <= set(DOCUMENTED)


@pytest.mark.parametrize("command", IN_PROCESS)
def test_a_documented_command_of_enishi_runs(command, enishi):
    code, said = enishi(words(command)[1:], TYPED.get(command, ""))

    assert code == (1 if command in FAULTS else 0), f"{DOCUMENTED[command]}\n{said}"


@pytest.mark.parametrize("command", BY_SHELL)
def test_a_documented_script_runs(command, tmp_path):
    done = run(words(command), tmp_path)

    assert done.returncode == 0, f"{DOCUMENTED[command]}\n{done.stdout}{done.stderr}"


def test_migrating_what_is_up_to_date_changes_nothing(market, cluster):
    done = run([ENISHI, "migrate"], cluster.folder)

    assert done.returncode == 0, done.stderr
    assert "No migrations to apply." in done.stderr


def test_stopping_a_market_that_never_ran_is_well(tmp_path):
    assert run([ENISHI, "stop"], tmp_path).returncode == 0


@pytest.mark.parametrize("command", LONG)
def test_a_long_command_knows_the_options_it_is_shown_with(command, enishi):
    code, said = enishi([*words(command)[1:], "--help"])

    assert code == 0, f"{DOCUMENTED[command]}\n{said}"


def test_filling_a_market_with_people_in_it_is_over_at_once(enishi):
    make.ren()

    assert enishi(["demo", "fill", "--if-empty"]) == (0, "")


@pytest.mark.parametrize("name", ELSEWHERE)
def test_what_is_not_run_here_is_run_where_the_table_says(name):
    where, how = ELSEWHERE[name]

    assert how in text(ROOT / where)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_sound_and_documented(script):
    done = run(["sh", "-n", f"bin/{script}"], ROOT)

    assert (done.returncode, done.stderr) == (0, "")
    assert os.access(ROOT / "bin" / script, os.X_OK)
    assert is_one_of(f"bin/{script}", {one.split()[0] for one in DOCUMENTED})


def test_the_lines_of_bin_run_are_documented_commands():
    lines = [line for line in text(ROOT / "bin/run").splitlines() if ".venv/bin/enishi " in line]
    called = [f"enishi {line.split('.venv/bin/enishi ')[1]}" for line in lines]

    assert [one for one in called if one not in DOCUMENTED] == []


def test_a_module_that_a_script_starts_is_there():
    started = [
        word
        for script in SCRIPTS
        for line in text(ROOT / "bin" / script).splitlines()
        for word in line.partition("python -m ")[2].split()[:1]
        if word.startswith(("enishi.", "tests.", "benchmarks"))
    ]
    places = {one: ROOT / one.replace(".", "/") for one in started}

    assert started
    assert [
        one
        for one, place in places.items()
        if not place.with_suffix(".py").exists() and not (place / "__main__.py").exists()
    ] == []


def test_paths_given_to_the_suite_exist():
    given = [word for one in DOCUMENTED if one.startswith("bin/test ") for word in one.split()[1:]]

    assert [path for path in given if path[0] != "-" and not (ROOT / path).exists()] == []


def test_no_document_names_a_machine():
    """Neither folders of a machine one worked on nor hosts of registries."""
    strange = ("/work/", "/root/", "/home/", "pypi.", "npmjs", "localhost:8")

    named = {page.name: [one for one in strange if one in text(page)] for page in PAGES}
    assert {name: found for name, found in named.items() if found} == {}


def test_chaos_is_led_by_a_process_that_knows_no_market(tmp_path):
    """The proof calls it from within one; the command itself has none before it has made it."""
    assert run([sys.executable, "-m", "tests.chaos", "--help"], tmp_path).returncode == 0
