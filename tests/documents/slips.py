"""A complete slip of each kind to start from: the first part of the order in sheets.py."""

from copy import deepcopy
from typing import Any

from .sheets import PARTS, SHEET

YEARLY = ("amount", "tax", "withholding")
DELIVERED = "2026-11-22T14:30:00+00:00"
ACCEPTED = "2026-11-25T01:00:00+00:00"
SLIP = {
    "version": 1,
    "contract_id": 482,
    "order_number": "OS-20261113-0482",
    "title": SHEET["title"],
    "milestone": 1,
    "milestone_title": PARTS[0]["title"],
    "client": SHEET["client"],
    "worker": SHEET["worker"],
}
BODIES: dict[str, dict[str, Any]] = {
    "delivery_note": SLIP
    | {
        "delivery": 2,
        "due_on": "2026-11-23",
        "delivered_at": DELIVERED,
        "body": "直した原稿です。\n#table(1) *太字*",
        "files": [{"name": "記事1.docx", "size": 48_213, "sha256": "0123456789abcdef" * 4}],
        "inspect_until_on": "2026-12-06",
    },
    "inspection_record": SLIP
    | {
        "delivery": 2,
        "delivered_at": DELIVERED,
        "accepted_at": ACCEPTED,
        "accepted_by": "client",
        "revisions": 1,
        "amount": 44_000,
    },
    "payment_statement": SLIP
    | {
        "delivered_at": DELIVERED,
        "accepted_at": ACCEPTED,
        "pay_until_on": "2026-12-10",
        "paid_before": 0,
        **{
            name: PARTS[0][name]
            for name in ("amount", "tax", "withholding", "funds", "fee", "fee_tax", "net")
        },
    },
    "invoice": SLIP
    | {
        "mode": "unregistered",
        "issuer": {"name": "髙橋 𠮷乃", "registration_number": ""},
        "supplied_on": "2026-11-25",
        "by_rate": [{"rate": 1000, "amount": 44_000, "tax": 4_000}],
        **{name: PARTS[0][name] for name in ("amount", "tax", "withholding", "funds")},
        "deduction": {"rate": 7_000, "until_on": "2028-09-30"},
    },
    "receipt": SLIP
    | {
        "issuer": {"name": "縁の運営者", "registration_number": ""},
        "paid_at": "2026-11-14T01:00:00+00:00",
        "amount": 39_916,
        "means": "",
        "payment_id": 12,
    },
    "payment_record": {
        "version": 1,
        "year": 2026,
        "until_on": "2026-11-30",
        "is_whole": False,
        "client": SHEET["client"],
        "rows": [
            {
                "worker": SHEET["worker"],
                "payments": 2,
                **{name: sum(part[name] for part in PARTS) for name in YEARLY},
            }
        ],
        "totals": {"payments": 2, **{n: sum(part[n] for part in PARTS) for n in YEARLY}},
    },
}


def slip(kind: str, **changes: Any) -> dict[str, Any]:
    return deepcopy(BODIES[kind]) | changes
