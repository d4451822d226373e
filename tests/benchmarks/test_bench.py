"""`bin/bench` is no part of the suite; that it runs and says what it promises is."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.bare.cut import cut, environment, without_tokens
from benchmarks.bare.pages import Page
from benchmarks.measure import Figure, Result, in_turns
from benchmarks.table import markdown

ROOT = Path(__file__).parent.parent.parent
NAMES = [
    *("page_job_list_2k", "page_job", "page_inbox", "page_contract", "message_send"),
    *("hire_cycle", "stream_2k", "page_job_list_200k", "sweep_1m"),
    *("statement_100k", "verify_1m", "transfer_1", "transfer_8", "transfer_hot_1"),
    *("transfer_hot_8", "balance_read", "fill_1m", "ranks_all", "trust_all"),
    *("contract_facts", "trust_card", "pages_at_scale", "cold_start", "setup"),
]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True, timeout=240
    )


def test_every_benchmark_of_the_promise_has_its_name():
    said = bench("--list")

    assert said.stdout.split() == NAMES


def test_an_unknown_name_is_told():
    said = bench("page_of_nothing")

    assert said.returncode == 2
    assert "page_of_nothing" in said.stderr


def test_a_rehearsal_of_the_sweep_writes_what_it_found(tmp_path):
    """L3: the benchmark itself fails unless the sweep goes by its index alone."""
    told, shown = tmp_path / "found.json", tmp_path / "found.md"

    said = bench("sweep_1m", "--quick", "--json", str(told), "--markdown", str(shown))

    assert said.returncode == 0, said.stderr
    found = json.loads(told.read_text())
    assert list(found) == ["sweep_1m"]
    assert list(found["sweep_1m"]) == ["value", "unit", "ratio", "goal"]
    assert found["sweep_1m"]["unit"] == "s"
    assert "| sweep_1m |" in shown.read_text()


def test_a_rehearsal_of_the_ledgers_check_finds_its_million_lines_sound(tmp_path):
    """The benchmark itself fails when a rule does not hold."""
    told = tmp_path / "found.json"

    names = ("verify_1m", "statement_100k", "balance_read")
    said = bench(*names, "--quick", "--json", str(told))

    assert said.returncode == 0, said.stderr
    assert list(json.loads(told.read_text())) == ["statement_100k", "verify_1m", "balance_read"]


def test_a_rehearsal_in_a_large_market_fills_it_and_asks_everything(tmp_path):
    """The benchmarks themselves fail when facts do not follow, or a page does not answer."""
    told, kept = tmp_path / "found.json", tmp_path / "kept"
    names = ["fill_1m", "ranks_all", "trust_all", "contract_facts", "trust_card", "pages_at_scale"]

    said = bench(*names, "--quick", "--json", str(told), "--keep", str(kept))

    assert said.returncode == 0, said.stderr
    found = json.loads(told.read_text())
    assert list(found) == names
    assert found["fill_1m"]["value"] > 0
    assert (kept / "postgres" / "PG_VERSION").exists()


def test_each_round_asks_both_and_the_first_does_not_count():
    asked = []

    ours, bare = in_turns(
        lambda: asked.append("ours") or len(asked),
        lambda: asked.append("bare") or len(asked),
        rounds=2,
    )

    assert asked == ["ours", "bare", "bare", "ours", "ours", "bare"]
    assert ours == [4, 5]
    assert bare == [3, 6]


def test_a_template_is_cut_where_the_page_speaks_of_its_rows():
    rows = {"name": "Hana & Co", "price": 60_000}
    page = Page(lambda *_: rows, lambda _: ["{{ name }}", "{{ price|yen }}", "{{ nobody }}"])
    html = '<b>Hana &amp; Co</b> 60,000円 <input name="csrfmiddlewaretoken" value="a1">'

    text = cut(html, page, rows)

    assert text.startswith("<b>{{ name }}</b> {{ price|yen }}")
    again = environment().from_string(text).render(rows, csrf="b2")
    assert again != html
    assert without_tokens(again) == without_tokens(html)


def test_the_table_says_plainly_when_a_goal_is_not_met():
    found = Result(
        name="page_job",
        value=Figure(90, 100, 110),
        unit="requests/s",
        goal="ratio ≤ 4",
        is_met=False,
        ratio=Figure(4.1, 4.5, 5.0),
    )

    assert "| page_job | 100 | requests/s | 4.50 | ratio ≤ 4 | no |" in markdown([found])
