"""I9: what people write is never a formula in the file somebody opens."""

import csv
import io

import pytest

from enishi.kit import cells


@pytest.mark.parametrize("sign", [*"=+-@\t\r\n", *"＝＋－＠", " =", "\u3000＝"])  # full width
def test_words_that_begin_with_a_sign_are_marked_as_text(sign):
    assert cells.harmless(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", ["記事 = 3本", "a@b.example", "", " 空白", -1_200, 0, None])
def test_other_words_and_figures_stay_as_they_are(cell):
    assert cells.harmless(cell) == cell


def test_a_cell_with_quotes_and_breaks_stays_one_cell():
    words = 'One, "two"\nthree'

    assert next(csv.reader(io.StringIO(cells.line([words, 12])))) == [words, "12"]
