"""SA7 at the command line: a file of ratings is scored, a market is looked through."""

import csv
import io
import json
import time

import pytest

from enishi.office.models import Finding
from tests.cli.test_commands import enishi
from tests.office import circles
from tests.trust.networks import Network

__all__ = ["enishi"]  # the fixture
pytestmark = pytest.mark.django_db


def file(folder, *lines):
    path = folder / "ratings.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_everybody_rated_is_listed_with_a_score_the_best_first(enishi, tmp_path):
    path = file(tmp_path, "a,b,10,1", "b,a,10,2", "a,c,-10,3", "b,c,-10,4", "b,d,1,5")

    code, out, said = enishi("trust", "score-network", path)

    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, said) == (0, "")
    assert [row["rated"] for row in rows] == ["a", "b", "d", "c"]
    assert float(rows[0]["score"]) > 0 > float(rows[-1]["score"])


def test_lines_that_are_no_ratings_are_named_and_it_ends_with_2(enishi, tmp_path):
    path = file(tmp_path, "rater,rated,score,time", "a,b,10,1", "a,b,eleven,1", "a,b")

    code, out, said = enishi("trust", "score-network", path)

    assert (code, out) == (2, "")
    assert "Line 3: the score must be a number from -10 to 10, not “eleven”." in said
    assert "Line 4: it has 2 columns" in said


def test_what_is_no_text_is_said(enishi, tmp_path):
    (tmp_path / "ratings.csv").write_bytes(b"\xff\xfe\x00")

    code, out, said = enishi("trust", "score-network", str(tmp_path / "ratings.csv"))

    assert (code, out) == (2, "")
    assert "is not text in UTF-8" in said


def test_forty_thousand_ratings_are_scored_within_a_minute(enishi, tmp_path):
    network = Network(1, people=5_000, each=5)
    rows = [f"{one.rater},{one.rated},{one.score},{one.time}" for one in network.ratings]
    assert len(rows) > 40_000

    began = time.monotonic()
    code, out, _ = enishi("trust", "score-network", file(tmp_path, *rows))

    assert (code, time.monotonic() - began < 60) == (0, True)
    assert len(out.splitlines()) > 4_000


def test_the_market_is_looked_through_and_what_is_open_is_listed(enishi):
    assert json.loads(enishi("trust", "rings", "--json")[1]) == {"new": 0, "open": []}
    circles.usual()
    circles.circle()

    code, out, _ = enishi("trust", "rings", "--json")

    said = json.loads(out)
    assert (code, said["new"]) == (0, 1)
    assert said["open"][0]["people"] == Finding.objects.get().people
    assert json.loads(enishi("trust", "rings", "--json")[1])["new"] == 0
