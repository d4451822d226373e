"""A1, the part that holds on every run: no address without a written policy."""

from enishi.web.accounts import second_factor
from tests.proofs.policies import PARAMETERS, POLICIES, addresses, declared


def test_every_address_has_a_row_in_the_table_and_every_row_an_address():
    assert sorted(p.name or str(p.pattern) for p in addresses()) == sorted(POLICIES)


def test_every_view_declares_what_the_table_says():
    differing = {
        pattern.name: (declared(pattern), POLICIES[pattern.name].door)
        for pattern in addresses()
        if pattern.name in POLICIES and declared(pattern) != POLICIES[pattern.name].door
    }

    assert differing == {}


def test_every_parameter_of_an_address_is_one_that_the_walk_can_fill():
    unknown = {
        (pattern.name, name)
        for pattern in addresses()
        for name in pattern.pattern.regex.groupindex
        if name not in PARAMETERS
    }

    assert unknown == set()


def test_every_page_of_the_office_stands_behind_the_second_factor():
    """PE2: that door is known by the path."""
    outside = [
        pattern.name
        for pattern in addresses()
        if declared(pattern).startswith("office")
        and not str(pattern.pattern).startswith(f"{second_factor.OFFICE.strip('/')}/")
    ]

    assert outside == []


def test_only_machines_come_without_a_form_of_ours():
    """A10: checks against forged requests are off for nobody else."""
    exempt = {p.name for p in addresses() if getattr(p.callback, "csrf_exempt", False)}

    assert exempt == {name for name, policy in POLICIES.items() if policy.door == "machine"}
