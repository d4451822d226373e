"""A paper is part of the act that it proves."""

import pytest
from django.db import transaction

from enishi.documents import commands
from enishi.documents.models import Document

from .sheets import SHEET
from .test_commands import AT, issued, person


def test_a_paper_outside_an_act_is_refused(market):
    hana = person("hana")

    with pytest.raises(transaction.TransactionManagementError):
        commands.issue("order_sheet", hana, body=SHEET, parties=[hana], at=AT)


def test_a_paper_goes_with_an_act_that_fails(market):
    with transaction.atomic():
        issued()
        transaction.set_rollback(True)

    assert not Document.objects.exists()
