"""Two people, and what the walk fills into addresses: what pairs are made of."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from enishi.accounts import commands as accounts
from enishi.accounts.models import Account
from tests import make

from .canaries import Canaries

NOON = make.NOON
SCORES = dict.fromkeys(("skill", "quality", "schedule", "communication", "partnership"), 4)
Thing = dict[str, Any]  # parameters of addresses: what belongs together stands together


@dataclass
class Pair:
    """A client and a worker, and by name what the walk fills into addresses."""

    key: str
    client: Account
    worker: Account
    said: Canaries
    things: dict[str, Thing] = field(default_factory=dict)
    member: Account | None = None  # acts for the client, without the right to decide (PE3)

    @property
    def membership(self) -> int:
        found: int = self.things["member"]["membership_id"]
        return found


def joined(name: str, mail: str, role: str, **fields: Any) -> Account:
    values = {"joined_at": NOON - timedelta(days=400), "language": "en"} | fields
    person = Account.objects.create_user(
        f"{mail}@people.example", make.PASSWORD, name=name, role=role, **values
    )
    accounts.trust_email(person.pk)
    return person


def upload(name: str, content: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.txt", content.encode(), "text/plain")
