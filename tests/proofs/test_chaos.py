"""M1, M5, M6, M7, D1, D2, T3: clients act on a whole market, and on its ledger alone, while parts
of it are killed and the provider has bad days. A sample of `bin/chaos`."""

import pytest

from tests.chaos.running import Wish, run

BUDGET = 44
ACTS = {"http": 3_000, "ledger": 60_000}
KILLS = {"http": 6, "ledger": 6}
LEAST_KILLS = 2  # in a sample on a machine that is busy: each takes as long as it takes to be back


@pytest.mark.parametrize("layer", ACTS)
def test_what_was_answered_stands_whoever_was_killed(layer, proof, django_db_setup, tmp_path):
    budget = 0 if proof.whole else proof.budget
    report = run(tmp_path, Wish(layer, ACTS[layer], KILLS[layer], proof.seed, budget))

    proof.say(f"{layer}: {report.ops:,} acts, {report.answers}, kills {report.kills}")
    proof.say(f"{layer}: back after at most {report.back}, settled after {report.settled:.0f} s")
    assert report.faults == []
    assert report.killed() >= (KILLS[layer] if proof.whole else LEAST_KILLS)
