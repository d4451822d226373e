"""`enishi doctor --money`: each check is red for its reason, green for a market that may take real
money, and a live market starts only then."""

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection, connections, transaction

import sandbox
from enishi.accounts.models import Account
from enishi.cli import backup, database, money, money_house
from enishi.cli.environment import UsageError
from enishi.escrow import commands as escrow
from enishi.payments import stripe_events
from enishi.payments.models import Examination
from tests import make
from tests.proofs.sink import Sink

from .test_commands import enishi

__all__ = ["enishi"]  # a fixture, found by name
KEY, URL = "rk_live_of_a_test", "https://enishi.example"
HOOK = f"{URL}/webhooks/provider/"


@pytest.fixture(scope="module")
def box(tmp_path_factory):
    with sandbox.running(data=tmp_path_factory.mktemp("live"), key=KEY) as running:
        yield running


@pytest.fixture
def lever(box):
    """Something of the provider is not as it should be; taken back afterwards."""
    headers = {"authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=box.url, headers=headers, trust_env=False, verify=False) as http:

        def pull(path, /, **form):
            http.post(f"/_control/{path}", data=form).raise_for_status()

        pull("webhook_endpoints", url=HOOK)
        yield pull
        pull("webhook_endpoints/none")
        pull("shapes/none")
        pull("clock", seconds="0")
        pull("rights", all="false")
        for name in ("card_payments", "jp_bank_transfer_payments", "transfers"):
            pull("account", capability=name, state="active")
        well = {"charges_enabled": "true", "payouts_enabled": "true", "default_currency": "jpy"}
        pull("account", country="JP", **well)


@pytest.fixture
def ready(db, box, lever, settings, tmp_path, monkeypatch):
    """A house that may take real money, but for its database: that of the tests forgets on purpose,
    which is quicker, so only one of its three settings is looked at."""
    monkeypatch.setattr(database, "DURABLE", ("synchronous_commit",))
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = on")
    monkeypatch.setenv("ENISHI_DATA", str(tmp_path))
    settings.URL = URL
    settled = {"money_settled": "A. Lawyer, 2026-11-01: with a licensed partner"}
    settings.OPERATOR = settings.OPERATOR | settled
    settings.PAYMENT_PROVIDER = {
        "name": "stripe",
        "url": box.url,
        "key": KEY,
        "webhook_secret": box.webhook_secret,
        "seconds": 5,
    }
    (tmp_path / backup.NOTE).write_text(datetime.now(UTC).isoformat())
    for person in (make.nao(), make.kei()):
        TOTP.activate(person, generate_totp_secret())
    with Sink() as sink:
        settings.MAIL_URL = f"smtp://127.0.0.1:{sink.port}"
        yield settings


def faults():
    return {one.subject: one for one in money.examine() if not one.is_well}


def test_a_market_that_is_ready_passes(ready):
    found = list(money.examine())

    assert [one.subject for one in found if not one.is_well] == []
    assert len(found) == 17
    assert money.record(found)
    assert Examination.objects.get().warnings == []


HOUSE = {
    "licence": lambda s: s.OPERATOR.update(money_settled=""),
    "address": lambda s: setattr(s, "URL", "http://enishi.example"),
    "treasurers": lambda _: Account.objects.filter(name="Kei").update(is_active=False),
    "mail": lambda s: setattr(s, "MAIL_URL", "smtp://127.0.0.1:9"),
    "name": lambda s: s.PAYMENT_PROVIDER.update(name="sandbox"),
    "secret": lambda s: s.PAYMENT_PROVIDER.update(webhook_secret=""),
    "key": lambda s: s.PAYMENT_PROVIDER.update(key="rk_live_revoked"),
    "provider": lambda s: s.PAYMENT_PROVIDER.update(url="http://127.0.0.1:9"),
}


@pytest.mark.parametrize("subject", HOUSE)
def test_what_our_own_settings_lack_is_a_fault_with_its_remedy(ready, subject):
    HOUSE[subject](ready)

    found = faults()

    assert found[subject].is_needed
    assert found[subject].mend
    assert not money.passed(found.values())
    assert set(found) - {subject} <= {"events"}  # which are told by address


def test_one_treasurer_without_a_second_factor_is_one_too_few(ready):
    Account.objects.get(name="Kei").authenticator_set.all().delete()

    assert "1 with a second factor" in faults()["treasurers"].says


def test_a_database_that_forgets_is_a_fault(ready):
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit = off")

    assert "synchronous_commit" in faults()["durable"].says


def test_a_ledger_that_is_not_sound_is_a_fault(market):
    """Only the owner of the tables may switch the triggers off."""
    escrow.fund("test", 1, 500, provider="sandbox", at=make.NOON, idem="fund-1")
    with connections["owner"].cursor() as owner:
        owner.execute("alter table escrow_line disable trigger user")
        owner.execute("update escrow_line set amount = 501 where amount = 500")
        owner.execute("alter table escrow_line enable trigger user")

    found = {one.subject: one for one in money_house.findings(with_ledger=True)}

    assert "enishi verify-ledger" in found["ledger"].mend
    assert "ledger" not in {one.subject for one in money_house.findings(with_ledger=False)}


@pytest.mark.parametrize("days", [8, None])
def test_an_old_backup_is_a_warning(ready, tmp_path, days):
    note = tmp_path / backup.NOTE
    note.unlink()
    if days:
        note.write_text((datetime.now(UTC) - timedelta(days=days)).isoformat())

    found = faults()

    assert list(found) == ["backup"]
    assert money.passed(found.values())


THERE = {
    "currency": ("account", {"default_currency": "usd"}, "account", "currency is usd"),
    "country": ("account", {"country": "US"}, "account", "not in Japan"),
    "charges": ("account", {"charges_enabled": "false"}, "account", "takes no payments"),
    "payouts": ("account", {"payouts_enabled": "false"}, "account", "pays nothing out"),
    "furikomi": (
        "account",
        {"capability": "jp_bank_transfer_payments", "state": "pending"},
        "abilities",
        "jp_bank_transfer_payments",
    ),
    "transfers": ("account", {"capability": "transfers"}, "abilities", "transfers"),
    "no endpoint": ("webhook_endpoints/none", {}, "events", "no event goes to"),
    "clock ahead": ("clock", {"seconds": "120"}, "clock", "seconds ahead of"),
    "clock behind": ("clock", {"seconds": "-120"}, "clock", "the provider's is -1"),
}


@pytest.mark.parametrize("case", THERE)
def test_what_the_provider_says_against_it_is_a_fault(ready, lever, case):
    path, form, subject, says = THERE[case]
    lever(path, **form)

    found = faults()

    assert list(found) == [subject]
    assert says in found[subject].says
    assert found[subject].mend
    assert found[subject].is_needed


READS = {
    "/v1/balance": "Balance",
    "/v1/balance_transactions": "Balance transactions",
    "/v1/checkout/sessions": "Checkout Sessions",
    "/v1/account": "Account, ",
    "/v1/accounts": "Connected accounts",
    "/v1/customers": "Customers",
    "/v1/disputes": "Disputes",
    "/v1/payment_intents": "PaymentIntents",
    "/v1/payouts": "Payouts",
    "/v1/refunds": "Charges and Refunds",
    "/v1/transfers": "Transfers",
    "/v1/webhook_endpoints": "Webhook Endpoints",
}


@pytest.mark.parametrize("path", READS)
def test_each_right_that_the_key_lacks_is_named(ready, lever, path):
    lever("shapes", name="refuse", path=path, method="GET", status="403", times="9")

    assert READS[path] in faults()["rights"].says


def test_a_right_that_nobody_needs_is_a_warning(ready, lever):
    lever("rights", all="true")

    found = faults()

    assert "Subscriptions" in found["rights"].says
    assert money.passed(found.values())


def test_payments_that_wait_to_be_captured_are_a_warning(ready, lever, box):
    headers = {"authorization": f"Bearer {KEY}"}
    form = {"amount": "500", "currency": "jpy"}
    made = httpx.post(f"{box.url}/v1/payment_intents", data=form, headers=headers).json()["id"]
    change = {"kind": "payment_intent", "capture_method": "manual"}
    lever(f"objects/{made}/alter", **change)

    found = faults()
    lever(f"objects/{made}/alter", **(change | {"capture_method": "automatic"}))

    assert made in found["capture"].says
    assert money.passed(found.values())


@pytest.mark.parametrize("status", ["disabled", "enabled"])
def test_an_endpoint_that_is_off_or_sends_too_little_is_a_fault(ready, lever, status):
    lever("webhook_endpoints/none")
    sent = [name for name in stripe_events.NEEDED if name != "payout.failed"]
    lever("webhook_endpoints", url=HOOK, enabled_events=" ".join(sent), status=status)

    says = faults()["events"].says

    assert ("payout.failed" in says) == (status == "enabled")
    assert ("switched off" in says) == (status == "disabled")


def test_two_endpoints_together_may_send_what_is_needed(ready, lever):
    lever("webhook_endpoints/none")
    for some in (stripe_events.OURS, stripe_events.OF_PAYEES):
        lever("webhook_endpoints", url=HOOK, enabled_events=" ".join(some))

    assert faults() == {}


def test_a_key_of_the_test_mode_and_a_full_key_are_told_apart(ready, tmp_path):
    for key, needed, says in (
        ("rk_test_x", True, "test mode"),
        ("sk_live_x", False, "may do everything"),
    ):
        with sandbox.running(data=tmp_path / key, key=key) as box:
            ready.PAYMENT_PROVIDER |= {"url": box.url, "key": key}
            found = faults()["key"]
            assert (found.is_needed, says in found.says) == (needed, True)


def test_the_command_says_all_and_exits_with_its_verdict(ready, enishi, lever, monkeypatch):
    assert enishi("doctor", "--money")[0] == 0
    lever("account", charges_enabled="false")

    code, out, _ = enishi("doctor", "--money", "--json")

    assert code == 1
    assert [one["subject"] for one in json.loads(out) if not one["is_well"]] == ["account"]
    assert "✗" in enishi("doctor", "--money")[1]
    assert Examination.objects.count() == 1


def test_a_market_that_never_passed_does_not_start_on_any_fault(ready):
    ready.PAYMENT_PROVIDER |= {"url": "http://127.0.0.1:9"}

    with pytest.raises(UsageError, match="provider: does not answer"):
        money.refuse_unless_passed()
    assert not Examination.objects.exists()


def test_a_market_that_is_ready_starts_and_its_pass_is_kept(ready):
    money.refuse_unless_passed()

    assert Examination.objects.count() == 1


@pytest.mark.parametrize("away", ["provider", "mail"])
def test_what_is_out_of_reach_keeps_nobody_down_who_has_passed(ready, capsys, lever, away):
    money.refuse_unless_passed()
    if away == "mail":
        ready.MAIL_URL = "smtp://127.0.0.1:9"
    else:
        lever("shapes", name="refuse", path="/v1/", method="GET", status="503", times="99")

    money.refuse_unless_passed()

    assert away in capsys.readouterr().err


def test_a_definite_fault_refuses_whoever_has_passed(ready, lever):
    money.refuse_unless_passed()
    lever("account", charges_enabled="false")

    with pytest.raises(UsageError, match="account: it takes no payments"):
        money.refuse_unless_passed()


def test_another_key_is_another_market(ready, box):
    money.refuse_unless_passed()
    ready.PAYMENT_PROVIDER |= {"key": "rk_live_new", "url": "http://127.0.0.1:9"}

    with pytest.raises(UsageError, match="provider: does not answer"):
        money.refuse_unless_passed()


def test_a_pass_says_nothing_of_the_key_and_is_never_changed(ready):
    money.refuse_unless_passed()
    row = Examination.objects.values().get()

    assert KEY not in str(row)
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        Examination.objects.update(warnings=["x"])
