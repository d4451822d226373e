"""RE4: the client is asked at the end, and RE2 keeps it blind."""

from datetime import timedelta

import pytest

from enishi.reviews import closing, commands, policy, queries
from enishi.reviews.models import ClosingNote
from enishi.reviews.policy import Closing
from tests import make
from tests.make import NOON
from tests.reviews.hires import SCORES

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
WISH = Closing(better="A word in between", again="yes")


def seen(contract, viewer, at=LATER):
    return queries.of_contract(contract.pk, viewer=viewer, at=at).closing


def rate(contract, by, **more):
    said = {"scores": SCORES, "overall": 4, "comment": "Thank you."}
    return commands.write(contract.pk, by=by, at=LATER, **said, **more)


@pytest.fixture
def contract():
    made = make.contract("delivered")
    closing.accept(make.milestone(made).pk, by=made.client, at=NOON, closing=WISH)
    made.refresh_from_db()
    return made


def test_re4_the_answers_are_kept_with_the_last_acceptance(contract):
    assert contract.status == "completed"
    assert seen(contract, contract.client) == WISH
    assert not queries.of_contract(contract.pk, viewer=contract.client, at=LATER).asks_closing


def test_re2_the_worker_does_not_read_them_before_the_clients_review_appears(contract):
    assert seen(contract, contract.worker) is None

    rate(contract, contract.client)
    assert seen(contract, contract.worker) is None

    rate(contract, contract.worker)
    assert seen(contract, contract.worker) == WISH


def test_re2_once_no_review_can_come_the_worker_reads_them(contract):
    assert seen(contract, contract.worker, contract.reviews_close_at) == WISH


def test_re4_who_was_not_asked_before_is_asked_with_the_review():
    contract = make.contract("completed")
    assert queries.of_contract(contract.pk, viewer=contract.client, at=LATER).asks_closing
    assert not queries.of_contract(contract.pk, viewer=contract.worker, at=LATER).asks_closing

    rate(contract, contract.worker, closing=Closing(better="not asked"))
    rate(contract, contract.client, closing=WISH)

    assert [(one.better, one.again) for one in ClosingNote.objects.all()] == [
        (WISH.better, WISH.again)
    ]


def test_the_first_answers_stay(contract):
    rate(contract, contract.client, closing=Closing(better="Something else"))

    assert ClosingNote.objects.get().better == WISH.better


def test_with_an_earlier_piece_nothing_is_kept():
    contract = make.contract("delivered", parts=2)
    closing.accept(make.milestone(contract).pk, by=contract.client, at=NOON, closing=WISH)

    assert not ClosingNote.objects.exists()


def test_no_answer_is_no_note():
    contract = make.contract("delivered")
    part = make.milestone(contract)
    closing.accept(part.pk, by=contract.client, at=NOON, closing=Closing(better="  "))

    assert not ClosingNote.objects.exists()


def test_me6_promises_that_were_kept_are_counted_by_what_the_other_side_says():
    contract = make.contract("completed")
    kept = {"more_work": "kept", "more_pay": "broken"}
    rate(contract, contract.client, promises={"more_work": "kept", "more_pay": "none"})
    rate(contract, contract.worker, promises=kept)

    of_client = queries.summary(contract.client_id, "client")

    assert (of_client.kept, of_client.promised) == (1, 2)
    assert queries.summary(contract.worker_id, "worker").promised == 0
    assert policy.KEPT == ("none", "kept", "broken")
