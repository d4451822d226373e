"""Signing in: equal time for known and unknown (A5), limits that processes and races share (A6),
codes that are good once in a race (A7), and one account of two sign-ups at once (PE7)."""

import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as market_settings
from django.contrib.auth.hashers import make_password
from django.db import connections
from django.test import Client

from enishi.accounts import commands
from enishi.accounts.models import Account
from enishi.kit import clock
from enishi.web.accounts import demo as shown
from tests.web.test_accounts import ANSWERS, LOGIN, PASSWORD, is_signed_in, joined, sign_in

BUDGET = 50
AT_ONCE = 20
CODE_PAGE = "/account/2fa/authenticate/"

pytestmark = pytest.mark.usefixtures("market")


# --- A5 ------------------------------------------------------------------------------------------

WHOLE, LEAST, WARM = 200, 20, 4  # pairs: a known address and an unknown one
FORMS = {
    "sign-in": (LOGIN, lambda mail: {"login": mail, "password": "not the password"}),
    "sign-up": ("/account/signup/", lambda mail: ANSWERS | {"email": mail}),
    "reset": ("/account/password/reset/", lambda mail: {"email": mail}),
}


def settled_people(count):
    """Accounts that stand for long, with real hashes; made at once, as a hash is slow by design."""
    at, stored = clock.now(), make_password(PASSWORD)
    mails = [f"known{number}@people.example" for number in range(count)]
    people = Account.objects.bulk_create(
        Account(email=mail, name="Known", password=stored, joined_at=at) for mail in mails
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, primary=True, verified=True) for one in people
    )
    return mails


def took(path, data, place):
    """Milliseconds of one try from a place of its own on the net, so that no limit is met."""
    browser = Client(REMOTE_ADDR=f"10.{place >> 16 & 255}.{place >> 8 & 255}.{place & 255}")
    begun = time.perf_counter()
    browser.post(path, data)
    return (time.perf_counter() - begun) * 1000


def measured(form, pairs, chance, number):
    path, fill = FORMS[form]
    times = {"known": [], "unknown": []}
    mails = {
        "known": [f"known{place}@people.example" for place in range(pairs)],
        "unknown": [f"x{number}-{place}@people.example" for place in range(pairs)],
    }
    for place in range(pairs):
        for kind in chance.sample(sorted(times), 2):
            spot = (number * pairs + place) * 2 + (kind == "known")
            span = took(path, fill(mails[kind][place]), spot)
            if place >= WARM:
                times[kind].append(span)
    return times


def apart(times):
    """The medians' difference in milliseconds and as a share, and how often chance alone would
    set the same numbers so far apart (Mann–Whitney, by its normal approximation)."""
    known, unknown = times["known"], times["unknown"]
    medians = statistics.median(known), statistics.median(unknown)
    difference = abs(medians[0] - medians[1])
    below = sum((one < other) + (one == other) / 2 for one in known for other in unknown)
    count = len(known)
    spread = (count * count * (2 * count + 1) / 12) ** 0.5
    away = abs(below - count * count / 2) / spread
    chance = 2 * (1 - statistics.NormalDist().cdf(away))
    return difference, difference / max(medians), chance, medians


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a5_time_tells_nothing_about_who_exists(form, proof, settings):
    """Medians less than 5 % and 10 ms apart; once more, should a busy machine have disturbed it.
    A sample of few tries is held against chance as well."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    settings.ACCOUNT_EMAIL_CONFIRMATION_COOLDOWN = 0
    pairs = WHOLE if proof.whole else LEAST
    settled_people(pairs)

    for number in range(2):
        difference, share, chance, medians = apart(measured(form, pairs, proof.random(), number))
        proof.say(
            f"{2 * pairs} tries: {medians[0]:.1f} ms known, {medians[1]:.1f} ms unknown, "
            f"{share:.1%} apart (p = {chance:.2f})"
        )
        is_equal = share < 0.05 and difference < 10
        if is_equal or (not proof.whole and chance > 0.05 and difference < 10):
            return
    pytest.fail(f"{form}: {medians[0]:.1f} ms for a known address, {medians[1]:.1f} ms otherwise")


# --- A6 ------------------------------------------------------------------------------------------

SERVER = """
STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = STATIC
from enishi.wsgi import application
class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 100
class Quiet(WSGIRequestHandler):
    def log_message(self, *said): pass
