"""The documents as the tests read them: files, commands, tables, links."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(enishi|bin/\w+)(?: +(.*))?$")
LINK = re.compile(r"\]\(([^)\s]+)\)")


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Every command of ours that a document names, with the documents that name it."""
    found: dict[str, set[str]] = {}
    for page in PAGES:
        source = text(page)
        lines = [line for _, block in FENCE.findall(source) for line in block.splitlines()]
        for line in [*lines, *SPAN.findall(FENCE.sub("", source))]:
            if match := COMMAND.match(line.split(" #")[0].strip()):
                program, arguments = match.group(1), match.group(2) or ""
                if program == "enishi" and not arguments:
                    continue  # the word, not a command
                name = f"{program} {arguments}".strip()
                found.setdefault(name, set()).add(page.relative_to(ROOT).as_posix())
    return found


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the first table below a heading, without its head."""
    part = text(ROOT / page).split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


def plain(cell: str) -> str:
    return cell.strip("`")


def anchors(source: str) -> set[str]:
    """The names under which headings can be linked to."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", source), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
