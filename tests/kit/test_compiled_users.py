"""Every compiled query set of ours gives what it would give uncompiled, on a market with rows."""

import importlib
import inspect
import pkgutil
import random
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

import enishi
from enishi.accounts.models import Account
from enishi.contracts.models import Contract, Delivery, Milestone
from enishi.drafts import commands as drafts
from enishi.escrow import models as escrow
from enishi.events.journal import record
from enishi.files.models import StoredFile
from enishi.jobs.models import AddressView, Job
from enishi.kit.compiled import Compiled
from enishi.kit.days import day_of
from enishi.messaging import commands as messaging
from enishi.messaging.models import Message, Thread
from enishi.organisations.models import Membership
from enishi.profiles import commands as profiles
from enishi.profiles.models import Package, Piece
from enishi.proposals.models import Proposal
from enishi.ranks import commands as ranks
from enishi.ranks.models import Standing
from enishi.trust import commands as trust
from enishi.trust.models import MarketRange
from tests import make
from tests.make import NOON
from tests.proofs.pairs import pair
from tests.verification.papers import approved

from .rows import held

MOST = 40  # ways of asking one query
LATER = NOON + timedelta(days=400)
CONDITIONS = list(
    product((None, "c01"), (None, "c01-s2"), (None, 1_000, 10**7), (None, 99_000), (None, LATER))
)


# Each is read for several threads or milestones at once and put in order by those who ask.
WITH_TIES = {"messaging.queries._with_them", "web.contracts.page._deliveries"}


def queries():
    """By name, wherever a module holds one."""
    known = {}
    for module in pkgutil.walk_packages(enishi.__path__, "enishi."):
        if ".migrations" in module.name or module.name.endswith(("__main__", ".wsgi")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            held_in = value.items() if isinstance(value, dict) else [("", value)]
            for key, one in held_in:
                if isinstance(one, Compiled) and one not in known.values():
                    known[f"{module.name.removeprefix('enishi.')}.{name} {key}".strip()] = one
    return known


@pytest.fixture
def hire(db, settings, tmp_path):
    """A hire in every state, and the few things that it does not leave behind."""
    of = pair("a")
    part = Contract.objects.filter(status="active").first()
    messaging.say(part.thread_id, at=NOON, line="The work has begun.")
    for number in range(25):
        messaging.post(part.thread_id, by=of.worker, at=NOON, body=f"Message {number}")
    for job in Job.objects.all():
        AddressView.objects.create(job=job, viewer=of.worker, on=day_of(NOON))
    SessionStore().create()
    profiles.register_invoices(by=of.worker, at=NOON, number="T7000012050002")
    drafts.keep("proposal-new", by=of.worker, at=NOON, boxes={"body": ["I can"]}, seen=0)
    sora = make.sora()
    make.account("S0ra")
    Standing.objects.create(account=sora, rank="bronze", since=NOON, computed_at=NOON)
    ranks.compute(sora.pk, at=NOON)  # announced to fall
    settings.SEALED_ROOT = tmp_path / "sealed"
    approved("qualification", by=of.worker, title="Librarian")
    standing = ranks.compute(of.worker.pk, at=NOON)
    record("rank.rose", standing, by=None, at=NOON, people=[of.worker], rank="regular")
    trust.keep([of.client.pk, of.worker.pk], at=NOON)
    paid = dict.fromkeys(("low", "median", "high"), 1_000)
    MarketRange.objects.create(
        subcategory="c01-s2", unit="hour", sample=5, computed_at=NOON, **paid
    )


def pools():
    """By the name of a parameter, what it may be given."""

    def ids(model):
        return list(model._default_manager.order_by("pk").values_list("pk", flat=True))

    accounts, parts = ids(Account), ids(Milestone)
    return {
        **dict.fromkeys(("account_id", "viewer_id", "reader_id"), accounts),
        "client_id": sorted(set(Contract.objects.values_list("client_id", flat=True))),
        "worker_id": sorted(set(Contract.objects.values_list("worker_id", flat=True))),
        **dict.fromkeys(("account_ids", "client_ids", "worker_ids"), accounts),
        "membership_id": ids(Membership),
        "proposal_ids": ids(Proposal),
        **dict.fromkeys(("purpose_id", "milestone_ids"), parts),
        **dict.fromkeys(("thread_id", "thread_ids"), ids(Thread)),
        **dict.fromkeys(("job_id", "job_ids"), ids(Job)),
        "pk": [*dict.fromkeys([*ids(Contract), *parts])],
        "contract_id": ids(Contract),
        "delivery_ids": ids(Delivery),
        "message_ids": ids(Message),
        "ids": ids(StoredFile),
        "package_ids": ids(Package),
        "piece_ids": ids(Piece),
        "before": [10**9, *ids(Message)[-9:-8]],
        "after": [0, 10**9],
        "codes": list(escrow.Account.objects.values_list("code", flat=True)),
        "idem": list(escrow.Entry.objects.values_list("idem", flat=True)),
        "key": ids(Session),
        "name": list(Account.objects.values_list("name", flat=True)),
        "but": accounts,
        "subject_id": ids(Standing),
        "subcategory_ids": ["c01-s2", "c08-s1"],
        "place": ["proposal-new"],
        "purpose_kind": ["milestone", "nothing"],
        "side": ["client", "worker"],
        "on": [day_of(NOON), date(2000, 1, 1)],
        "since": [NOON - timedelta(days=1), LATER],
    }


def given(parameter, pool):
    """The values of one parameter, as its annotation wants them."""
    values, kind = pool[parameter.name], str(parameter.annotation)
    if parameter.name.endswith("ids") or parameter.name == "codes":
        return [values, [], values[:1], values * (1000 // len(values))]
    if parameter.annotation is str:
        return [*map(str, values), "nothing of the kind"]
    nobody = [] if parameter.annotation in (date, datetime) else [10**18]
    return [*values, *nobody, *([None] if "None" in kind else [])]


def ways(name, query, pool):
    """Ways of asking it: all of them, or a sample that is always the same."""
    parameters = list(inspect.signature(query._write).parameters.values())
    if parameters[0].kind is parameters[0].VAR_POSITIONAL:
        return searches(name)
    every = list(product(*(given(one, pool) for one in parameters)))
    return random.Random(1).sample(every, MOST) if len(every) > MOST else every


def searches(name):
    """Of posts, with the keyset that each order goes by; they are counted without one."""
    marks = {"deadline": NOON, "newest": LATER, "price": 10**9}
    sort = name.rpartition(" ")[2]
    keysets = [(None, None), (marks[sort], 10**9)] if sort in marks else [()]
    return [(*conditions, *keyset) for conditions, keyset in product(CONDITIONS, keysets)]


def rows(name, query_set, found):
    """In their order, where the query has one."""
    held_by = [held(row) for row in found]
    is_ordered = query_set.ordered and name not in WITH_TIES
    return held_by if is_ordered else sorted(held_by, key=repr)


def test_every_compiled_query_of_ours_gives_the_rows_of_the_query_itself(hire):
    wrong, empty, pool = [], [], pools()
    known = queries()

    for name, query in known.items():
        anew, count = Compiled(query._write), 0
        for args in ways(name, query, pool):
            query_set = query.query_set(*args)
            expected = rows(name, query_set, query_set)
            count += len(expected)
            for one in (query, anew):
                if rows(name, query_set, one(*args)) != expected or one.count(*args) != len(
                    expected
                ):
                    wrong.append((name, args))
        if not count:
            empty.append(name)

    assert wrong == []
    assert empty == []
    assert len(known) >= 50
