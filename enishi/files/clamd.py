"""A scanner that speaks clamd's protocol: the bytes go to it in pieces, a line comes back."""

import socket
import struct
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

PIECE = 256 * 1024
PATIENCE = 60.0  # seconds
LONGEST = 4096  # bytes of its answer


class Unavailable(Exception):
    """Nobody answers, or not as a scanner does: nothing can be said about the file."""


@dataclass(frozen=True, slots=True)
class Said:
    found: str = ""
    reason: str = ""


def scan(file: IO[bytes], address: str) -> Said:
    """Send a file from where it stands to its end."""
    try:
        with _connected(address) as line:
            line.settimeout(PATIENCE)
            return _understood(_ask(line, file))
    except OSError as fault:
        raise Unavailable from fault


def _connected(address: str) -> socket.socket:
    """`clamd://host:port`, or `clamd:///path/of/its.socket`."""
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), PATIENCE)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(PATIENCE)
    line.connect(parts.path)
    return line


def _ask(line: socket.socket, file: IO[bytes]) -> bytes:
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            line.sendall(struct.pack(">L", len(piece)) + piece)
        line.sendall(struct.pack(">L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough, and may have said why
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST:
        more = line.recv(LONGEST)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n")


def _understood(said: bytes) -> Said:
    words = said.decode(errors="replace").removeprefix("stream: ")
    if words == "OK":
        return Said()
    if words.endswith(" FOUND"):
        return Said(found=words.removesuffix(" FOUND"))
    if "size limit exceeded" in words:
        return Said(reason="too_large")
    raise Unavailable(words)
