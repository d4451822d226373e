"""The bare stream: asyncio's own server, one LISTEN, every reader hears everything."""

import argparse
import asyncio
import os

import psycopg

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nevent: refresh\ndata: -\n\n"


async def main(port: int) -> None:
    writers: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD)
        writers.add(writer)
        await reader.read()
        writers.discard(writer)

    await asyncio.start_server(serve, "127.0.0.1", port, backlog=2048)
    address = os.environ["ENISHI_BENCH_DATABASE"]
    line = await psycopg.AsyncConnection.connect(address, autocommit=True)
    await line.execute("listen enishi")
    async for notice in line.notifies():
        number, _, _ = notice.payload.partition(" ")
        for writer in writers:
            writer.write(f"event: news\ndata: {number}\n\n".encode())


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int)
    asyncio.run(main(arguments.parse_args().port))
