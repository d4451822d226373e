"""Choosing ports: never a fixed one that another program, or another clone, may hold."""

import errno
import secrets
import socket

from .environment import UsageError

LAST = 65535


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens there, nor on the other family that “localhost” may mean."""
    return _can_bind(socket.AF_INET, host, port) and _can_bind(socket.AF_INET6, "::1", port)


def free_from(first: int, host: str = "127.0.0.1") -> int:
    for port in range(first, LAST + 1):
        if is_free(port, host):
            return port
    raise UsageError(f"No port from {first} on is free.")


def somewhere() -> int:
    """A free port below those the system lends to outgoing connections, so that it can be kept."""
    return free_from(20_000 + secrets.randbelow(10_000))


def answers(port: int, host: str = "127.0.0.1") -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def _can_bind(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error.errno not in (errno.EADDRINUSE, errno.EACCES)
    return True
