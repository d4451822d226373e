"""Every planted bug still applies, and the test it turns red is there (bin/planted runs them)."""

import pytest

from tests.planted.patches import ROOT, planted

BUGS = planted()


def test_there_are_enough_planted_bugs():
    assert len(BUGS) >= 40


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_applies_and_names_its_test(bug):
    assert bug.applies() == ""
    assert bug.red
    assert bug.files
    for test in bug.red:
        path, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text(), test
