"""I1, 81 to 100: what no client library would send, against the real server: lengths that lie,
bodies without an end, hundreds of headers, cookies of 16 KiB, forged hosts. It answers each within
seconds or hangs up, never with a fault of ours, and then serves the next one.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import FOLDER
from tests.journeys.site import free_port

BUDGET = 20
ROOT = Path(__file__).parents[2]
PATIENCE = 8.0
UP = 30.0


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker, cluster) -> Iterator[int]:
    """Granian as `enishi run` starts it, on the database of the tests."""
    port = free_port()
    given = os.environ | {"ENISHI_DATA": str(FOLDER), "ENISHI_PORT": str(port)}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "1"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "1"]
    static = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(static, cwd=ROOT, env=given, check=True)
    with (FOLDER / "granian.log").open("wb") as log, django_db_blocker.unblock():
        running = subprocess.Popen(
            [*command, "enishi.wsgi:application"],
            cwd=ROOT,
            env=given,
            stdout=log,
            stderr=log,
        )
        try:
            _wait(port)
            yield port
        finally:
            running.terminate()
            running.wait(timeout=20)
            cluster.renew()


def _wait(port: int) -> None:
    end = time.monotonic() + UP
    while status(ask(port, request("GET", "/healthz", port))) != 200:
        assert time.monotonic() < end, (FOLDER / "granian.log").read_text(errors="replace")
        time.sleep(0.2)


def request(method: str, path: str, port: int, body: bytes = b"", **headers: str) -> bytes:
    lines = {"Host": f"localhost:{port}", "Connection": "close", "Content-Length": str(len(body))}
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body


def ask(port: int, raw: bytes, *, hang_up: bool = False) -> bytes:
    """What comes back; nothing if the server hung up or let us wait."""
    found = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            line.sendall(raw)
            if hang_up:
                return b""
            while part := line.recv(65_536):
                found += part
    except OSError:
        pass
    return found


def status(answer: bytes) -> int:
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


TYPED = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
OPEN_PART = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\nnever ends'
DEEP = b"[" * 100_000
LOGIN = "/account/login/"
Case = tuple[str, bytes, set[int]]


def cases(port: int) -> list[Case]:
    """Name, bytes, and the answers that will do; 0: the server hung up."""
    refused = {0, 400, 403, 411, 413, 431}

    def post(path: str, body: bytes, kind: str, **more: str) -> bytes:
        return request("POST", path, port, body, Content_Type=kind, **more)

    hook = "/webhooks/provider/"
    many = {f"X_Many_{number}": "x" * 20 for number in range(200)}
    return [
        ("81 JSON 100,000 deep", post(hook, DEEP, "application/json"), {400}),
        ("82 a million keys", post(hook, b'{"a":1}' * 200_000, "application/json"), refused),
        ("83 array for object", post(hook, b"[]", "application/json"), {400}),
        ("84 JSON as text", post(LOGIN, b'{"login": 1}', "text/plain"), {403}),
        ("85 parts without end", post(LOGIN, OPEN_PART, PARTS), refused),
        ("85 parts without boundary", post(LOGIN, b"x", "multipart/form-data"), refused),
        ("86 10,000 parts", post(LOGIN, _parts(10_000), PARTS), refused),
        ("87 10,000 in the query", request("GET", f"/jobs/?{'a=1&' * 10_000}", port), refused),
        ("87 1 MiB in the query", request("GET", f"/jobs/?q={'a' * 2**20}", port), refused | {414}),
        ("88 shorter than told", post(LOGIN, b"login=a&x=1", TYPED, Content_Length="4"), refused),
        ("88 a length of words", post(LOGIN, b"login=a", TYPED, Content_Length="many"), refused),
        ("88 below nothing", post(LOGIN, b"login=a", TYPED, Content_Length="-5"), refused),
        ("88 both", post(LOGIN, b"0\r\n\r\n", TYPED, Transfer_Encoding="chunked"), refused),
        ("89 200 headers", request("GET", "/fees/", port, **many), refused | {200}),
        ("90 cookie 16 KiB", request("GET", "/fees/", port, Cookie=f"a={'x' * 16_384}"), {200}),
        ("90 no session", request("GET", "/desk/", port, Cookie="sessionid=x" * 3), {302}),
        ("90 NUL", request("GET", "/desk/", port, Cookie='sessionid="12345678\\000"'), {302}),
        ("91 another method", _headed(port, X_HTTP_Method_Override="DELETE"), {200}),
        ("92 forwarded", _headed(port, X_Forwarded_Host="evil.example"), {200}),
        ("93 another host", _headed(port, Host="evil.example"), {400}),
        ("93 a host that is none", _headed(port, Host="a b<script>"), {0, 400}),
        ("94 origin null", post(LOGIN, b"login=a", TYPED, Origin="null"), {403}),
        ("95 htmx", _headed(port, HX_Request="true", HX_Current_URL="javascript:x"), {200}),
        ("no request", b"\x16\x03\x01\x02\x00\x01\x00", {0, 400}),
        ("a path that is no text", request("GET", "/jobs/%ff%fe/%00", port), {400, 404}),
    ]


def _parts(count: int) -> bytes:
    part = b'--x\r\nContent-Disposition: form-data; name="a%d"\r\n\r\n1\r\n'
    return b"".join(part % number for number in range(count)) + b"--x--\r\n"


def _headed(port: int, **headers: str) -> bytes:
    return request("GET", LOGIN, port, **headers)


def test_the_server_answers_or_hangs_up_and_goes_on(server, proof):
    wrong, slowest = [], 0.0

    for name, raw, expected in cases(server):
        started = time.monotonic()
        answer = ask(server, raw)
        slowest = max(slowest, time.monotonic() - started)
        if status(answer) not in expected:
            wrong.append(f"{name}: {status(answer)}, not {sorted(expected)}")
        if b"evil.example" in answer or b"Traceback" in answer:
            wrong.append(f"{name}: says what it must not")

    proof.say(f"the slowest raw request took {slowest:.1f} s")
    assert not wrong, "\n".join(wrong)
    assert status(ask(server, request("GET", "/fees/", server))) == 200


def test_a_body_that_never_comes_holds_up_nobody_for_ever(server):
    """Told 5,000 bytes, sent 10, hung up: the one thread of this server is free again at once."""
    half = request("POST", LOGIN, server, b"login=abcd", Content_Type=TYPED, Content_Length="5000")
    for _ in range(5):
        ask(server, half, hang_up=True)
    started = time.monotonic()

    answer = ask(server, request("GET", "/fees/", server))

    assert status(answer) == 200
    assert time.monotonic() - started < PATIENCE


def test_a_mail_for_a_new_password_never_names_a_forged_host(server):
    """93: the link would hand the key to whoever forged it."""
    for headers in ({"Host": "evil.example"}, {"X_Forwarded_Host": "evil.example"}):
        answer = ask(server, request("GET", "/account/password/reset/", server, **headers))

        assert b"evil.example" not in answer
        assert status(answer) == (400 if "Host" in headers else 200)