server = make_server("127.0.0.1", 0, application, Threads, Quiet)
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def web_process():
    """Our pages in a process of their own, on the database of this test; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        env=os.environ,
        cwd=market_settings.BASE_DIR.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


@pytest.fixture
def two(market):
    with ExitStack() as stack:
        yield [stack.enter_context(web_process()) for _ in range(2)]


def told(address, mail, password, number):
    """The status of one try that names a new address of the net each time."""
    token = "x" * 32
    lie = f"203.0.113.{number}"
    headers = {
        "Host": urlsplit(market_settings.URL).netloc,
        "Cookie": f"csrftoken={token}",
        "X-Forwarded-For": lie,
        "X-Real-IP": lie,
        "Forwarded": f"for={lie}",
    }
    data = {"login": mail, "password": password, "csrfmiddlewaretoken": token}
    return httpx.post(address + LOGIN, data=data, headers=headers, timeout=60).status_code


def stood(mail, settings):
    """An account whose password the processes can check."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    account = Account.objects.create_user(mail, PASSWORD, name="Known", joined_at=clock.now())
    commands.trust_email(account.pk)


def test_a6_two_processes_count_as_one_and_believe_no_header(two, settings):
    stood("one@people.example", settings)
    stood("two@people.example", settings)

    wrong = [told(two[n % 2], "one@people.example", "wrong", n) for n in range(5)]
    sixth = [told(address, "one@people.example", PASSWORD, 50) for address in two]
    wrong += [told(two[n % 2], f"x{n}@people.example", "wrong", 100 + n) for n in range(3)]
    eleventh = [told(address, "two@people.example", PASSWORD, 60) for address in two]

    assert wrong == [200] * 8  # refused tries count for the place, too: ten with the two
    assert sixth == [429, 429]
    assert eleventh == [429, 429]


def test_a6_twenty_tries_at_once_are_no_more_than_five(two, settings, proof):
    stood("one@people.example", settings)

    def one(number):
        return told(two[number % 2], "one@people.example", "wrong", number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(one, range(AT_ONCE)))

    proof.say(f"{answers.count(200)} of {AT_ONCE} tries at once were looked at")
    assert set(answers) == {200, 429}
    assert answers.count(200) <= 5


# --- A7, PE7 -------------------------------------------------------------------------------------


def at_once(acts):
    """All together, as far as threads can; what each one gave."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def nao():
    """A treasurer, with the demo's authenticator app and recovery codes."""
    account = joined("nao")
    RecoveryCodes.activate(account)
    return account


def halfway():
    """A browser that has given the password and is asked for the code."""
    browser = Client()
    assert sign_in(browser, "nao").headers["Location"].startswith(CODE_PAGE)
    return browser


def entered(code, crowd):
    """The browsers that one code let in, all at once."""
    browsers = [halfway() for _ in range(crowd)]
    at_once([lambda b=browser: b.post(CODE_PAGE, {"code": code}) for browser in browsers])
    return sum(is_signed_in(browser) for browser in browsers)


@pytest.fixture
def no_limit(settings):
    """So that the code alone stands between twenty browsers and the account."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "1000/m/ip", "login": "1000/m/ip"}


def test_a7_one_code_of_the_app_lets_one_in_of_twenty_at_once(nao, no_limit):
    assert entered(shown.code_of(nao), AT_ONCE) == 1


def test_a7_one_recovery_code_lets_one_in_of_twenty_at_once(nao, no_limit):
    assert entered(unused(nao)[0], AT_ONCE) == 1


def test_a7_of_two_recovery_codes_at_once_both_are_used_up(nao, no_limit):
    before = unused(nao)
    pair = before[:2]
    browsers = [halfway(), halfway()]

    at_once(
        [
            lambda b=browser, c=code: b.post(CODE_PAGE, {"code": c})
            for browser, code in zip(browsers, pair, strict=True)
        ]
    )

    assert [is_signed_in(browser) for browser in browsers] == [True, True]
    assert unused(nao) == before[2:]


def unused(account):
    return account.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()


def test_pe7_two_sign_ups_with_one_address_make_one_account(proof):
    """Both visitors read the same answer; the mail tells the second that the account stands."""
    for number in proof.rounds(least=3, whole=50):
        mail = f"twice{number}@people.example"
        answers = ANSWERS | {"email": mail}

        def sign_up(answers=answers, number=number):
            browser = Client(REMOTE_ADDR=f"10.9.{number}.1")
            return browser.post("/account/signup/", answers)

        first, second = at_once([sign_up, sign_up])

        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert first.status_code == 302
        assert Account.objects.filter(email=mail).count() == 1
        assert EmailAddress.objects.filter(email=mail).count() == 1
