"""A message sent by a form, against one bare INSERT with the same indexes in a WSGI program."""

import os
from pathlib import Path
from urllib.parse import urlencode

from . import market, seeds, servers, visiting
from .measure import Figure, Result, in_turns, number
from .pages import _seed as seed

RATIO = 6
ROUNDS, SECONDS = 7, 2.0
BODY = "ありがとうございます。明日までに原稿をお送りします。"
TABLE = """
    drop table if exists bare_message;
    create table bare_message (like messaging_message including all);
    alter table bare_message
        add foreign key (author_id) references accounts_account deferrable initially deferred,
        add foreign key (thread_id) references messaging_thread deferrable initially deferred;
    grant insert on bare_message to enishi_app;
"""


def message_send(*, quick: bool) -> Result:
    seed(50 if quick else 2_000)
    with market.superuser() as connection:
        connection.execute(TABLE)
    market.collect_static()
    seconds, rounds = (0.2, 2) if quick else (SECONDS, ROUNDS)
    cpus: list[float] = []
    with servers.all_three(Path(os.environ["ENISHI_DATA"])) as (ours, bare, stock):
        for _ in range(2 * servers.WORKERS):  # a worker reads its templates with its first answer
            ours.get("/messages/", visiting.headers(ours.port, seeds.READER))
        ours_asks, bare_asks, stock_asks = (_posts(each) for each in (ours, bare, stock))

        def ask_ours() -> float:
            found = ours.load(ours_asks, seconds=seconds)
            cpus.append(found.cpu * 1000)
            return found.rate

        sent, inserted, least = in_turns(
            ask_ours,
            lambda: bare.load(bare_asks, seconds=seconds).rate,
            lambda: stock.load(stock_asks, seconds=seconds).rate,
            rounds=rounds,
        )
    ratio, floor = (
        Figure.of([b / o for o, b in zip(rates, inserted, strict=True)]) for rates in (sent, least)
    )
    return Result(
        name="message_send",
        value=Figure.of(sent),
        unit="messages/s",
        goal=f"ratio ≤ {RATIO}",
        is_met=ratio.median <= RATIO,
        ratio=ratio,
        notes=(
            (
                f"application CPU a message {number(Figure.of(cpus[1:]).median)} ms; bare "
                f"{number(Figure.of(inserted).median)} INSERTs/s; the least of Django around the "
                f"same INSERT: ratio {number(floor.median)} ({floor.written()})"
            ),
        ),
    )


def _posts(server: servers.Server) -> list[bytes]:
    """Different conversations, so that writers do not wait for each other."""
    headers = visiting.headers(server.port, seeds.READER)
    headers |= {"Origin": f"http://localhost:{server.port}"}
    typed = {"body": BODY, "author": seeds.READER, "csrfmiddlewaretoken": visiting.TOKEN}
    return [
        servers.request("POST", f"/messages/{thread}/entries/", headers, urlencode(typed))
        for thread in range(1, 41)
    ]
