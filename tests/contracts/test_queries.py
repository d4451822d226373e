"""What pages ask about deals: what keeps an account open (PE6)."""

import pytest
from django.utils import translation

from enishi.contracts import queries
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["offered", "agreed", "active", "delivered"])
def test_a_live_deal_keeps_both_accounts_open_and_is_named(state):
    contract = make.contract(state)

    assert queries.open_deals(contract.worker_id) == [contract.title]
    assert queries.open_deals(contract.client_id)[0] == contract.title


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "money that is still on its way"), ("ja", "まだお手元に届いていないお金")],
)
def test_money_that_was_earned_and_not_yet_paid_out_is_named_in_words(language, said):
    contract = make.contract("completed")

    with translation.override(language):
        assert queries.open_deals(contract.worker_id) == [said]


def test_who_has_no_deal_and_no_money_may_leave():
    assert queries.open_deals(make.sora().pk) == []
