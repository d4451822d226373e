"""The child: sets its own limits, then opens the file on its standard input and answers on its
standard output. `square SIDE` and `fitted SIDE` answer with a picture, `sheet COVERS` and
`page NUMBER COVERS` with one of a document, `pages` with how many a PDF has, `list` with a report
as JSON.

Exit 0: the answer is whole. 3: the file cannot be read so; the answer is a word that says why.
Whatever else (killed, out of memory, a fault) means that nothing can be said about the file.
"""

import json
import resource
import signal
import sys

from .unfit import Unfit

MEMORY = 192 * 1024 * 1024  # bytes of address space, the program itself included
SECONDS = 1.8  # of processor time
OPEN = 16  # files at once: standard input, and our own modules while they load
REFUSED = 3


def limit() -> None:
    """From here on there is no way back to more."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, 2),  # counts whole seconds only; the timer below comes first
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)  # nobody catches it: it ends us


def answer(task: str, *arguments: str) -> bytes:
    with open(0, "rb", closefd=False) as file:  # a descriptor, not a path
        if task in ("square", "fitted"):
            from . import pictures  # noqa: PLC0415  # takes a tenth of a second, a list does not

            draw = pictures.square if task == "square" else pictures.fitted
            return draw(file, int(arguments[0]))
        if task in ("sheet", "page", "pages"):
            from . import sheets  # noqa: PLC0415  # as above, and pdfium besides

            numbers = [int(one) for one in arguments[:1]] if task == "page" else []
            drawn: bytes = getattr(sheets, task)(file, *numbers, *arguments[len(numbers) :])
            return drawn
        from . import report  # noqa: PLC0415  # as above

        return json.dumps(report.of(file)).encode()


def main() -> int:
    limit()
    try:
        said, code = answer(*sys.argv[1:]), 0
    except Unfit as unfit:
        said, code = str(unfit).encode(), REFUSED
    except MemoryError:
        said, code = b"too_large", REFUSED
    sys.stdout.buffer.write(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
