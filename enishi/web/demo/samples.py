"""What the component gallery shows: one story, every state. Times hang on the reader's now."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any

from django.utils.translation import gettext as _

from enishi.trust.closeness.policy import Closeness
from enishi.web import closeness
from enishi.web.drawing import Market

MARKET = Market(low=1180, median=1780, high=2940, count=214)
FLOOR = 1122


def documents() -> list[dict[str, Any]]:
    digest = "4c18" + "0" * 56 + "9a07"
    return [
        {"href": "#paper", "name": _("Order sheet"), "meta": "PDF", "hash": digest},
        {"href": "#paper", "name": _("Delivery note"), "meta": "PDF"},
        {"name": _("Sealed file"), "meta": _("opens after funding"), "sealed": True},
    ]


def timeline(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "at": now + timedelta(days=14),
            "ahead": True,
            "text": _("If nobody acts: accepted by the rules, and 44,000 yen are paid"),
        },
        {
            "at": now - timedelta(hours=5),
            "text": _("%(who)s asked for a revision (the first of 2)") % {"who": "みどり編集室"},
            "documents": [{"href": "#paper", "name": _("Revision request")}],
        },
        {
            "at": now - timedelta(days=1),
            "node": "you",
            "text": _("You delivered 2 articles"),
            "hash": "9f3a" + "0" * 56 + "c41e",
        },
        {
            "at": now - timedelta(days=6),
            "node": "money",
            "text": _("%(who)s funded 44,000 yen") % {"who": "みどり編集室"},
        },
        {"at": now - timedelta(days=7), "node": "system", "text": _("The contract was made")},
    ]


def signals() -> list[dict[str, Any]]:
    made_of = _("The time until the first answer to a message in a live contract.")
    return [
        {
            "name": _("Communication"),
            "value": "4.9",
            "sample": _("55 reviews"),
            "size": "full",
            "made_of": _("The mean of the item “communication” in published reviews."),
            "window": _("2 years"),
        },
        {
            "name": _("Reply time"),
            "value": _("median 6 hours"),
            "sample": _("25 messages"),
            "size": "some",
            "made_of": made_of,
            "window": _("90 days"),
            "improve": _("Answer within 24 hours, even if only to say when you will."),
            "open": True,
        },
        {
            "name": _("Promises kept"),
            "value": _("2 kept"),
            "sample": _("of 3"),
            "size": "few",
            "made_of": _("Both sides are asked whether the next order came."),
            "window": _("2 years"),
        },
    ]


def messages(now: datetime) -> list[Row]:
    ask = "2本目の結びを、もう少しだけ短くできますか。\n\nご本人の言葉を残したいです。"
    return [
        Row(id=1, mine=False, author_name="みどり編集室", author_id=4, org=True, body=ask,
            at=now - timedelta(days=1), links=[{"href": "#", "label": _("Revision request")}]),
        Row(id=2, mine=True, author_name="蓮", author_id=3, at=now - timedelta(hours=3),
            body="ありがとうございます。今日の夕方までにお出しします。", read_at=now),
        Row(id=3, system=True, body=_("The delivery date was moved by agreement."), at=now),
        Row(id=4, mine=False, author_name="みどり編集室", author_id=4, org=True, at=now,
            body="次は LINE でお願いします。", notice=_("Contact outside needs a permit."),
            files=[{"href": "#", "name": "memo.txt", "size": 38_912}]),
    ]  # fmt: skip


def findings() -> list[dict[str, Any]]:
    return [
        {
            "title": _("Contact outside the platform needs a permit before a contract"),
            "words": ["LINEのほうが早い"],
            "rule": _("Records and reminders do not reach other tools."),
            "better": "このままメッセージでご相談できますか。",
            "permit_url": "#permit",
            "appeal_url": "#appeal",
        }
    ]


def jobs(now: datetime) -> list[dict[str, Any]]:
    client = {"name": "みどり編集室", "id": 4, "kind": "org", "verified": True,
              "rating": 4.8, "ratings": 55, "facts": [(_("answers"), "96%")]}  # fmt: skip
    bar = {"low": 1777, "high": 2222, "market": MARKET, "floor": FLOOR}
    poor = bar | {"low": 853, "high": None}
    first = {
        "href": "#job",
        "title": "商店街の店主3名へのインタビュー記事",
        "labels": [(_("Project"), ""), (_("Continuing work intended"), "ai")],
        "category": _("Writing"),
        "brief": "40分ずつお話を伺い、3,000字の記事にまとめます。取材は仮払いのあとに行います。",
        "price": "20,000〜25,000円",
        "price_unit": _("an article"),
        "yen_hour": bar,
        "client": client,
        "together": closeness.told(Closeness(2, now - timedelta(days=180))),
        "due_at": now + timedelta(days=5),
        "applied": 7,
        "headcount": 2,
    }
    second = first | {
        "together": "",
        "title": "商品名の入力（500件）",
        "labels": [(_("Task"), "")],
        "price": "4,000円",
        "yen_hour": poor,
        "client": client | {"verified": False, "rating": None, "ratings": 2, "facts": []},
        "due_at": now + timedelta(hours=5),
        "low_pay": _("This job pays rather less than similar jobs."),
    }
    return [first, second]


def cases(now: datetime) -> list[dict[str, Any]]:
    shapes = [
        ("scale", _("Early end"), "雨の日の音楽 2曲", 1, True),
        ("bell", _("Nudge"), "検収の返事がありません", 40, False),
        ("verified", _("Verification"), "運転免許証", 100, False),
    ]
    return [
        {
            "href": "#case",
            "title": title,
            "kind_label": kind,
            "sub": "みどり編集室 × 蓮",
            "icon_name": icon,
            "due_at": now + timedelta(hours=hours),
            "current": current,
        }
        for icon, kind, title, hours, current in shapes
    ]


def facets() -> list[dict[str, Any]]:
    return [
        {
            "title": _("Category"),
            "name": "category",
            "kind": "checkbox",
            "items": [
                {"value": "writing", "label": _("Writing"), "count": 1412, "checked": True},
                {"value": "design", "label": _("Design"), "count": 298, "checked": False},
            ],
        },
        {
            "title": _("By the hour, after fees"),
            "name": "pay",
            "kind": "radio",
            "items": [
                {"value": "", "label": _("any"), "count": None, "checked": True},
                {"value": "median", "label": _("at the median or above"), "count": 588,
                 "checked": False},
            ],
        },
    ]  # fmt: skip
