"""One at a time: a second is turned away, and a killed one stands in nobody's way."""

import psycopg
from django.conf import settings

from enishi.kit import postgres
from enishi.kit.alone import alone

NUMBER = 7


def other():
    return psycopg.connect(postgres.url(settings.EMBEDDED_DATABASE), autocommit=True)


def taken(there):
    return there.execute("select pg_try_advisory_lock(%s)", [NUMBER]).fetchone()[0]


def test_only_one_is_inside_and_the_next_comes_when_it_is_over(market):
    with other() as there:
        with alone(NUMBER) as is_alone:
            assert (is_alone, taken(there)) == (True, False)
        assert taken(there)

        with alone(NUMBER) as is_alone:
            assert not is_alone


def test_a_killed_one_has_let_go(market):
    there = other()
    assert taken(there)
    there.close()

    with other() as next_one:
        while not taken(next_one):  # until its server has noticed
            continue
