"""A compiled query set is shared by all threads; each of them has a connection of its own."""

import threading

import psycopg
import pytest
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from enishi.accounts.models import Account
from enishi.kit import postgres
from enishi.kit.compiled import compiled
from tests import make

pytestmark = pytest.mark.usefixtures("market")
PATIENCE = 60


@pytest.fixture
def named():
    return compiled(lambda name: Account.objects.filter(name=name))


def backend():
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return cursor.fetchone()


def together(*acts):
    """Each in a thread of its own; what came of them, faults included."""
    gate, came = threading.Barrier(len(acts)), []

    def run(act):
        try:
            gate.wait(PATIENCE)
            came.append(act())
        except Exception as fault:
            came.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return came


def test_a_lock_outside_of_a_transaction_is_refused():
    locked = compiled(lambda pk: Account.objects.select_for_update().filter(pk=pk))
    one = make.account("Ada")

    for _ in range(2):
        with transaction.atomic():
            assert locked(one.pk) == [one]
        with pytest.raises(TransactionManagementError):
            locked(one.pk)


def test_it_works_on_after_the_connection_was_closed(named):
    one, before = make.account("Ada"), backend()
    assert named("Ada") == [one]

    connection.close()

    assert (named("Ada"), named.count("Ada")) == ([one], 1)
    assert backend() != before


def test_it_works_on_once_a_connection_that_was_cut_is_given_up(named, cluster):
    """As at the beginning of the next request."""
    one = make.account("Ada")
    assert named("Ada") == [one]
    with psycopg.connect(postgres.url(cluster.data, postgres.SUPERUSER)) as office:
        office.execute("select pg_terminate_backend(%s)", backend())
    with pytest.raises(OperationalError):
        named("Ada")

    connection.close_if_unusable_or_obsolete()

    assert named("Ada") == [one]


def test_threads_ask_at_once_each_by_its_own_connection(named):
    names = [f"Person{number}" for number in range(8)]
    for name in names:
        make.account(name)

    def asking(own):
        def ask():
            rounds = [own[turn % len(own)] for turn in range(200)]
            wrong = [name for name in rounds if [row.name for row in named(name)] != [name]]
            return wrong + [name for name in rounds if named.count(name) != 1], backend()

        return ask

    came = together(asking(names[:4]), asking(names[4:]))

    assert [wrong for wrong, _ in came] == [[], []]
    assert len({backend(), *(own for _, own in came)}) == 3
    assert [row.name for row in named(names[0])] == names[:1]


def test_a_thread_does_not_see_what_another_has_not_committed(named):
    make.account("Ada")

    with transaction.atomic():
        Account.objects.update(name="Inside")

        assert len(named("Inside")) == 1
        assert together(lambda: named("Inside")) == [[]]


def test_what_one_thread_wrote_serves_another_after_its_end(named):
    """The connection it was written by is gone with its thread."""
    one = make.account("Ada")

    assert together(lambda: named("Ada")) == [[one]]
    assert len(named._known) == 1
    assert named("Ada") == [one]
