"""A market of one's own to measure: a database in a temporary folder, durable as `enishi run`."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def opened(kept: Path | None = None) -> Iterator[Path]:
    """The environment points to a fresh market, and Django reads it. Gone at the end, unless it is
    `kept` in a folder, where the next run finds what this one has filled."""
    if kept is not None:
        kept.mkdir(exist_ok=True)
    folder = kept or Path(tempfile.mkdtemp(prefix=f"enishi-bench-{os.getpid()}-"))
    folder.chmod(0o755)  # where PostgreSQL must run under another account, it has to get in
    for name in [name for name in os.environ if name.startswith("ENISHI_")]:
        if name != "ENISHI_PG_BIN":
            del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "enishi.settings",
        "ENISHI_DATA": str(folder),
        "ENISHI_MODE": "demo",
        "ENISHI_SECRET_KEY": "only a benchmark ever signs with these words",
    }
    try:
        _begin()
        yield folder
    finally:
        _end(folder, is_kept=kept is not None)


def _begin() -> None:
    import django

    django.setup()
    from enishi.cli import database

    database.start()
    database.migrate(verbosity=0)


def _end(folder: Path, *, is_kept: bool) -> None:
    if (folder / "postgres" / "PG_VERSION").exists():
        from enishi.cli import database

        database.stop()
    if not is_kept:
        shutil.rmtree(folder, ignore_errors=True)


def collect_static() -> None:
    """As `enishi run` does before it serves: pages name files by their content."""
    from enishi.cli import static

    static.collect()


def address(role: str = "enishi_app") -> str:
    """The database in the driver's words."""
    from enishi.kit import postgres

    return postgres.url(Path(os.environ["ENISHI_DATA"]) / "postgres", role)


@contextmanager
def superuser() -> Iterator[psycopg.Connection]:
    """Seeds come by plain SQL: triggers of life cycles, which would want each row walked, rest."""
    with psycopg.connect(address("enishi"), autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        yield connection


HURRIED = ("fsync", "full_page_writes", "synchronous_commit")


@contextmanager
def hurried() -> Iterator[None]:
    """Many rows come by the app's own role, which may make temporary tables meanwhile, and no
    write waits for the disk. All of it is on the disk at the end."""
    with psycopg.connect(address("enishi"), autocommit=True) as connection:
        connection.execute("grant temporary on database enishi to enishi_app")
        for name in HURRIED:
            connection.execute(f"alter system set {name} = off".encode())
        connection.execute("alter system set max_wal_size = '8GB'")
        connection.execute("select pg_reload_conf()")
        try:
            yield
        finally:
            for name in (*HURRIED, "max_wal_size"):
                connection.execute(f"alter system reset {name}".encode())
            connection.execute("select pg_reload_conf()")
            connection.execute("revoke temporary on database enishi from enishi_app")
            connection.execute("checkpoint")
