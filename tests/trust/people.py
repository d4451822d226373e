"""Workers who have finished contracts, walked there by the real commands, and workers at a rank."""

from enishi.contracts.commands import delivering, offering
from enishi.profiles import commands as profiles
from enishi.ranks.models import Standing
from tests import make
from tests.make import NOON


def experienced(*workers, contracts=3, client=None, at=NOON):
    for worker in workers:
        for _ in range(contracts):
            finished(worker, client=client or make.account("Former", "client"), at=at)


def finished(worker, *, client, at=NOON, **post):
    """One contract between these two, from the post to the payment."""
    sent = make.proposal(to=make.job(client=client, at=at, **post), worker=worker, at=at)
    made = offering.offer(sent.pk, by=client, at=at, terms=make.offer_terms(at=at))
    make.agree(made, at=at)
    make.fund(make.milestone(made), at=at)
    make.deliver(make.milestone(made), at=at)
    delivering.accept(make.milestone(made).pk, by=client, at=at)
    made.refresh_from_db()
    return made


def listed(name, rank="regular", *, since=NOON, joined_at=None, **profile):
    """A worker as the list finds them: at a rank, with a profile."""
    fields = {"joined_at": joined_at} if joined_at else {}
    person = make.account(name, **fields)
    profiles.present_worker(by=person, at=NOON, **{"skills": []} | profile)
    Standing.objects.create(account=person, rank=rank, since=since, computed_at=NOON)
    return person
