"""A small program that speaks clamd's protocol over TCP and knows one virus: the test virus.

It behaves (`honest`), or as scanners do on a bad day: `silent`, `broken`, `babble`, `limit`."""

import hashlib
import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

from enishi.files.inspection.entry_marks import EICAR


@dataclass
class Scanner:
    address: str
    manner: str
    heard: list[str] = field(default_factory=list)  # the SHA-256 of each file


@contextmanager
def scanner(manner="honest"):
    with socket.create_server(("127.0.0.1", 0)) as door:
        made = Scanner(f"clamd://127.0.0.1:{door.getsockname()[1]}", manner)
        thread = threading.Thread(target=_serve, args=(door, made), daemon=True)
        thread.start()
        yield made
        door.shutdown(socket.SHUT_RDWR)
        thread.join(5)


@contextmanager
def nobody():
    """An address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    yield f"clamd://127.0.0.1:{port}"


def _serve(door, made):
    while True:
        try:
            line, _ = door.accept()
        except OSError:
            return
        with line:
            try:
                _answer(line, made)
            except OSError:
                continue


def _answer(line, made):
    stream = line.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    if made.manner == "broken":
        return
    content = b""
    while size := struct.unpack(">L", stream.read(4))[0]:
        content += stream.read(size)
        if made.manner == "limit":
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    made.heard.append(hashlib.sha256(content).hexdigest())
    if made.manner == "silent":
        line.recv(1)  # until the other side has had enough
    elif made.manner == "babble":
        line.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    elif EICAR in content:
        line.sendall(b"stream: Eicar-Test-Signature FOUND\0")
    else:
        line.sendall(b"stream: OK\0")
