"""What every endpoint is given: the store, the settings, the failures asked for by tests."""

from dataclasses import dataclass, field
from typing import Any

from .errors import invalid
from .shapes import Shapes
from .store import Body, Store, precisely

API_VERSION = "2026-10-28.endive"
ALWAYS_KNOWN = {"expand", "metadata"}
AMOUNT_MOST = 99_999_999  # eight digits
CHARGE_LEAST = 50
LIST_MOST = 100


@dataclass(slots=True)
class Settings:
    key: str
    webhook_secret: str
    webhook_url: str = ""
    page_url: str = ""  # where a browser reaches this program
    settle_after: float = 2.0  # seconds until payouts and slow payments come to rest
    grants_all: bool = False  # a restricted key has rights that nobody needs
    clock_ahead: float = 0.0  # seconds by which the date of our answers is wrong


@dataclass(slots=True)
class Box:
    store: Store
    settings: Settings
    shapes: Shapes = field(default_factory=Shapes)

    def announce(self, name: str, subject: Body, *, account: str = "") -> None:
        """Write the event and, when someone listens, what is to be sent of it."""
        shown = {k: v for k, v in subject.items() if not k.startswith("_")}
        facts: dict[str, Any] = {"type": name, "api_version": API_VERSION}
        facts |= {"account": account} if account else {}
        event = self.store.new("event", data={"object": shown}, **facts)
        if self.settings.webhook_url:
            row = (event["id"], precisely() + self.shapes.delay)
            self.store.db.executemany(
                "insert into deliveries (event, at) values (?, ?)", [row] * self.shapes.copies
            )


def take(params: Body, *known: str) -> Body:
    """The parameters, if the endpoint understands all of them: Stripe refuses any other."""
    for name in params:
        if name not in known and name not in ALWAYS_KNOWN:
            raise invalid(
                f"Received unknown parameter: {name}", code="parameter_unknown", param=name
            )
    return params


def needed(params: Body, name: str) -> Any:
    if params.get(name) in (None, "", {}, []):
        raise invalid(f"Missing required param: {name}.", code="parameter_missing", param=name)
    return params[name]


def amount_in(params: Body, *, least: int = 1, name: str = "amount") -> int:
    """Whole yen in plain digits, between the least charge and eight digits."""
    text = str(needed(params, name))
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise invalid(f"Invalid integer: {text}", code="parameter_invalid_integer", param=name)
    if int(text) < least:
        raise invalid(f"Amount must be at least ¥{least}", code="amount_too_small", param=name)
    if int(text) > AMOUNT_MOST:
        raise invalid(
            "Amount must be no more than ¥99,999,999", code="amount_too_large", param=name
        )
    return int(text)


def limit_in(params: Body) -> int:
    text = str(params.get("limit") or 10)
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:4]) <= LIST_MOST:
        raise invalid(f"Invalid integer: {text}", code="parameter_invalid_integer", param="limit")
    return int(text)


def yen_only(params: Body) -> str:
    if str(needed(params, "currency")).lower() != "jpy":
        raise invalid(f"Invalid currency: {params['currency']}", param="currency")
    return "jpy"
