"""VE1: a code goes to a phone over real HTTP and comes back; guessing and ringing fail."""

import logging
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from enishi.kit.errors import Refused
from enishi.verification import numbers, queries
from enishi.verification.commands import deciding, phones
from enishi.verification.models import PhoneCode, Verification
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
NUMBER = "090-1234-5678"
REAL = datetime(2026, 6, 1, 3, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def logged():
    """What the carriers of messages log, also where it goes no further."""
    records = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(record.getMessage())
    logger = logging.getLogger("enishi.verification.texting")
    logger.addHandler(handler)
    yield records
    logger.removeHandler(handler)


def ask(number=NUMBER, *, by=None, real=REAL):
    return phones.ask_code(number, by=by or make.ren(), real=real)


def confirm(code, *, by=None, real=REAL):
    typed = code if isinstance(code, str) else phones.digits_of(code)
    return phones.confirm(typed, by=by or make.ren(), at=NOON, real=real)


def wrong(code):
    return f"{(int(phones.digits_of(code)) + 1) % 1_000_000:06}"


def refusal(act, *args, **more):
    with pytest.raises(Refused) as refused:
        act(*args, **more)
    return refused.value


def test_the_code_in_the_message_confirms_the_number(messages):
    code = ask("０９０ー１２３４ー５６７８")

    (taken,) = messages.taken()
    assert (code.status, taken["to"], taken["sender"]) == ("sent", "+819012345678", "Enishi")
    said = re.search(r"\d{6}", taken["body"]).group()
    done = confirm(said)
    assert (done.status, done.masked) == ("approved", "090-****-5678")
    assert set(queries.checks([make.ren().pk])[make.ren().pk]) == {"phone"}
    assert phones.waiting_code(make.ren(), real=REAL) is None


def test_neither_number_nor_code_stands_in_the_database_in_the_clear(messages):
    code = ask()
    confirm(code)

    for row in (*PhoneCode.objects.values(), *Verification.objects.values()):
        assert "9012345678" not in str(row)
        assert phones.digits_of(code) not in str(row["digest"] + row["sealed"])
    assert numbers.unseal(Verification.objects.get().sealed) == "+819012345678"


def test_five_wrong_codes_spend_it_even_for_the_right_one(messages):
    code = ask()

    found = [refusal(confirm, wrong(code)) for _ in range(5)]

    assert [one.code for one in found] == ["phone.code_wrong"] * 4 + ["phone.code_spent"]
    assert found[0].facts["left"] == 4
    assert refusal(confirm, code).code == "phone.code_spent"
    with pytest.raises(IntegrityError, match="code_tried_so_often"), transaction.atomic():
        PhoneCode.objects.update(tries=6)


def test_a_code_lives_for_ten_minutes_of_real_time(messages):
    code = ask()

    assert refusal(confirm, code, real=REAL + 10 * MINUTE).code == "phone.code_gone"
    assert confirm(code, real=REAL + 10 * MINUTE - SECOND)


def test_a_code_is_its_askers_and_used_once(messages):
    code = ask()

    assert refusal(confirm, code, by=make.sora()).code == "phone.code_gone"
    confirm(code)
    assert refusal(confirm, code).code == "phone.code_gone"


@pytest.mark.parametrize("typed", ["", "１２３", "12345６", "\x00" * 6, "ab" * 9])
def test_whatever_is_typed_is_only_a_wrong_code(messages, typed):
    ask()

    assert refusal(confirm, typed).code == "phone.code_wrong"


def test_one_number_confirms_one_account_at_a_time(messages):
    confirm(ask())
    code = ask(by=make.sora())

    assert refusal(confirm, code, by=make.sora()).code == "phone.taken"

    deciding.withdraw(
        Verification.objects.get().pk, by=make.mio(), at=NOON, reason="It is not theirs."
    )
    later = ask(by=make.sora(), real=REAL + 2 * MINUTE)
    assert confirm(later, by=make.sora(), real=REAL + 2 * MINUTE).status == "approved"


def test_postgresql_refuses_a_number_twice(messages):
    done = confirm(ask())
    twin = Verification(
        account=make.sora(),
        kind="phone",
        sealed="x",
        digest=done.digest,
        asked_at=NOON,
        due_at=NOON,
    )
    twin.save()
    twin.status, twin.decided_at = "approved", NOON

    with pytest.raises(IntegrityError, match="number_of_one_account"), transaction.atomic():
        twin.save()


def test_another_number_takes_the_place_of_the_first(messages):
    first = confirm(ask())
    confirm(ask("080-1111-2222", real=REAL + HOUR), real=REAL + HOUR)

    first.refresh_from_db()
    assert (first.status, first.digest, first.sealed) == ("expired", "", "")


def test_messages_are_not_sent_too_often(messages):
    ask()
    assert refusal(ask, real=REAL + SECOND).code == "phone.too_soon"
    for n in range(1, 5):
        ask(f"080-1111-222{n}", real=REAL + n * 2 * MINUTE)
    assert refusal(ask, "070-1111-2222", real=REAL + 20 * MINUTE).code == "phone.too_often"
    assert len(messages.taken()) == 5
    assert ask("070-1111-2222", real=REAL + 2 * HOUR).status == "sent"


def test_no_phone_rings_all_day_whoever_asks(messages):
    for n in range(5):
        ask(by=make.account(f"Asker {n}"))

    assert refusal(ask, by=make.sora()).code == "phone.too_often"
    assert len(messages.taken()) == 5


def test_the_service_does_what_services_do_and_one_message_goes_out(messages):
    """Time-out after sending: nobody told us, yet it arrived; the same message is asked for."""
    messages.shape("time_out_after")
    code = ask()
    assert code.status == "created"

    again = ask(real=REAL + SECOND)

    assert (again.pk, again.status) == (code.pk, "sent")
    assert len(messages.taken()) == 1


def test_a_code_that_arrived_unheard_of_is_good(messages):
    messages.shape("error_after")
    code = ask()

    assert code.status == "created"
    assert confirm(code).status == "approved"


@pytest.mark.parametrize("shape", ["time_out_before", "error_before", "nonsense"])
def test_where_nobody_knows_it_is_asked_again_and_the_code_stays(messages, shape):
    messages.shape(shape)
    first = ask()
    assert first.status == "created"

    end = time.monotonic() + 5  # a call that hangs there keeps its key busy for a second
    while ask(real=REAL + SECOND).status != "sent":
        assert time.monotonic() < end
        time.sleep(0.05)

    assert PhoneCode.objects.get().pk == first.pk
    (taken,) = messages.taken()
    assert phones.digits_of(first) in taken["body"]


def test_two_messages_of_one_code_say_the_same(messages):
    """The service failed after it had sent: the second message repeats the first."""
    messages.shape("error_after")
    ask()
    code = ask(real=REAL + SECOND)

    bodies = {taken["body"] for taken in messages.taken()}
    assert (code.status, len(bodies)) == ("sent", 1)


def test_a_busy_service_is_said_so_and_asked_anew_later(messages):
    messages.shape("rate_limit")

    assert refusal(ask).code == "phone.busy"
    assert messages.taken() == []
    assert ask(real=REAL + SECOND).status == "sent"


def test_a_number_that_the_service_does_not_take_is_said_so(messages):
    messages.shape("refuse", status="400", code="unreachable")

    assert refusal(ask).code == "phone.refused"
    assert PhoneCode.objects.get().status == "failed"


def test_a_service_that_is_not_there_leaves_the_code_usable(settings, messages):
    settings.SMS = settings.SMS | {"url": "http://127.0.0.1:9"}

    assert ask().status == "created"


def test_nothing_is_sent_inside_a_transaction(messages):
    from enishi.verification import texting

    with pytest.raises(RuntimeError, match="inside a transaction"), transaction.atomic():
        texting.carrier()


def test_a_market_without_messages_checks_no_phones(settings):
    settings.SMS = settings.SMS | {"by": "none"}

    assert refusal(ask).code == "phone.no_messages"
    assert not PhoneCode.objects.exists()


@pytest.mark.parametrize("number", ["", "03-1234-5678", "hello"])
def test_what_is_no_mobile_number_costs_no_message(messages, number):
    assert refusal(ask, number).code == "phone.not_mobile"
    assert messages.taken() == []


def test_the_console_of_a_demo_sends_nothing_and_says_it_in_the_log(settings, logged):
    settings.SMS = settings.SMS | {"by": "console"}

    code = ask()

    assert code.status == "sent"
    assert phones.digits_of(code) in logged[0]
    assert "9012345678" not in logged[0]


def test_a_live_market_never_shows_a_code_in_its_log(settings, logged):
    settings.SMS = settings.SMS | {"by": "console"}
    settings.LIVE = True

    assert refusal(ask).code == "phone.refused"
    assert logged == []


def test_codes_of_yesterday_are_forgotten(messages):
    ask()

    assert phones.tidy(real=REAL + timedelta(hours=23)) == 0
    assert phones.tidy(real=REAL + timedelta(hours=25)) == 1


def test_numbers_are_sealed_anew_with_the_markets_new_key(messages, settings):
    done = confirm(ask())
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another key of this market, long enough"
    settings.SECRET_KEY_FALLBACKS = [former]

    assert numbers.reseal() == 1

    settings.SECRET_KEY_FALLBACKS = []
    renewed = Verification.objects.get(pk=done.pk)
    assert numbers.unseal(renewed.sealed) == "+819012345678"
    assert renewed.digest == numbers.digest("+819012345678") != done.digest
