"""The embedded server's processes: whose account they run under, which live, which may go.

PostgreSQL refuses to be root and refuses to start beside the remains of a killed server; both are
settled here, without touching anything outside the data folder.
"""

import functools
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

Done = subprocess.CompletedProcess[str]
Runner = Callable[[Sequence[str]], Done]

# The account must exist, or initdb cannot look its own name up.
ACCOUNTS = ("postgres", "nobody", "daemon")
PROCESSES = Path("/proc")


class Unavailable(RuntimeError):
    """The embedded database cannot be used, and this is why; written for the operator."""


def runner(folder: Path) -> Runner:
    """How to run a server program that owns this folder."""
    if os.geteuid() != 0:
        return _run
    owner = folder.stat()
    if owner.st_uid != 0:
        return functools.partial(_run, user=owner.st_uid, group=owner.st_gid)
    account = _account()
    mask = _mask(account)
    if _run([*mask, "true"]).returncode == 0:
        # The server sees an ordinary account while the files stay root's: nothing is chown-ed.
        return functools.partial(_run, prefix=mask)
    _hand_over(folder, account)
    return functools.partial(_run, user=account.pw_uid, group=account.pw_gid)


def postmaster(data: Path) -> int | None:
    """The process id of this folder's living server."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    # The number may have gone to another program since, or to a dead server nobody has reaped.
    if PROCESSES.is_dir() and (_is_zombie(pid) or not _works_in(pid, data)):
        return None
    return pid


def clear(data: Path, socket: Path) -> None:
    """Remove what a killed server left behind, once none of its processes is left."""
    if not PROCESSES.is_dir() or postmaster(data) is not None:
        return
    _end_orphans(data)
    if orphans := _orphans(data):
        raise Unavailable(f"Processes {orphans} of a killed server still use {data}.")
    for left in (data / "postmaster.pid", socket, socket.with_name(f"{socket.name}.lock")):
        left.unlink(missing_ok=True)


def _run(
    command: Sequence[str],
    *,
    prefix: Sequence[str] = (),
    user: int | None = None,
    group: int | None = None,
) -> Done:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return subprocess.run(
        [*prefix, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        cwd="/",
        env=kept | {"LC_ALL": "C", "TZ": "UTC"},
        user=user,
        group=group,
        extra_groups=None if user is None else [],
    )


def _mask(account: pwd.struct_passwd) -> list[str]:
    return [
        "unshare",
        "--user",
        f"--map-user={account.pw_uid}",
        f"--map-group={account.pw_gid}",
    ]


def _account() -> pwd.struct_passwd:
    for name in ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unavailable("PostgreSQL does not run as root, and no other account was found.")


def _hand_over(folder: Path, account: pwd.struct_passwd) -> None:
    """Give the data folder, and nothing else, to the account that will run the server."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)
    seen = _run(["test", "-w", str(folder)], user=account.pw_uid, group=account.pw_gid)
    if seen.returncode:
        raise Unavailable(
            f"PostgreSQL cannot run as root here, and {account.pw_name} cannot reach {folder}: "
            "set ENISHI_DATA to a folder that account can reach, or do not run Enishi as root."
        )


def _is_zombie(pid: int) -> bool:
    try:
        return (PROCESSES / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return True


def _works_in(pid: int, data: Path) -> bool:
    """Every server process has the data folder as its working directory."""
    try:
        return (PROCESSES / str(pid) / "cwd").readlink() == data
    except OSError:
        return False


def _orphans(data: Path) -> list[int]:
    found = (int(entry.name) for entry in PROCESSES.iterdir() if entry.name.isdigit())
    return [pid for pid in found if _works_in(pid, data) and not _is_zombie(pid)]


def _end_orphans(data: Path) -> None:
    """Ask the remaining server processes to go, then insist; a person's shell is left alone."""
    for number, patience in ((signal.SIGQUIT, 2.0), (signal.SIGKILL, 2.0)):
        deadline = time.monotonic() + patience
        for pid in filter(_is_server, _orphans(data)):
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        while any(map(_is_server, _orphans(data))) and time.monotonic() < deadline:
            time.sleep(0.05)


def _is_server(pid: int) -> bool:
    try:
        return b"postgres" in (PROCESSES / str(pid) / "cmdline").read_bytes().split(b"\0")[0]
    except OSError:
        return False
