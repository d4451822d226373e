"""What happens between two looks at the pages of the climb, walked by the market's own commands."""

from tests.journeys.site import Site

# What every stage begins with. A past that is walked wakes its subscribers in this process, and is
# seen by the sweep only when it is whole; what happens now wakes the worker of the running market.
BEGIN = """
from datetime import timedelta
from django.db import transaction
from enishi.accounts import commands as accounts
from enishi.contracts.commands import delivering, offering
from enishi.events import delivery
from enishi.kit import clock
from enishi.messaging import commands as messaging
from enishi.profiles import commands as profiles
from enishi.ranks import commands as ranks
from enishi.reviews import commands as reviews
from enishi.reviews.policy import ITEMS
from tests import make
from tests.ranks.people import regular

now, hour = clock.now(), timedelta(hours=1)
ren, hana = make.ren(), make.hana()


def told(account, language):
    accounts.trust_email(account.pk)
    accounts.speak(by=account, language=language)


def begun(client, at):
    sent = make.proposal(to=make.job(client=client, at=at), worker=ren, at=at)
    made = offering.offer(sent.pk, by=client, at=at, terms=make.offer_terms(at=at))
    make.agree(made, at=at)
    return made


def asked(made, at, answered_after):
    messaging.post(made.thread_id, by=made.client, at=at, body="進み具合はいかがですか。")
    later = at + answered_after * hour
    messaging.post(made.thread_id, by=ren, at=later, body="順調です。", needs_no_reply=True)


def finished(made, at):
    make.deliver(make.milestone(made), at=at)
    delivering.accept(make.milestone(made).pk, by=made.client, at=at)


def rated(made, stars, at):
    kept = {"more_work": "none", "more_pay": "none"}
    said = {"scores": dict.fromkeys(ITEMS, stars), "comment": "ありがとうございました。"}
    reviews.write(made.pk, by=ren, at=at, overall=5, promises=kept, **said)
    reviews.write(made.pk, by=made.client, at=at, overall=stars, **said)


def deal(client, stars, days_ago, answered_after):
    at = now - timedelta(days=days_ago)
    made = begun(client, at)
    make.fund(make.milestone(made), at=at)
    asked(made, at + hour, answered_after)
    finished(made, at + 48 * hour)
    rated(made, stars, at + 49 * hour)
"""
JOINS = """
told(ren, "ja")
told(hana, "en")
sora = make.sora()
profiles.present_worker(by=ren, at=now, introduction="文" * 120)
profiles.present_worker(by=sora, at=now, introduction="こんにちは。")
print(ren.pk, sora.pk)
"""
SHOWS_ENOUGH = "regular(ren, at=now)"
IS_FUNDED = """
made = begun(hana, now)
make.fund(make.milestone(made), at=now)
print(made.pk)
"""
FIRST_ENDS = """
with transaction.atomic(), delivery.in_process():
    from enishi.contracts.models import Contract
    made = Contract.objects.get()
    at = now - timedelta(days=5)
    asked(made, at, 30)
    finished(made, at + 48 * hour)
    rated(made, 5, at + 49 * hour)
ranks.compute_all(at=now)
"""
ANOTHER_IS_FAIR = """
with transaction.atomic(), delivery.in_process():
    deal(make.account("Kiku", "client"), 4, days_ago=20, answered_after=2)
    deal(make.account("Kiku", "client"), 4, days_ago=15, answered_after=2)
ranks.compute_all(at=now)
"""
TWO_OF_ONE_ORDER = """
with transaction.atomic(), delivery.in_process():
    deal(hana, 5, days_ago=20, answered_after=3)
    deal(hana, 5, days_ago=15, answered_after=3)
ranks.compute_all(at=now)
"""
TWO_MORE = """
with transaction.atomic(), delivery.in_process():
    deal(make.account("Aoi", "client"), 5, days_ago=9, answered_after=1)
    at = now - timedelta(days=6)
    made = begun(make.account("Tsubaki", "client"), at)
    make.fund(make.milestone(made), at=at)
    finished(made, at + 48 * hour)
ranks.compute_all(at=now)
rated(made, 5, now)
"""
TWO_APPLY = """
sora = make.sora()
job = make.job(client=hana, at=now)
make.proposal(to=job, worker=ren, amount=60_000, at=now)
make.proposal(to=job, worker=sora, amount=54_000, at=now)
print(job.pk)
"""


def stage(site: Site, what: str) -> list[str]:
    """What happens meanwhile, by the market's commands; the words that it prints at the end."""
    return site.enishi("manage", "shell", "-c", BEGIN + what).splitlines()[-1].split()
