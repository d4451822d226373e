"""A small client that keeps a few connections busy: `python -m benchmarks.load PORT SECONDS FILE`.

It runs as its own process, speaks to the loopback alone, and prints what came back as JSON. FILE
holds requests as they go over the wire, parted by NUL.
"""

import json
import selectors
import socket
import sys
import time
from itertools import cycle
from pathlib import Path

CONNECTIONS = 4
HEAD_END = b"\r\n\r\n"


class Line:
    """One connection with one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._got, self._wanted = b"", 0

    def ask(self, request: bytes) -> None:
        self._got, self._wanted = b"", 0
        self.socket.sendall(request)

    def answer(self) -> bytes | None:
        """The whole answer once it is there."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        self._got += chunk
        if not self._wanted and HEAD_END in self._got:
            head, _, _ = self._got.partition(HEAD_END)
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            self._wanted = len(head) + len(HEAD_END) + int(length)
        return self._got if self._wanted and len(self._got) >= self._wanted else None


def run(port: int, seconds: float, requests: list[bytes]) -> dict[str, float]:
    waiting, following = selectors.DefaultSelector(), cycle(requests)
    done, bad = 0, 0
    began = time.perf_counter()
    for _ in range(CONNECTIONS):
        line = Line(port)
        waiting.register(line.socket, selectors.EVENT_READ, line)
        line.ask(next(following))
    while time.perf_counter() - began < seconds:
        for key, _ in waiting.select(1):
            if (answer := key.data.answer()) is not None:
                done += 1
                bad += not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302"))
                key.data.ask(next(following))
    return {"done": done, "bad": bad, "seconds": time.perf_counter() - began}


if __name__ == "__main__":
    kept = Path(sys.argv[3]).read_bytes().split(b"\0")
    print(json.dumps(run(int(sys.argv[1]), float(sys.argv[2]), kept)))
