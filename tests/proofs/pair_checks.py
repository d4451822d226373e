"""What is checked about a worker: documents that wait, one that was refused, one that stood and was
withdrawn; somebody of the office has looked."""

from datetime import timedelta

from enishi.kit import clock
from enishi.verification.commands import deciding, looking
from tests.verification.papers import submitted

from .pair_parts import NOON, Pair, joined


def checks(of: Pair) -> None:
    looker = joined(f"Looker {of.key}", f"looker-{of.key}", "worker", office_grade="operator")
    waits = submitted("qualification", by=of.worker, title=of.said["check-title"])
    picture = waits.pictures.get()
    of.things["verification"] = {"verification_id": waits.pk}
    of.things["picture"] = {"picture_id": picture.pk}
    real = clock.real() + timedelta(hours=1)  # a link that is open while the proof runs
    facts = {"reason": of.said["reason-of-look"], "at": NOON, "real": real}
    look = looking.ask(picture.pk, by=looker, **facts)
    of.things["look"] = {"look_id": look.pk}
    refused = submitted("business", by=of.worker, title=of.said["check-of-business-title"])
    reason = of.said["reason-of-rejection"]
    deciding.reject(refused.pk, by=looker, at=NOON, reason=reason)
    of.things["refused check"] = {"verification_id": refused.pk}
    gone = submitted("identity", by=of.worker)
    deciding.approve(gone.pk, by=looker, at=NOON)
    reason = of.said["reason-of-withdrawal"]
    deciding.withdraw(gone.pk, by=looker, at=NOON, reason=reason)
    of.things["withdrawn check"] = {"verification_id": gone.pk}
    stands = submitted("identity", by=of.client)
    deciding.approve(stands.pk, by=looker, at=NOON)
    of.things["approved check"] = {"verification_id": stands.pk}
    of.things["kind of check"] = {"kind": "identity"}
