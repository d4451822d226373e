"""The first accounts of a real market: the people of the office."""

import sys
from typing import Annotated

import typer

from . import market
from .environment import UsageError
from .output import say

app = typer.Typer(help="Accounts of the people who run the market.", no_args_is_help=True)

GRADES = ("reader", "operator", "treasurer")


@app.callback()
def group() -> None:
    """Accounts of the people who run the market."""


@app.command()
def add(
    mail: Annotated[str, typer.Argument(help="The person's e-mail address.")],
    grade: Annotated[str, typer.Option(help="reader, operator or treasurer.")],
) -> None:
    """Give an office grade to an account; a new one gets a password, asked for or piped in."""
    if grade not in GRADES:
        raise UsageError(f"--grade must be one of {', '.join(GRADES)}, not “{grade}”.")
    if "@" not in mail:
        raise UsageError(f"“{mail}” is not an e-mail address.")
    market.enter()
    from django.core.exceptions import ValidationError

    from enishi.accounts import commands
    from enishi.accounts.models import Account

    password = None
    if not Account.objects.filter(email__iexact=mail).exists():
        password = _password()
    try:
        account = commands.appoint(mail, grade, at=market.now(), password=password)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    say(
        f"{account.email} now has the grade {grade}. "
        "The second factor is set up at the first sign-in."
    )


@app.command()
def remove(mail: Annotated[str, typer.Argument(help="The person's e-mail address.")]) -> None:
    """Take the office grade away from an account, and end everything it has open."""
    market.enter()
    from enishi.accounts import commands
    from enishi.accounts.models import Account

    try:
        account = commands.dismiss(mail, at=market.now())
    except Account.DoesNotExist as missing:
        raise UsageError(f"“{mail}” is nobody of the office.") from missing
    say(f"{account.email} has no office grade any more, and is signed out everywhere.")


@app.command()
def reseal() -> None:
    """Seal second factors and bank accounts with the present secret key, after it was changed."""
    market.enter()
    from enishi.accounts import commands
    from enishi.payments import numbers
    from enishi.verification import numbers as phones
    from enishi.verification.commands import rotating

    say(f"Second factors sealed anew: {commands.reseal()}.")
    say(f"Bank accounts and their files sealed anew: {numbers.reseal()}.")
    say(f"Phone numbers sealed anew: {phones.reseal()}.")
    say(f"Keys of documents sealed anew: {rotating.rewrap()}.")


def _password() -> str:
    """Asked for without an echo, or read from a pipe."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\n")
