"""The test database: migrated once per state of the migrations, then only copied."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.db import connections

from enishi.kit import postgres

ROOT = Path(__file__).parent.parent
TEMPLATE = "enishi_template"
COPIES = 6  # states of the migrations remembered, say of the branches one works on


class Cluster:
    """One server in the folder of one test run."""

    def __init__(self, folder: Path):
        self.folder, self.data = folder, folder / "postgres"

    def start(self):
        copy = _copy_of_this_state()
        if not copy.exists():
            self._make(copy)
        shutil.copytree(copy, self.data, dirs_exist_ok=True)
        self.data.chmod(0o700)
        copy.touch()
        postgres.ensure(self.data, durable=False)

    def renew(self):
        """Make the database anew from the migrated template, whoever is still connected."""
        connections.close_all()
        postgres.drop_database(postgres.DATABASE, data=self.data)
        postgres.create_database(postgres.DATABASE, data=self.data, template=TEMPLATE)

    def remove(self):
        connections.close_all()
        _remove(self.folder)

    def _make(self, copy: Path):
        postgres.ensure(self.data, durable=False)
        migrate(self.folder)
        postgres.rename_database(postgres.DATABASE, TEMPLATE, data=self.data)
        postgres.stop(self.data)
        half = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(self.data, half)
        shutil.rmtree(self.data)
        try:
            half.rename(copy)
        except OSError:  # another run was faster with the same state
            shutil.rmtree(half)
        for old in sorted(copy.parent.iterdir(), key=_age)[COPIES:]:
            shutil.rmtree(old, ignore_errors=True)


def migrate(folder: Path):
    """In a process of its own: this one's connections lead to the database of the whole run."""
    mine = {"ENISHI_DATA": str(folder), "ENISHI_MODE": "demo"}
    told = subprocess.run(
        [Path(sys.executable).with_name("enishi"), "migrate"],
        env=os.environ | mine,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def _copy_of_this_state() -> Path:
    """Named by everything a migrated cluster is made of."""
    made_of = [*sorted(ROOT.glob("enishi/*/migrations/*.py")), ROOT / "requirements.lock"]
    made_of += sorted(ROOT.glob("enishi/*/constraints.py"))
    made_of += [ROOT / "enishi/kit" / f"{name}.py" for name in ("postgres", "roles")]
    made_of += [ROOT / "enishi/cli/database.py", Path(__file__)]
    digest = hashlib.sha256(str(postgres.bindir()).encode())
    for path in made_of:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"enishi-migrated-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        raise RuntimeError(f"{folder} belongs to another user; remove it.")
    return folder / digest.hexdigest()[:16]


def _age(path: Path) -> float:
    return -path.stat().st_mtime


def _remove(folder: Path):
    if (folder / "postgres" / "PG_VERSION").exists():
        postgres.stop(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)


def remove_abandoned(folders: Path):
    """Clean up after runs that were killed before they could."""
    for folder in folders.glob("enishi-test-*"):
        pid = int(folder.name.split("-")[2])
        if folder.stat().st_uid == os.geteuid() and not Path(f"/proc/{pid}").exists():
            _remove(folder)
