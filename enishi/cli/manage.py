"""Django's own commands, for those who know them."""

import sys
import warnings

import typer

from . import market

PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
# These work without a database, so none is started for them.
OFFLINE = {"", "check", "collectstatic", "help", "makemigrations", "--help", "-h", "--version"}


def manage(context: typer.Context) -> None:
    """Django's own commands: enishi manage help lists them."""
    name = context.args[0] if context.args else ""
    if name in OFFLINE:
        market.load()
        # makemigrations asks a running database for its history, and can do without.
        warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
    else:
        market.enter()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["enishi manage", *context.args])
    sys.exit(0)
