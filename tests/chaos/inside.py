"""A process of the market: `python -m tests.chaos.inside client|entrance|oracle [ARGUMENT…]`. The
settings are read before anything of the market is imported."""

import sys
from importlib import import_module

from enishi.cli import market


def main() -> None:
    market.load()
    name, *arguments = sys.argv[1:]
    import_module(f"tests.chaos.{name}").main(*arguments)


if __name__ == "__main__":
    main()
