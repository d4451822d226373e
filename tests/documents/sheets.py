"""A complete order sheet to start from: 44,000 and 22,000 yen, a company orders from a person."""

from copy import deepcopy
from typing import Any


def part(number: int, title: str, amount: int, deliver_on: str, pay_on: str, withholding: int):
    fee = amount * 20 // 100
    fee_tax = fee // 10
    return {
        "number": number,
        "title": title,
        "amount": amount,
        "deliver_on": deliver_on,
        "pay_on": pay_on,
        "tax": amount * 10 // 110,
        "fee": fee,
        "fee_tax": fee_tax,
        "withholding": withholding,
        "funds": amount - withholding,
        "net": amount - withholding - fee - fee_tax,
    }


PARTS = [
    part(1, "1・2本目の記事", 44_000, "2026-11-23", "2026-12-22", 4_084),
    part(2, "3本目の記事", 22_000, "2026-12-11", "2027-01-09", 2_042),
]
SUMS = ("amount", "tax", "fee", "fee_tax", "withholding", "funds", "net")

SHEET: dict[str, Any] = {
    "version": 1,
    "contract_id": 482,
    "ordered_at": "2026-11-13T06:40:00+00:00",
    "client": {
        "account_id": 1,
        "name": "町の地図 編集部",
        "kind": "company",
        "registration_number": "T1234567890123",
    },
    "worker": {
        "account_id": 2,
        "name": "髙橋 𠮷乃",
        "kind": "individual",
        "registration_number": "",
    },
    "title": "商店街の記事3本",
    "content": "店主に取材し、記事にまとめてください。\n取材先への連絡は編集部が行います。",
    "deliverable": ".docx の原稿3本",
    "acceptance": "",
    "place": "",
    "milestones": PARTS,
    "totals": {name: sum(row[name] for row in PARTS) for name in SUMS},
    "inspection_days": 14,
    "payout_days": 15,
    "legal_payment_days": 60,
    "consumption_tax": 1000,
    "fee_tiers": [[100_000, 2000], [100_000, 1000]],
    "fee_above_tiers": 500,
    "fee_counts_from": 0,
    "withholding_reason": "manuscript",
    "revision_rounds": 2,
    "rights": "transfer",
    "rights_note": "",
    "confidentiality": "work",
    "confidentiality_note": "",
    "ai_use": "ask",
    "ai_use_note": "文字起こしには使ってかまいません。",
    "invoice_mode": "unregistered",
    "differences": [
        {
            "item": "milestones",
            "posted": "2本",
            "offered": "3本",
            "confirmed_at": "2026-11-13T06:38:00+00:00",
        }
    ],
}


def sheet(**changes: Any) -> dict[str, Any]:
    return deepcopy(SHEET) | changes
