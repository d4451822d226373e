"""A small program between us and the sandbox that passes everything on and writes down what was
asked and answered. Nothing is replaced: both sides speak real HTTP."""

import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

ID = re.compile(r"/(?:cs_test|cus|pi|re|du|acct|tr|po|ba|ch)_[A-Za-z0-9_]+")
INDEX = re.compile(r"\[\d+\]")
PASSED_ON = ("authorization", "content-type", "idempotency-key", "stripe-account")


@dataclass
class Call:
    """All that was ever sent to one address, and which fields its answers had."""

    sends: set[str] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)
    keys: set[bool] = field(default_factory=set)  # with an idempotency key, without
    accounts: set[bool] = field(default_factory=set)  # for a payee, for ourselves


class Recorder:
    def __init__(self, url: str) -> None:
        self.calls: dict[str, Call] = defaultdict(Call)
        self.there = httpx.Client(base_url=url, trust_env=False, verify=False, timeout=30)
        recorder = self

        class Passing(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                recorder.pass_on(self)

            def do_POST(self) -> None:
                recorder.pass_on(self)

            def log_message(self, *_: object) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Passing)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def pass_on(self, caller: BaseHTTPRequestHandler) -> None:
        body = caller.rfile.read(int(caller.headers.get("content-length") or 0))
        headers = {name: caller.headers[name] for name in PASSED_ON if caller.headers.get(name)}
        answer = self.there.request(caller.command, caller.path, content=body, headers=headers)
        self._note(caller, body, answer)
        caller.send_response(answer.status_code)
        for name in ("content-type", "date"):
            if name in answer.headers:
                caller.send_header(name, answer.headers[name])
        caller.send_header("content-length", str(len(answer.content)))
        caller.end_headers()
        caller.wfile.write(answer.content)

    def _note(self, caller: BaseHTTPRequestHandler, body: bytes, answer: httpx.Response) -> None:
        parts = urlsplit(caller.path)
        call = self.calls[f"{caller.command} {ID.sub('/{id}', parts.path)}"]
        given = parts.query if caller.command == "GET" else body.decode()
        named = parse_qsl(given, keep_blank_values=True)
        call.sends |= {INDEX.sub("[]", name) for name, _ in named}
        call.keys.add("idempotency-key" in caller.headers)
        call.accounts.add("stripe-account" in caller.headers)
        if answer.headers.get("content-type") == "application/json":
            call.answers |= set(fields_of(answer.json()))


def fields_of(value: Any, within: str = "") -> Iterator[str]:
    """`data[].source.metadata.enishi` and every such way into an answer that leads to something."""
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{within}.{name}" if within else name
            yield here
            yield from fields_of(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, f"{within}[]")


@contextmanager
def recording(url: str) -> Iterator[Recorder]:
    recorder = Recorder(url)
    thread = threading.Thread(target=recorder.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield recorder
    finally:
        recorder.server.shutdown()
        recorder.server.server_close()
        recorder.there.close()
        thread.join()
