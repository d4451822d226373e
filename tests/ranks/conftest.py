"""Sealed files lie in a folder of the test's own."""

import pytest


@pytest.fixture(autouse=True)
def sealed(settings, tmp_path):
    settings.SEALED_ROOT = tmp_path / "sealed"
