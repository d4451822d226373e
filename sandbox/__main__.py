"""`python -m sandbox`: listen, say where, run until told to stop."""

import argparse
import asyncio
import os
import socket
import sys
from pathlib import Path

import uvicorn

from .app import App
from .box import Box, Settings
from .store import Store


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="sandbox",
        description="A test payment provider that speaks a part of Stripe's HTTP API.",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--data", type=Path, required=True, help="folder of its one SQLite file")
    parser.add_argument("--secret", default=os.environ.get("SANDBOX_SECRET", "sk_test_enishi"))
    parser.add_argument(
        "--webhook-secret", default=os.environ.get("SANDBOX_WEBHOOK_SECRET", "whsec_enishi")
    )
    parser.add_argument("--webhook-url", default="", help="where events are sent; empty: nowhere")
    parser.add_argument("--page-url", default="", help="how a browser reaches this program")
    parser.add_argument(
        "--settle-after", type=float, default=5.0, help="seconds until slow money arrives"
    )
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="end with the process that started it"
    )
    return parser.parse_args()


async def serve(given: argparse.Namespace, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    settings = Settings(
        key=given.secret,
        webhook_secret=given.webhook_secret,
        webhook_url=given.webhook_url,
        page_url=given.page_url.rstrip("/") or f"http://{given.host}:{port}",
        settle_after=given.settle_after,
    )
    # As at Stripe the key says the mode; nothing that this program does is ever real.
    is_live = settings.key.partition("_")[2].startswith("live")
    app = App(Box(Store(given.data, is_live=is_live), settings))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            date_header=False,
            timeout_graceful_shutdown=2,
        )
    )
    if given.until_stdin_closes:
        asyncio.get_running_loop().add_reader(sys.stdin, setattr, server, "should_exit", True)
    # The socket listens already, so a caller who reads this line may call at once.
    sys.stdout.write(f"listening on http://{given.host}:{port}\n")
    sys.stdout.flush()
    await server.serve(sockets=[listener])


def main() -> int:
    given = arguments()
    family = socket.AF_INET6 if ":" in given.host else socket.AF_INET
    # Named TCP outright: only then does asyncio switch off Nagle, which costs 40 ms an answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((given.host, given.port))
    except OSError as error:
        sys.stderr.write(f"sandbox cannot listen on port {given.port}: {error.strerror}\n")
        return 2
    listener.listen(256)
    asyncio.run(serve(given, listener))
    return 0


if __name__ == "__main__":
    sys.exit(main())
