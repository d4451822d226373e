"""What the tests of acts on money share."""

from enishi.office import commands
from tests import make
from tests.make import NOON


def propose(kind, subject, *, by=None, **facts):
    by = by or make.nao()
    return commands.propose(kind, subject.pk, by=by, at=NOON, reason="It is due.", facts=facts)


def approve(act, *, by=None, at=NOON):
    return commands.approve(act.pk, by=by or make.kei(), at=at)


def correction(amount=300, direction="to_person", who=None):
    return propose("correction", who or make.ren(), amount=amount, direction=direction)
