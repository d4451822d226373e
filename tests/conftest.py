"""Tests own a fast database in a temporary folder; nothing they do reaches the one of bin/run.

`db`      one transaction, rolled back at the end; connects as the app role.
`market`  real commits, many connections, other processes; the database is made anew afterwards.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # a database that is copied hundreds of times is copied there faster
ROOM = 4_000_000_000  # bytes; containers often have 64 MB there
HAS_ROOM = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
FOLDERS = MEMORY if HAS_ROOM else Path(tempfile.gettempdir())
FOLDER = Path(tempfile.mkdtemp(prefix=f"enishi-test-{os.getpid()}-", dir=FOLDERS))
FOLDER.chmod(0o755)  # where PostgreSQL must run under another account, it has to get in
KEPT = {"ENISHI_PG_BIN"}
for name in [name for name in os.environ if name.startswith("ENISHI_") and name not in KEPT]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "enishi.settings",
    "ENISHI_DATA": str(FOLDER),
    "ENISHI_MODE": "demo",
}

# Only now, because everything below reads the settings.
import pytest
from django.conf import settings
from django.utils import translation

from tests.cluster import Cluster, remove_abandoned

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
MAIL = settings.EMAIL_BACKEND


PROOFS = Path(__file__).parent / "proofs"


def pytest_addoption(parser):
    group = parser.getgroup("proofs", "bin/prove")
    group.addoption("--prove", action="store_true", help="collect the proofs, too")
    group.addoption("--whole", action="store_true", help="prove everything, not a sample")
    group.addoption("--budget", type=float, help="seconds for each proof (default: its own)")
    group.addoption("--seed", default="", help="what the sample is drawn by (default: commit id)")


def pytest_ignore_collect(collection_path, config):
    """The proofs take minutes and are sampled: bin/prove runs them, bin/test does not."""
    return True if collection_path == PROOFS and not config.getoption("--prove") else None


@pytest.fixture(scope="session")
def cluster():
    remove_abandoned(FOLDERS)
    # whitenoise warns where there is none; a second run in one process finds it removed.
    (FOLDER / "static").mkdir(parents=True, exist_ok=True)
    return Cluster(FOLDER)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, cluster, django_db_blocker):
    with django_db_blocker.unblock():
        cluster.start()
        cluster.renew()


@pytest.fixture(scope="session", autouse=True)
def _own_mail(django_test_environment):
    """Django's test environment swaps the mail backend; ours writes rows and is tested as it is."""
    settings.EMAIL_BACKEND = MAIL


@pytest.fixture(autouse=True)
def _language_of_nobody():
    """A page leaves its reader's language on in its thread; no test may hang on who read last."""
    translation.deactivate()


@pytest.fixture
def market(django_db_setup, cluster, django_db_blocker):
    """A market with real commits, for threads, servers and other processes."""
    with django_db_blocker.unblock():
        yield
        cluster.renew()


def pytest_configure(config):
    """Whoever shares the work reads settings of its own, not those of the one who shares it out."""
    if config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure():
    """Also after Ctrl-C: stop the server and leave nothing behind."""
    Cluster(FOLDER).remove()
