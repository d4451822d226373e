"""Names that the eye takes for one another are found, by an index."""

import pytest
from django.db import connection

from enishi.accounts import commands as accounts
from enishi.profiles.names import queries
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Hanako", "hanako"),
        ("Hanako", "Ｈａｎａｋｏ"),
        ("Hanako", "Нanako"),  # a Cyrillic Н
        ("Hanako", "Hanak0"),
        ("Hanako", "Hana\u0301ko"),
        ("Hanako", "Hana ko"),
        ("Hanako", "Hana.ko"),
        ("modern", "modem"),
        ("Ilya", "llya"),
        ("タケ工房", "夕ケエ房"),
        ("ヘリ屋", "へり屋"),
        ("ｶﾞｸ", "ガク"),
        ("ロゴ屋", "口ゴ屋"),
        ("コーヒー", "コ一ヒ―"),
    ],
)
def test_names_of_one_look_are_found(name, other):
    first = make.account("First")
    type(first).objects.filter(pk=first.pk).update(name=name)

    assert queries.is_taken_look(other)
    assert not queries.has_double(first.pk, name)


@pytest.mark.parametrize(("name", "other"), [("はな", "ばな"), ("Hana", "Hanae"), ("蓮", "連")])
def test_names_that_differ_are_left_alone(name, other):
    first = make.account("First")
    type(first).objects.filter(pk=first.pk).update(name=name)

    assert not queries.is_taken_look(other)


def test_a_name_of_signs_alone_is_like_no_other():
    first = make.account("First")
    type(first).objects.filter(pk=first.pk).update(name="...")

    assert not queries.is_taken_look("・・・")


def test_who_left_has_no_double():
    ren, other = make.account("Ren"), make.account("Rеn")
    assert queries.has_double(ren.pk, ren.name)

    accounts.close(by=other, at=make.NOON, still_open=lambda _: [])

    assert not queries.has_double(ren.pk, ren.name)


def test_looks_are_found_by_their_index():
    queries.is_taken_look("Ren")
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "explain select id from accounts_account"
            " where is_active and name_look(name) = name_look('Ren')"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "account_name_look" in plan
