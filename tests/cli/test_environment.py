"""A wrong environment is one sentence and exit code 2, before anything has started."""

import pytest

from enishi.cli import environment
from enishi.cli.environment import UsageError

LIVE = {
    "ENISHI_MODE": "live",
    "ENISHI_SECRET_KEY": "k" * 50,
    "ENISHI_URL": "https://enishi.example",
    "ENISHI_MAIL_URL": "smtp://mail.example:587",
    "ENISHI_PROVIDER": "stripe",
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENISHI_PORT", "80a"),
        ("ENISHI_PORT", "0"),
        ("ENISHI_PORT", "70000"),
        ("ENISHI_MODE", "production"),
        ("ENISHI_URL", "enishi.example"),
        ("ENISHI_STREAM_URL", "ws://enishi.example"),
        ("DATABASE_URL", "mysql://host/name"),
        ("ENISHI_OWNER_URL", ""),
        ("ENISHI_PG_BIN", "/nowhere"),
        ("ENISHI_SECRET_KEY", "short"),
        ("ENISHI_MAIL_URL", "mail.example"),
        ("ENISHI_PROVIDER", "cash"),
        ("ENISHI_INSPECTION_DAYS", "-1"),
        ("ENISHI_INSPECTION_DAYS", "60"),
    ],
)
def test_a_wrong_value_is_named_in_the_sentence(name, value):
    with pytest.raises(UsageError, match=name):
        environment.check({name: value})


def test_an_empty_environment_is_a_demo_and_well():
    environment.check({})


def test_a_complete_live_environment_is_well():
    environment.check(LIVE)


@pytest.mark.parametrize("missing", sorted(LIVE.keys() - {"ENISHI_MODE"}))
def test_a_live_market_runs_on_nothing_made_up(missing):
    with pytest.raises(UsageError, match=missing):
        environment.check({name: value for name, value in LIVE.items() if name != missing})


def test_a_live_market_never_pays_through_the_sandbox():
    with pytest.raises(UsageError, match="sandbox"):
        environment.check(LIVE | {"ENISHI_PROVIDER": "sandbox"})
