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
        ("ENISHI_PAYOUTS", "cash"),
        ("ENISHI_PAYOUT_LEAST", "-1"),
        ("ENISHI_PAYOUT_LEAST", "1e3"),
        ("ENISHI_SENDER_CODE", "12345678901"),
        ("ENISHI_SENDER_NAME", "株式会社縁"),
        ("ENISHI_SENDER_NAME", "ガ" * 21),
        ("ENISHI_SENDER_BANK", "001"),
        ("ENISHI_SENDER_BANK", "０００１"),
        ("ENISHI_SENDER_BRANCH", ""),
        ("ENISHI_SENDER_BRANCH_NAME", "ア" * 16),
        ("ENISHI_SENDER_KIND", "savings"),
        ("ENISHI_SENDER_NUMBER", "123456"),
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


SENDER = {
    "ENISHI_PAYOUTS": "file",
    "ENISHI_SENDER_CODE": "1234567890",
    "ENISHI_SENDER_NAME": "カ)エニシ",
    "ENISHI_SENDER_BANK": "0001",
    "ENISHI_SENDER_BRANCH": "101",
    "ENISHI_SENDER_NUMBER": "7654321",
}


@pytest.mark.parametrize("missing", [name for name in SENDER if name != "ENISHI_PAYOUTS"])
def test_files_for_the_bank_need_to_say_who_pays(missing):
    environment.check(SENDER)
    environment.check({name: SENDER[name] for name in ("ENISHI_SENDER_CODE",)})

    for without in ({k: v for k, v in SENDER.items() if k != missing}, SENDER | {missing: ""}):
        with pytest.raises(UsageError, match=missing):
            environment.check(without)
