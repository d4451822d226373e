"""A whole market that may be hurt: `enishi run` in a fresh folder, on free ports, with a durable
database of its own. Before anything is killed it is proved to be ours.

What a person does is done over HTTP or by `driver.py`, a client process that waits for orders.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import psycopg

from enishi.kit import postgres, postgres_process
from tests.cluster import Cluster
from tests.journeys.site import free_port

ROOT = Path(__file__).parents[2]
ENISHI = str(Path(sys.executable).with_name("enishi"))
PATIENCE = 90.0  # seconds; the machine may be busy


def until(holds: Callable[[], Any], what: str, seconds: float = PATIENCE) -> float:
    """Wait; returns how long it took."""
    started = time.monotonic()
    while not holds():
        waited = time.monotonic() - started
        assert waited < seconds, f"after {waited:.0f} s: {what}"
        time.sleep(0.05)
    return time.monotonic() - started


class Driver:
    """A client process of the market; each order is one line of JSON, and so is its answer."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.proofs.driver"],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, name: str, **values: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([name, values]) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        assert "fault" not in said, said["fault"]
        return said["answer"]

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            with suppress(OSError):
                pipe.close()


class Points:
    """The fail points of a market, told by files in a folder (enishi/kit/failpoints.py)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def arm(self, point: str, of: str = "") -> None:
        """Whoever comes there next dies. In one step: whoever looks sees the whole of it."""
        fresh = self.folder.with_name("point")
        fresh.write_text(of)
        fresh.rename(self.folder / point)

    def is_armed(self, point: str) -> bool:
        return (self.folder / point).exists()

    def hold(self, point: str, of: str = "") -> None:
        """Whoever comes there next stays until `let_go`."""
        self.arm(f"{point}.hold", of)

    def held(self, point: str) -> int:
        """Who stands there, or 0."""
        return next((int(path.suffix[1:]) for path in self.folder.glob(f"{point}.[0-9]*")), 0)

    def let_go(self, point: str) -> None:
        for path in self.folder.glob(f"{point}.*"):
            path.unlink(missing_ok=True)


class Market:
    """One `enishi run` and what one can do to it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.data = folder, folder / "postgres"
        self.points = Points(folder / "points")
        port = free_port()
        self.url = f"http://localhost:{port}"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
        if "ENISHI_PG_BIN" in os.environ:
            kept["ENISHI_PG_BIN"] = os.environ["ENISHI_PG_BIN"]
        self.environment = kept | {
            "ENISHI_DATA": str(folder),
            "ENISHI_MODE": "demo",
            "ENISHI_PORT": str(port),
            "ENISHI_FAILPOINTS": str(self.points.folder),
        }
        self.log = folder / "run.log"
        self.run: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as output:
            before = output.tell()
            self.run = subprocess.Popen(
                [ENISHI, "run"],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        until(lambda: self._is_ready(before), f"not ready: {self.log}")
        self._check_ours()

    def _is_ready(self, before: int) -> bool:
        assert self.run is not None
        said = self.log.read_bytes()[before:].decode(errors="replace")
        assert self.run.poll() is None, said
        return "\nready\n" in said

    def _check_ours(self) -> None:
        """The server that answers serves this folder, and it forgets nothing."""
        with psycopg.connect(postgres.url(self.data, postgres.SUPERUSER)) as connection:
            asked = "select name, setting from pg_settings where name = any(%s)"
            names = ["data_directory", "fsync", "full_page_writes", "synchronous_commit"]
            found = dict(connection.execute(asked, [names]).fetchall())
        assert Path(found.pop("data_directory")) == self.data
        assert set(found.values()) == {"on"}

    def stop(self) -> None:
        if self.run is not None and self.run.poll() is None:
            self.run.send_signal(signal.SIGINT)
            try:
                self.run.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.run.kill()
                self.run.wait()

    # Who can be killed. Everyone is looked up anew: a number may have gone to someone else.

    def part(self, word: str) -> int:
        """The process of a part, by a word of its command."""
        assert self.run is not None
        found = [pid for pid in children(self.run.pid) if word in command(pid)]
        return found[0] if found else 0

    def web_workers(self) -> list[int]:
        granian = self.part("granian")
        return [pid for pid in children(granian) if "tracker" not in command(pid)]

    def postmaster(self) -> int:
        return postgres_process.postmaster(self.data) or 0

    def backends(self) -> list[int]:
        """Those of clients; without the auxiliary processes, which say what they are."""
        there = self.postmaster()
        ours = f"{postgres.APP} {postgres.DATABASE}"
        return [pid for pid in children(there) if ours in command(pid)]

    def kill(self, pid: int, number: int = signal.SIGKILL) -> bool:
        if not pid or not self.is_ours(pid):
            return False
        with suppress(ProcessLookupError):
            os.kill(pid, number)
            return True
        return False

    def is_ours(self, pid: int) -> bool:
        """A descendant of our `enishi run`, or a server process that works in our folder."""
        assert self.run is not None
        with suppress(OSError):
            if Path(f"/proc/{pid}/cwd").readlink() == self.data:
                return True
        while pid > 1:
            if pid == self.run.pid:
                return True
            pid = parent(pid)
        return False

    # What one sees from outside.

    def status(self, path: str = "/", seconds: float = 10.0) -> int:
        """Of a page, or 0 when nobody answers."""
        try:
            return httpx.get(self.url + path, timeout=seconds, trust_env=False).status_code
        except httpx.HTTPError:
            return 0

    def browser(self, session: str) -> httpx.Client:
        """Someone who is signed in."""
        token = secrets.token_hex(16)
        return httpx.Client(
            base_url=self.url,
            cookies={"sessionid": session, "csrftoken": token},
            headers={"X-CSRFToken": token, "Accept-Language": "en"},
            timeout=30,
            trust_env=False,
        )

    def driver(self) -> Driver:
        return Driver(self.environment)

    def provider(self, method: str, path: str, /, **form: Any) -> Any:
        """The sandbox's own levers and books."""
        home = self.folder / "sandbox"
        address = f"http://127.0.0.1:{(home / 'port').read_text()}"
        headers = {"authorization": f"Bearer {(home / 'key').read_text()}"}
        body = {"data": form} if method == "POST" else {"params": form}
        with httpx.Client(trust_env=False, timeout=10, headers=headers) as client:
            return client.request(method, address + path, **body).raise_for_status().json()


@contextmanager
def market(folder: Path) -> Iterator[Market]:
    """A migrated, empty market up and running."""
    folder.chmod(0o755)
    cluster = Cluster(folder)
    made = Market(folder)
    try:
        cluster.start()
        cluster.renew()
        # From here on every commit is on disk: the fast server of the tests may forget.
        postgres.stop(made.data)
        made.start()
        yield made
    finally:
        made.stop()
        cluster.remove()


def children(pid: int) -> list[int]:
    there = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return sorted(one for one in there if pid and parent(one) == pid)


def parent(pid: int) -> int:
    try:
        state, above = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except (OSError, ValueError):
        return 0
    return 0 if state == "Z" else int(above)


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""
