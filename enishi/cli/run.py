"""`enishi run`: the whole market in the foreground, from one terminal, until Ctrl-C."""

import os
import sys
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from enishi.kit.postgres_process import Unavailable

from . import database, environment, folder, market, money, ports, provider, remains, static
from .environment import UsageError
from .output import say
from .supervisor import Part, Supervisor, log

FIRST_PORT = 8000


def run() -> None:
    """Run the market: database, sandbox (in a demo), pages, worker and live stream."""
    environment.check()
    with folder.held():
        remains.end()
        places = choose_places()
        market.enter(starting=True)
        try:
            _check_ready()
            static.collect()
            print_welcome()
            Supervisor(parts(places), Watch(places)).run()
        finally:
            database.stop()
    say("Stopped.")


def stop() -> None:
    """Stop the embedded database, which other commands leave running."""
    market.load()
    if folder.is_running():
        raise UsageError("Enishi is running: end it there with Ctrl-C.")
    database.stop()


def migrate() -> None:
    """Bring the database's tables and rights up to date."""
    market.enter()
    database.migrate()


@dataclass(frozen=True, slots=True)
class Places:
    """Where the pages and the stream listen."""

    host: str
    web: int
    stream: int


def choose_places() -> Places:
    """Settle both ports and their public addresses, and tell the settings through the
    environment."""
    host, wish = os.environ.get("ENISHI_HOST", "127.0.0.1"), os.environ.get("ENISHI_PORT")
    if wish and not ports.is_free(int(wish), host):
        raise UsageError(f"Port {wish} is taken: set ENISHI_PORT to another one, or unset it.")
    web = int(wish) if wish else ports.free_from(FIRST_PORT, host)
    stream = ports.free_from(web + 1, host)
    if "ENISHI_STREAM_URL" in os.environ and stream != web + 1:
        raise UsageError(f"Port {web + 1}, on which the stream listens, is taken.")
    os.environ["ENISHI_PORT"] = str(web)
    os.environ.setdefault("ENISHI_URL", f"http://localhost:{web}")
    os.environ.setdefault("ENISHI_STREAM_URL", f"http://localhost:{stream}/stream")
    return Places(host, web, stream)


def parts(places: Places) -> list[Part]:
    """What runs, in the order in which it starts."""
    from django.conf import settings

    os.environ["PYTHONUNBUFFERED"] = "1"
    python, cores = (sys.executable, "-m"), str(os.cpu_count() or 1)
    web = [*python, "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    web += ["--host", places.host, "--port", str(places.web), "--respawn-failed-workers"]
    web += ["--workers", cores, "--blocking-threads", "1", "enishi.wsgi:application"]
    worker = [*python, "django", "procrastinate", "worker", "--concurrency", "4"]
    worker += ["--delete-jobs", "successful", "--shutdown-graceful-timeout", "8"]
    stream = [*python, "uvicorn", "--host", places.host, "--port", str(places.stream)]
    stream += ["--log-level", "warning", "--no-access-log", "--timeout-graceful-shutdown", "2"]
    running = [
        Part("worker", worker),
        Part("stream", [*stream, "enishi.stream.app:app"]),
        Part("web", web),
    ]
    if provider.ours is not None:
        running.insert(0, Part("sandbox", provider.ours.command(settings.URL)))
    return running


@dataclass(slots=True)
class Watch:
    """Brings a killed database back, and says once that the first page answers."""

    places: Places
    said: str = ""
    raising: threading.Thread | None = field(default=None, repr=False)

    def __call__(self) -> bool:
        """Whether the database has just come back: what fell because of it may start at once."""
        came_back = self._see_to_database()
        if self.said != "ready":
            self._look_at_first_page()
        return came_back

    def _see_to_database(self) -> bool:
        """In a thread of its own: meanwhile the parts are watched, and one may ask to stop."""
        from django.conf import settings

        from enishi.kit import postgres

        data = settings.EMBEDDED_DATABASE
        if data is None or (self.raising is not None and self.raising.is_alive()):
            return False
        if self.raising is not None:
            self.raising = None
            return postgres.running(data)
        if not postgres.running(data):
            log("database", "is gone, starts again")
            self.raising = threading.Thread(target=_raise_database, args=[data], daemon=True)
            self.raising.start()
        return False

    def _look_at_first_page(self) -> None:
        status = first_page(self.places)
        if status and status < 500:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            self.said = "ready"
        elif status and self.said != str(status):
            log("web", f"the first page answers with {status}")
            self.said = str(status)


def _raise_database(data: Path) -> None:
    """It is tried for half a minute, and then again for as long as the market runs."""
    from enishi.kit import postgres

    started = time.monotonic()
    try:
        postgres.ensure(data)
    except Unavailable as error:
        log("database", str(error))
    else:
        log("database", f"is back after {time.monotonic() - started:.1f} s")


def first_page(places: Places) -> int:
    """The status with which the first page answers, or 0."""
    from django.conf import settings

    address = urlsplit(settings.URL)
    headers = {"Host": address.netloc, "X-Forwarded-Proto": address.scheme}
    connection = HTTPConnection(places.host, places.web, timeout=5)
    try:
        connection.request("GET", "/", headers=headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return 0
    finally:
        connection.close()


def print_welcome() -> None:
    """The address and, in a demo, who can sign in."""
    from django.conf import settings

    from enishi.web.accounts import demo

    lines = ["", f"Enishi: {settings.URL}", ""]
    lines += [f"  {login.email}  {login.password}  {login.does}" for login in demo.logins()]
    if lines[3:]:
        lines += ["", f"  Mail that would have been sent: {settings.URL}/demo/mail/"]
    lines += ["", ""]
    sys.stdout.write("\n".join(lines))
    sys.stdout.flush()


def _check_ready() -> None:
    """Refuse to serve tables that are not there, or one market's data in the other's mode."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UsageError("The database is not up to date: run enishi migrate first.")
    from enishi.kit.models import Market

    mode = Market.objects.values_list("mode", flat=True).get(pk=1)
    if mode != settings.MODE:
        raise UsageError(f"This is the data of a {mode} market: set ENISHI_MODE={mode}.")
    if settings.LIVE:
        database.check_durable()
        money.refuse_unless_passed()
