"""The embedded database: one server per folder, whoever calls and whatever was killed before."""

import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from enishi.kit import postgres
from enishi.kit.postgres_process import Unavailable, postmaster


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "postgres"
    yield folder
    if folder.exists():
        postgres.stop(folder)


def ask(data, sql, role=postgres.APP):
    with psycopg.connect(postgres.url(data, role)) as connection:
        return connection.execute(sql).fetchone()[0]


def test_a_new_folder_gets_a_server_our_roles_and_our_database(data):
    postgres.ensure(data, durable=False)
    assert postgres.running(data)
    assert (
        ask(data, "SELECT current_user || ' in ' || current_database()") == "enishi_app in enishi"
    )
    assert ask(data, "SHOW timezone") == "UTC"
    assert ask(data, "SHOW max_connections") == "200"
    assert ask(data, "SHOW listen_addresses") == ""


def test_asking_again_changes_nothing(data):
    postgres.ensure(data, durable=False)
    before = postmaster(data)
    postgres.ensure(data, durable=False)
    assert postmaster(data) == before


def test_the_app_role_reads_and_writes_rows_but_changes_no_table(data):
    postgres.ensure(data, durable=False)
    with psycopg.connect(postgres.url(data, postgres.OWNER)) as owner:
        owner.execute("CREATE TABLE page (id bigint GENERATED ALWAYS AS IDENTITY, body text)")
    assert ask(data, "INSERT INTO page (body) VALUES ('縁') RETURNING body") == "縁"
    for refused in ("CREATE TABLE other (id int)", "DROP TABLE page", "TRUNCATE page"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(data, refused)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(data, "CREATE TEMPORARY TABLE other (id int)")


def test_a_stopped_server_keeps_its_rows_and_stopping_twice_is_well(data):
    postgres.ensure(data, durable=False)
    with psycopg.connect(postgres.url(data, postgres.OWNER)) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")
    postgres.stop(data)
    postgres.stop(data)
    assert not postgres.running(data)
    postgres.ensure(data, durable=False)
    assert ask(data, "SELECT one FROM kept") == 1


def test_a_killed_server_comes_back_with_all_that_was_committed(data):
    postgres.ensure(data)
    with psycopg.connect(postgres.url(data, postgres.OWNER)) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 1 AS one")
    for _ in range(3):
        busy = psycopg.connect(postgres.url(data))
        busy.execute("SELECT 1")
        os.kill(postmaster(data), signal.SIGKILL)
        postgres.ensure(data)
        assert ask(data, "SELECT one FROM kept") == 1
        busy.close()


def test_the_orphan_of_a_killed_server_is_ended_before_a_new_one_starts(data):
    postgres.ensure(data)
    with psycopg.connect(postgres.url(data)) as connection:
        orphan = connection.info.backend_pid
        os.kill(orphan, signal.SIGSTOP)  # cannot notice that its server is gone
        os.kill(postmaster(data), signal.SIGKILL)
        time.sleep(0.2)
        postgres.ensure(data)
    assert ask(data, "SELECT 1") == 1
    assert not Path(f"/proc/{orphan}/cwd").exists(), "gone, or a zombie that nobody reaps"


ADOPTER = """
import ctypes, os, signal, sys, time
from pathlib import Path
from enishi.kit import postgres
from enishi.kit.postgres_process import postmaster
data = Path(sys.argv[1])
set_child_subreaper = 36
assert ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0) == 0
postgres.ensure(data)
killed = postmaster(data)
os.kill(killed, signal.SIGKILL)
while ") Z " not in Path(f"/proc/{killed}/stat").read_text():
    time.sleep(0.01)
found = postgres.running(data)
postgres.ensure(data)
print(found, postmaster(data) not in (None, killed), Path(f"/proc/{killed}").exists())
"""


def test_a_killed_server_that_nobody_reaps_is_dead_and_stands_in_nobodys_way(data):
    """As in a container whose first process does not care for orphans."""
    done = subprocess.run(
        [sys.executable, "-c", ADOPTER, str(data)], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "True", "True"]
    assert ask(data, "SELECT 1") == 1


def test_a_number_in_the_pid_file_that_now_belongs_to_another_program_is_no_server(data):
    postgres.ensure(data, durable=False)
    postgres.stop(data)
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    assert not postgres.running(data)
    postgres.ensure(data, durable=False)
    assert ask(data, "SELECT 1") == 1


def test_an_unfinished_creation_is_thrown_away(data):
    half = data.with_name("postgres.new")
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")
    postgres.ensure(data, durable=False)
    assert ask(data, "SELECT 1") == 1


def test_four_starters_at_once_get_one_server(data):
    program = "from pathlib import Path; import sys; from enishi.kit import postgres; "
    program += "postgres.ensure(Path(sys.argv[1]), durable=False)"
    starters = [subprocess.Popen([sys.executable, "-c", program, str(data)]) for _ in range(4)]
    assert [starter.wait() for starter in starters] == [0, 0, 0, 0]
    assert ask(data, "SELECT 1") == 1


def test_two_folders_are_two_servers_even_with_a_long_japanese_path(data, tmp_path):
    other = tmp_path / ("長い道のりの先にある" * 4) / "postgres"
    postgres.ensure(data, durable=False)
    postgres.ensure(other, durable=False)
    try:
        assert postmaster(data) != postmaster(other)
        assert ask(other, "SELECT upper('é') || 'ア'") == "Éア"
        where = "SHOW data_directory"
        assert ask(data, where, "enishi") != ask(other, where, "enishi")
    finally:
        postgres.stop(other)
    assert not Path(unquote(postgres.url(other).split("host=")[1].split("&")[0])).exists()


def test_the_callers_own_postgresql_settings_do_not_disturb(data, monkeypatch):
    monkeypatch.setenv("PGPORT", "6000")
    monkeypatch.setenv("PGDATA", "/nowhere")
    postgres.ensure(data, durable=False)
    assert ask(data, "SELECT 1") == 1


def test_another_version_of_postgresql_is_refused_with_a_sentence(data):
    postgres.ensure(data, durable=False)
    postgres.stop(data)
    (data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Unavailable, match="was made by PostgreSQL 14"):
        postgres.ensure(data)
    (data / "PG_VERSION").write_text("18\n")


def test_a_url_starts_nothing(tmp_path):
    address = postgres.url(tmp_path / "postgres", "enishi_owner")
    assert address.startswith("postgresql://enishi_owner@/enishi?host=")
    assert list(tmp_path.iterdir()) == []


if os.geteuid() == 0:

    def test_where_root_may_not_open_namespaces_an_account_runs_the_server(tmp_path, monkeypatch):
        without = tmp_path / "bin"
        without.mkdir()
        (without / "unshare").write_text("#!/bin/sh\nexit 1\n")
        (without / "unshare").chmod(0o755)
        monkeypatch.setenv("PATH", f"{without}:{os.environ['PATH']}")
        for folder in [tmp_path, *tmp_path.parents][:4]:
            folder.chmod(0o755)
        data = tmp_path / "postgres"
        postgres.ensure(data, durable=False)
        try:
            assert ask(data, "SELECT 1") == 1
            assert pwd.getpwuid(data.stat().st_uid).pw_name in ("postgres", "nobody", "daemon")
        finally:
            postgres.stop(data)

    def test_as_root_the_files_stay_roots_and_no_parent_is_opened(data, tmp_path):
        tmp_path.chmod(0o700)
        postgres.ensure(data, durable=False)
        assert data.stat().st_uid == 0
        assert tmp_path.stat().st_mode & 0o777 == 0o700
