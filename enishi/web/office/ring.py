"""Where people and contracts of a finding stand in its picture. Pure: values in, places out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

SIZE, MIDDLE = 360, 180  # the box; on a phone its figures are hardly smaller than here
ROUND = 138  # of the circle on which people stand
DOT = 17  # of a person; smaller where many stand
BEND = 0.14  # of a line's length, so that there and back are two lines
TIP = 3  # before the dot
LABELLED = 30  # lines at most, beyond which only the table says how many


@dataclass(frozen=True, slots=True)
class Node:
    number: int  # as the list beside it counts, from 1
    x: float
    y: float
    r: float


@dataclass(frozen=True, slots=True)
class Line:
    """One curve from who pays to who is paid, with how many contracts and where that is said."""

    path: str
    count: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    nodes: list[Node]
    lines: list[Line]
    is_labelled: bool


def picture(people: Sequence[int], edges: Sequence[tuple[int, int, int]]) -> Picture:
    """Of accounts in their order and (client, worker, contracts)."""
    many = len(people)
    r = DOT if many <= 12 else 11
    turns = [pi * (2 * place / many - 0.5) for place in range(many)]
    nodes = [
        Node(
            place + 1, round(MIDDLE + ROUND * cos(turn), 1), round(MIDDLE + ROUND * sin(turn), 1), r
        )
        for place, turn in enumerate(turns)
    ]
    at = dict(zip(people, nodes, strict=True))
    lines = [_line(at[client], at[worker], count) for client, worker, count in edges]
    return Picture(nodes, lines, len(lines) <= LABELLED)


def _line(start: Node, end: Node, count: int) -> Line:
    across, down = end.x - start.x, end.y - start.y
    length = hypot(across, down)
    bend_x = (start.x + end.x) / 2 - down * BEND
    bend_y = (start.y + end.y) / 2 + across * BEND
    from_x, from_y = _toward(start, bend_x, bend_y, start.r)
    to_x, to_y = _toward(end, bend_x, bend_y, end.r + TIP)
    path = f"M{from_x} {from_y}Q{bend_x:.1f} {bend_y:.1f} {to_x} {to_y}"
    # Off the middle, as lines of a round group all cross there.
    share = 0.5 if length < ROUND else 0.36
    x, y = (
        (1 - share) ** 2 * one + 2 * share * (1 - share) * bend + share**2 * other
        for one, bend, other in ((from_x, bend_x, to_x), (from_y, bend_y, to_y))
    )
    return Line(path, count, round(x, 1), round(y, 1))


def _toward(node: Node, x: float, y: float, far: float) -> tuple[float, float]:
    length = hypot(x - node.x, y - node.y) or 1
    return (
        round(node.x + (x - node.x) / length * far, 1),
        round(node.y + (y - node.y) / length * far, 1),
    )
