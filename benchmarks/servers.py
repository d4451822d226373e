"""Both programs under the same server, as `enishi run` starts it: Granian, two workers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from enishi.cli import ports

from . import market

WORKERS = 2
PATIENCE = 30.0
TICKS = os.sysconf("SC_CLK_TCK")
OURS, BARE = "enishi.wsgi:application", "benchmarks.bare.app:application"
STOCK = "benchmarks.bare.stock:application"


@dataclass(frozen=True, slots=True)
class Asked:
    """One round: requests a second, and the CPU time that the program's own processes took."""

    rate: float
    cpu: float  # seconds a request


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def get(self, path: str, headers: dict[str, str]) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError(f"{path} answers with {answer.status}")
        return body

    def load(self, requests: Sequence[bytes], *, seconds: float) -> Asked:
        wishes = Path(os.environ["ENISHI_DATA"]) / "requests"
        wishes.write_bytes(b"\0".join(requests))
        before = _cpu(self.pid)
        program = [sys.executable, "-m", "benchmarks.load"]
        command = [*program, str(self.port), str(seconds), str(wishes)]
        said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        found = json.loads(said)
        if found["bad"] or not found["done"]:
            raise RuntimeError(f"{found['bad']} of {found['done']} requests failed")
        return Asked(found["done"] / found["seconds"], (_cpu(self.pid) - before) / found["done"])


@contextmanager
def serving(application: str, **environment: str) -> Iterator[Server]:
    port = ports.free_from(20_000 + os.getpid() % 20_000, "127.0.0.1")
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--log-level", "warning", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--blocking-threads", "1", application]
    there = {"ENISHI_URL": f"http://localhost:{port}", "ENISHI_LOG": "json"} | environment
    with (Path(os.environ["ENISHI_DATA"]) / "server.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=os.environ | there, stdout=log, stderr=log, start_new_session=True
        )
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def all_three(templates: Path) -> Iterator[tuple[Server, Server, Server]]:
    """Ours, the bare program, and the least that Django asks for."""
    facts = {"ENISHI_BENCH_DATABASE": market.address(), "ENISHI_BENCH_TEMPLATES": str(templates)}
    with serving(OURS) as ours, serving(BARE, **facts) as bare, serving(STOCK, **facts) as stock:
        yield ours, bare, stock


def request(method: str, path: str, headers: dict[str, str], body: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        lines += [f"Content-Length: {len(body.encode())}"]
    return "\r\n".join([*lines, "", body]).encode()


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while ports.is_free(port, "127.0.0.1"):
        if time.monotonic() > deadline:
            raise RuntimeError("the server does not come up")
        time.sleep(0.1)
    time.sleep(0.5)


def _cpu(pid: int) -> float:
    """User and system time of a process and its children, dead or alive."""
    parents: dict[int, list[int]] = {}
    times: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        number = int(path.parent.name)
        parents.setdefault(int(fields[1]), []).append(number)
        times[number] = sum(map(int, fields[11:15])) / TICKS
    family, total = [pid], 0.0
    while family:
        one = family.pop()
        total += times.get(one, 0.0)
        family += parents.get(one, [])
    return total
