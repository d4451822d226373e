"""Five pages under two workers of Granian, against a bare program that answers with the same HTML.

Application CPU is what the server's own processes took for a request, PostgreSQL's left out.
"""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import psycopg
from psycopg.rows import namedtuple_row

from . import deals, market, seeds, servers, visiting
from .bare.cut import cut, environment, without_tokens
from .bare.pages import PAGES, reader
from .measure import Figure, Result, in_turns, number
from .parts import parts

RATIO = 4
LIST_CPU = 0.005
ROUNDS, SECONDS = 7, 2.0


def page_job_list_2k(*, quick: bool) -> Result:
    return _list("page_job_list_2k", 50 if quick else 2_000, quick=quick)


def page_job_list_200k(*, quick: bool) -> Result:
    return _list("page_job_list_200k", 500 if quick else 200_000, quick=quick)


def page_job(*, quick: bool) -> Result:
    _seed(50 if quick else 2_000)
    return _compare("page_job", "job", [f"/jobs/{n}/" for n in range(1, 31)], quick=quick)


def page_inbox(*, quick: bool) -> Result:
    _seed(50 if quick else 2_000)
    return _compare("page_inbox", "inbox", ["/messages/"], quick=quick)


def page_contract(*, quick: bool) -> Result:
    _seed(50 if quick else 2_000)
    made = deals.delivered(3 if quick else 12, worker_id=seeds.READER)
    return _compare("page_contract", "deal", [f"/contracts/{pk}/" for pk in made], quick=quick)


def _seed(posts: int) -> None:
    seeds.people()
    with market.superuser() as connection:
        (known,) = connection.execute("select count(*) from jobs_job").fetchone() or (0,)
    if known < posts:
        seeds.posts(posts)
    seeds.talks()


def _list(name: str, posts: int, *, quick: bool) -> Result:
    _seed(posts)
    return _compare(name, "list", ["/jobs/"], quick=quick, most_cpu=LIST_CPU)


def _compare(
    name: str, page: str, paths: Sequence[str], *, quick: bool, most_cpu: float | None = None
) -> Result:
    templates = Path(os.environ["ENISHI_DATA"]) / "bare"
    templates.mkdir(exist_ok=True)
    market.collect_static()
    with servers.all_three(templates) as programs:
        ours, bare, stock = programs
        asks = [[_get(server, path) for path in paths] for server in programs]
        _prepare(page, paths, ours, bare, templates)
        _same(paths, ours, stock)
        seconds = 0.2 if quick else SECONDS
        seen: list[list[servers.Asked]] = [[], [], []]

        def ask(side: int) -> float:
            seen[side].append(programs[side].load(asks[side], seconds=seconds))
            return seen[side][-1].rate

        made_of = parts(paths, visiting.headers(8000, seeds.READER))
        rates = in_turns(*(partial(ask, side) for side in range(3)), rounds=2 if quick else ROUNDS)
    ratio, floor = (
        Figure.of([b / o for o, b in zip(rates[side], rates[1], strict=True)]) for side in (0, 2)
    )
    cpus = [Figure.of([each.cpu * 1000 for each in side[1:]]) for side in seen]
    is_met = ratio.median <= RATIO and not (most_cpu and cpus[0].median > most_cpu * 1000)
    goal = f"ratio ≤ {RATIO}" + (f", CPU ≤ {most_cpu * 1000:.0f} ms" if most_cpu else "")
    return Result(
        name=name,
        value=Figure.of(rates[0]),
        unit="requests/s",
        goal=goal,
        is_met=is_met,
        ratio=ratio,
        notes=(
            (
                f"application CPU a request {number(cpus[0].median)} ms ({cpus[0].written()}), "
                f"{made_of.written()}; bare {number(cpus[1].median)} ms, "
                f"{number(Figure.of(rates[1]).median)} requests/s; the least of Django around the "
                f"bare rows and template {number(cpus[2].median)} ms, "
                f"ratio {number(floor.median)} ({floor.written()})"
            ),
        ),
    )


def _get(server: servers.Server, path: str) -> bytes:
    return servers.request("GET", path, visiting.headers(server.port, seeds.READER))


def _prepare(
    page: str,
    paths: Sequence[str],
    ours: servers.Server,
    bare: servers.Server,
    templates: Path,
) -> None:
    """Cut the bare template from our first answer; then both must say the same on every path."""
    headers = visiting.headers(ours.port, seeds.READER)
    first = [ours.get(path, headers) for path in paths for _ in range(servers.WORKERS)]
    with psycopg.connect(market.address(), row_factory=namedtuple_row) as connection:
        cursor = connection.cursor()
        me = reader(cursor, visiting.session_of(seeds.READER))
        rows = PAGES[page].rows(cursor, me, paths[0].split("/")[2])
    text = cut(first[0], PAGES[page], rows)
    environment().from_string(text)
    (templates / f"{page}.html").write_text(text)
    _same(paths, ours, bare)


def _same(paths: Sequence[str], ours: servers.Server, other: servers.Server) -> None:
    for path in paths:
        wanted, found = (
            without_tokens(server.get(path, visiting.headers(server.port, seeds.READER)))
            for server in (ours, other)
        )
        if wanted != found:
            raise RuntimeError(f"the other program does not answer {path} with the same HTML")
