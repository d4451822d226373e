"""The command line `enishi`. Each group of commands has its module; this one puts them together."""

import sys

import typer

from enishi.kit.errors import Refused
from enishi.kit.postgres_process import Unavailable

from . import (
    backup,
    checks,
    demo,
    doctor,
    manage,
    office,
    ranks,
    release,
    restore,
    run,
    simulation,
    trust,
)
from .environment import UsageError
from .output import say

app = typer.Typer(
    name="enishi",
    help="A marketplace for work, with escrow. Start with bin/run, or: enishi run",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("stop")(run.stop)
app.command("migrate")(run.migrate)
app.add_typer(demo.app, name="demo")
app.command("simulate")(simulation.simulate)
app.command("verify-ledger")(checks.verify_ledger)
app.command("reconcile")(checks.reconcile)
app.command("verify-papers")(checks.verify_papers)
app.command("clocks")(checks.clocks)
app.add_typer(ranks.app, name="ranks")
app.command("doctor")(doctor.doctor)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("release")(release.release)
app.add_typer(office.app, name="office")
app.add_typer(trust.app, name="trust")
app.command("manage", context_settings=manage.PASS_ON, add_help_option=False)(manage.manage)


def main() -> None:
    """Run a command. Exit code 0: well, 1: a fault was found, 2: called wrongly."""
    try:
        app(prog_name="enishi")
    except UsageError as error:
        say(str(error))
        sys.exit(2)
    except Unavailable as error:
        say(str(error))
        sys.exit(1)
    except Refused as refusal:
        say(_sentence(refusal))
        sys.exit(1)


def _sentence(refusal: Refused) -> str:
    """A rule said no inside a command: its sentence is the one the pages would show."""
    from enishi import wiring

    known = wiring.sentences().get(refusal.code)
    return str(known) % refusal.facts if known else refusal.code


if __name__ == "__main__":
    main()
