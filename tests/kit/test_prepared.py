"""What a compiled query leaves on the server, and how a connection is found to be dead."""

import psycopg
import pytest
from django.db import connection
from django.db.models import F

from enishi.accounts.models import Account
from enishi.kit.bounded.base import Connection, DatabaseWrapper
from enishi.kit.compiled import compiled
from tests import make


def kept():
    """The statements that this connection has prepared."""
    with connection.cursor() as cursor:
        cursor.execute("select statement from pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.django_db
def test_a_statement_is_prepared_once_and_says_itself_what_never_changes():
    ada = make.account("Ada")
    active = compiled(lambda pk: Account.objects.filter(is_active=True, name="Ada", pk=pk))

    assert [active(pk) for pk in (ada.pk, ada.pk, ada.pk + 1)] == [[ada], [ada], []]

    (ours,) = [one for one in kept() if "'Ada'" in one]
    assert "$1" in ours
    assert "$2" not in ours


@pytest.mark.django_db
def test_a_percent_sign_in_a_value_is_no_placeholder():
    ada = make.account("100%s Ada")
    like = compiled(lambda pk: Account.objects.filter(name__contains="0%s", pk=pk))

    assert like(ada.pk) == [ada]


@pytest.mark.django_db
def test_prepared_statements_are_seen_by_whoever_counts_queries(django_assert_num_queries):
    named = compiled(lambda name: Account.objects.filter(name=name).annotate(again=F("name")))
    named("nobody")

    with django_assert_num_queries(1):
        named("Ada")


@pytest.fixture
def bounded(market):
    """A connection of the kind that pages have."""
    wrapper = DatabaseWrapper({**connection.settings_dict}, "bounded")
    wrapper.connect()
    yield wrapper
    wrapper.close()


def test_a_connection_of_pages_is_usable_until_the_server_ends_it(bounded):
    assert isinstance(bounded.connection, Connection)
    assert bounded.is_usable()
    pid = bounded.connection.info.backend_pid
    with psycopg.connect(bounded.connection.info.dsn, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", [pid])

    assert not bounded.is_usable()


def test_a_notice_that_waits_to_be_read_does_not_end_a_connection(bounded):
    with bounded.cursor() as cursor:
        cursor.execute("listen somebody")
    with psycopg.connect(bounded.connection.info.dsn, autocommit=True) as other:
        other.execute("notify somebody")

    assert bounded.is_usable()


@pytest.mark.usefixtures("market")
def test_a_connection_that_died_between_two_requests_is_replaced():
    ada = make.account("Ada")
    named = compiled(lambda name: Account.objects.filter(name=name))
    assert named("Ada") == [ada]
    pid = connection.connection.info.backend_pid
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", [pid])

    connection.close_if_unusable_or_obsolete()  # as Django does where a request begins

    assert named("Ada") == [ada]
