"""SA7: a year of honest hires, walked through the real commands, has no ring."""

import pytest

from enishi.office import findings
from enishi.office.models import Finding
from tests.simulation.conftest import NOW


@pytest.mark.usefixtures("filled")
def test_the_people_of_the_demo_are_in_no_finding():
    findings.look(at=NOW)

    assert not Finding.objects.exists()
