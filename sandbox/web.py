"""The little HTTP that the sandbox needs: a request, a response, Stripe's nested form encoding."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

BODY_LIMIT = 1 << 20
PART = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def params(self) -> dict[str, Any]:
        """The form of a POST, the query of a GET, decoded into nested values."""
        text = self.query if self.method == "GET" else self.body.decode("utf-8", "replace")
        return nested(parse_qsl(text, keep_blank_values=True))

    @property
    def account(self) -> str:
        """The connected account that the call acts for; empty: the platform itself."""
        return self.headers.get("stripe-account", "")


@dataclass(slots=True)
class Response:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[..., Any]


def as_json(value: Any, status: int = 200) -> Response:
    body = json.dumps(public(value), ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, {"content-type": "application/json"})


def see_other(address: str) -> Response:
    return Response(303, b"", {"location": address})


def public(value: Any) -> Any:
    """What the outside sees: notes whose name begins with an underscore stay inside."""
    if isinstance(value, dict):
        return {name: public(one) for name, one in value.items() if not name.startswith("_")}
    if isinstance(value, list):
        return [public(one) for one in value]
    return value


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=x` becomes {"a": {"b": ["x"]}}."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        head, _, rest = name.partition("[")
        path = [head, *PART.findall("[" + rest)] if rest else [head]
        here = tree
        for step in path[:-1]:
            inner = here.setdefault(step, {})
            here = inner if isinstance(inner, dict) else {}
        here[path[-1] or str(len(here))] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {name: _lists(one) for name, one in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


class Routes:
    """(method, path pattern) → handler; `{name}` matches one path segment."""

    def __init__(self, *routes: tuple[str, str, Handler]) -> None:
        self.exact = {(method, path): call for method, path, call in routes if "{" not in path}
        self.patterns = [
            (method, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)), call)
            for method, path, call in routes
            if "{" in path
        ]

    def find(self, method: str, path: str) -> tuple[Handler, dict[str, str]] | None:
        if call := self.exact.get((method, path)):
            return call, {}
        for known, pattern, call in self.patterns:
            if known == method and (match := pattern.fullmatch(path)):
                return call, {name: unquote(part) for name, part in match.groupdict().items()}
        return None
