"""Every (state, verb) outside the tables is refused by the command's table and by PostgreSQL."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connections, transaction
from django.utils import translation

from enishi.contracts.lifecycle import CHANGE, CONTRACT, MILESTONE
from enishi.files.lifecycle import SCAN
from enishi.jobs.lifecycle import JOB
from enishi.kit.constraints import LegalMoves
from enishi.kit.errors import Refused
from enishi.payments.lifecycle import PAYMENT, PAYOUT, REFUND
from enishi.profiles.lifecycle import PACKAGE
from enishi.proposals.lifecycle import PROPOSAL
from enishi.verification.lifecycle import CODE, PICTURE, VERIFICATION
from enishi.wiring import sentences

CYCLES = {
    "contracts.Contract": CONTRACT,
    "contracts.Milestone": MILESTONE,
    "contracts.ChangeRequest": CHANGE,
    "jobs.Job": JOB,
    "proposals.Proposal": PROPOSAL,
    "payments.Payment": PAYMENT,
    "payments.Refund": REFUND,
    "payments.Payout": PAYOUT,
    "files.Scan": SCAN,
    "verification.Verification": VERIFICATION,
    "verification.SealedPicture": PICTURE,
    "verification.PhoneCode": CODE,
    "profiles.Package": PACKAGE,
}
SILENT = (REFUND, PAYOUT, PAYMENT, SCAN, PICTURE, CODE)
SPOKEN = [cycle for cycle in CYCLES.values() if cycle not in SILENT]
REFUSED = [(cycle, state, verb) for cycle in SPOKEN for state, verb in cycle.refused]


def named(value):
    return getattr(value, "name", str(value))


@pytest.mark.parametrize(("cycle", "state", "verb"), REFUSED, ids=named)
def test_a_verb_outside_the_table_is_refused_with_a_sentence_in_both_languages(cycle, state, verb):
    with pytest.raises(Refused) as refused:
        cycle.after(state, verb)

    sentence = sentences()[refused.value.code]
    with translation.override("en"):
        english = str(sentence)
    with translation.override("ja"):
        japanese = str(sentence)
    assert english.endswith(".")
    assert japanese != english


def legal_moves(model):
    return next(c for c in model._meta.constraints if isinstance(c, LegalMoves))


@pytest.mark.parametrize("label", CYCLES)
def test_the_database_holds_the_same_table_as_the_command(label):
    cycle, guard = CYCLES[label], legal_moves(apps.get_model(label))

    assert guard.start == cycle.start
    assert guard.edges == [tuple(edge) for edge in cycle.edges]


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("label", CYCLES)
def test_the_database_refuses_every_move_outside_the_table(label):
    """The trigger itself is asked, on a bare copy of the column it guards."""
    cycle, model = CYCLES[label], apps.get_model(label)
    guard = legal_moves(model)
    refused = []
    with connections["owner"].cursor() as cursor:
        cursor.execute("create temp table moves (status text) on commit drop")
        cursor.execute(
            f"create trigger moves before insert or update of status on moves "
            f"for each row execute function {guard.name}()"
        )
        pairs = [(a, b) for a in cycle.states for b in cycle.states if a != b]
        for before, after in pairs:
            cursor.execute("truncate moves")
            cursor.execute("alter table moves disable trigger moves")
            cursor.execute("insert into moves (status) values (%s)", [before])
            cursor.execute("alter table moves enable trigger moves")
            try:
                with transaction.atomic(using="owner"):
                    cursor.execute("update moves set status = %s", [after])
            except IntegrityError:
                refused.append((before, after))
    assert refused == [pair for pair in pairs if pair not in cycle.edges]
