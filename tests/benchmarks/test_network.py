"""The command that decision 35 names measures what it says, on any files."""

import subprocess
import sys

from tests.docs.documents import ROOT
from tests.trust.networks import Network


def test_a_network_with_labels_is_measured_beside_two_simple_methods(tmp_path):
    network = Network(1, people=300)
    ratings, labels = tmp_path / "ratings.csv", tmp_path / "labels.csv"
    rows = [f"{one.rater},{one.rated},{one.score},{one.time}" for one in network.ratings]
    ratings.write_text("\n".join(["rater,rated,score,time", *rows]), encoding="utf-8")
    judged = [f"{name},{1 if good else -1}" for name, good in network.is_good.items()]
    labels.write_text("\n".join(["user,label", *judged]), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.network", ratings, labels],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    for method in ("ours", "mean", "fair and good"):
        assert f"{method}: AUC 0." in done.stdout
    assert "ours: 200 colluding, mutual True" in done.stdout
