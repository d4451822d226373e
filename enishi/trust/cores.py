"""Who is reached from whom, and back again: the strongly connected parts of a directed graph.
Pure."""

from collections.abc import Collection, Iterator, Mapping

Graph = Mapping[str, Collection[str]]


def largest(graph: Graph) -> set[str]:
    """The largest part in which everybody reaches everybody; of equals the one found first."""
    return max(parts(graph), key=len, default=set())


def parts(graph: Graph) -> Iterator[set[str]]:
    """Tarjan's algorithm without recursion: a network is deeper than Python's stack."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    for root in graph:
        if root in index:
            continue
        path = [(root, iter(graph[root]))]
        _enter(root, index, low, stack, waiting)
        while path:
            node, onward = path[-1]
            found = _next(node, onward, index, low, waiting)
            if found is not None:
                _enter(found, index, low, stack, waiting)
                path.append((found, iter(graph.get(found, ()))))
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == index[node]:
                yield _taken(node, stack, waiting)


def _enter(
    node: str,
    index: dict[str, int],
    low: dict[str, int],
    stack: list[str],
    waiting: set[str],
) -> None:
    index[node] = low[node] = len(index)
    stack.append(node)
    waiting.add(node)


def _next(
    node: str,
    onward: Iterator[str],
    index: dict[str, int],
    low: dict[str, int],
    waiting: set[str],
) -> str | None:
    """The next node that was not seen yet, or None once all are done."""
    for other in onward:
        if other not in index:
            return other
        if other in waiting:
            low[node] = min(low[node], index[other])
    return None


def _taken(node: str, stack: list[str], waiting: set[str]) -> set[str]:
    part: set[str] = set()
    while node not in part:
        one = stack.pop()
        waiting.discard(one)
        part.add(one)
    return part
