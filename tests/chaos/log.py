"""What a client did and what it was answered, line by line, so that a client may be killed, too.

An act without an answer is unknown: it happened once or not at all, and nobody says which.
"""

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACK, REFUSED, UNKNOWN = "ack", "refused", "unknown"
BEGUN = 3  # items of the line that begins an act; the line that ends it has two
HOLD = "hold"  # while a file of this name stands in the state folder, nobody acts
COUNTS, COUNT = "counts", "<q"


@dataclass(slots=True)
class Op:
    """One act: who did it and as which of theirs, what it was, and what came of it."""

    client: int
    number: int
    name: str
    facts: dict[str, Any]
    answer: str = UNKNOWN

    @property
    def words(self) -> str:
        """What the act says wherever a person may write: no two say the same."""
        return f"op {self.client}-{self.number}."


class Log:
    """The file of one client. A new client goes on where the last one was cut off."""

    def __init__(self, folder: Path, client: int) -> None:
        self.client = client
        path = folder / f"client-{client}.jsonl"
        self.done = sum(1 for row in _rows(path) if len(row) == BEGUN) if path.exists() else 0
        self.file = path.open("a")
        self.file.write("\n")  # the last line of someone who was killed may be a half
        self.counts = os.open(folder / COUNTS, os.O_WRONLY | os.O_CREAT, 0o600)

    def begin(self, name: str, **facts: Any) -> Op:
        op = Op(self.client, self.done, name, facts)
        self.done += 1
        self._write([op.number, name, facts])
        os.pwrite(self.counts, struct.pack(COUNT, self.done), self.client * struct.calcsize(COUNT))
        return op

    def end(self, op: Op, answer: str) -> str:
        self._write([op.number, answer])
        return answer

    def _write(self, row: list[Any]) -> None:
        self.file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
        self.file.flush()


def _rows(path: Path) -> Iterator[list[Any]]:
    with path.open() as file:
        for line in file:
            try:
                yield json.loads(line)
            except ValueError:
                continue


def ops(folder: Path) -> Iterator[Op]:
    """Every act of all clients; of one client in the order of their ends."""
    for path in sorted(folder.glob("client-*.jsonl")):
        client = int(path.stem.partition("-")[2])
        begun: dict[int, Op] = {}
        for row in _rows(path):
            if len(row) == BEGUN:
                begun[row[0]] = Op(client, *row)
            elif row[0] in begun:
                op = begun.pop(row[0])
                op.answer = row[1]
                yield op
        yield from begun.values()


def done(folder: Path) -> int:
    """How many acts have begun, of all clients."""
    path = folder / COUNTS
    if not path.exists():
        return 0
    return sum(count for (count,) in struct.iter_unpack(COUNT, path.read_bytes()))
