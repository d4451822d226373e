"""A finished hire, walked along the contract's own edges and without the money under it."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from enishi.accounts.models import Account
from enishi.contracts.models import Contract
from enishi.contracts.pay import rates_of
from enishi.messaging.models import Thread

ENDED = datetime(2026, 10, 30, 6, 0, tzinfo=UTC)  # Friday 15:00 in Tokyo
CLOSES = datetime(2026, 11, 13, 15, 0, tzinfo=UTC)  # 2026-11-13 24:00 in Tokyo (CL17)
SCORES = {"skill": 5, "quality": 4, "schedule": 3, "communication": 5, "partnership": 4}


def account(name, **fields):
    return Account.objects.create_user(
        f"{name}@enishi.example", name=name, joined_at=ENDED - timedelta(days=90), **fields
    )


def contract(client, worker, status="completed", **fields):
    made = Contract.objects.create(
        client=client,
        worker=worker,
        thread=Thread.objects.create(created_at=ENDED),
        title="道の駅の取材記事",
        content="取材して書く",
        deliverable="原稿",
        acceptance="誤字がないこと",
        place="",
        inspection_days=14,
        revision_rounds=2,
        rights="transfer",
        ai_use="ask",
        payer_kind="individual",
        payee_kind="individual",
        amount=11_000,
        rates=rates_of(settings.RULES),
        offered_at=ENDED - timedelta(days=20),
        due_at=ENDED - timedelta(days=13),
        **{"confidentiality": "none"} | fields,
    )
    steps = {"active": ["agreed", "active"], "completed": ["agreed", "active", "completed"]}
    steps["ended"] = ["agreed", "active", "ended"]
    for step in steps.get(status, []):
        made.status = step
        made.agreed_at = made.offered_at
        made.ended_at = ENDED if step in ("completed", "ended") else None
        made.reviews_close_at = CLOSES if step == "completed" else None
        made.save()
    return made
