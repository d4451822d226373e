"""A1, PE3: every thing of a pair, for the member who acts for its client and for a former member:
the one finds what members share and is turned away from what only the owner decides, with nothing
changed; the other finds nothing of it, although the session still names the membership."""

from django.urls import reverse

from .actors import FORMER, MEMBER
from .policies import POLICIES, addresses
from .test_access import TURNED_AWAY, allowed, ask, in_words
from .walking import address_of, changed, enters, finds, leaks, rows, undone
from .walking import built as built  # fixtures
from .walking import world as world

BUDGET = 60


def test_members_find_what_they_share_and_former_ones_nothing(world, proof):
    of, before, wrong, turned = world.pairs[0], rows(), [], 0
    people = [world.person(MEMBER, of.key), world.person(FORMER)]
    walked = [
        (pattern, thing, actor)
        for pattern in addresses()
        if not POLICIES[pattern.name].door.startswith("office")  # no difference to anybody else
        for thing in POLICIES[pattern.name].finds
        for actor in people
    ]

    for pattern, thing, actor in walked:
        name, policy = pattern.name, POLICIES[pattern.name]
        door = enters(actor, policy, name)
        is_found = finds(actor, of, policy, thing, name)
        path, what = address_of(pattern, of, thing), f"{actor.name} at {name} ({thing or 'itself'})"
        with undone():
            for method in ("GET", "POST"):
                answer = ask(actor, method, path, is_found=is_found)
                said = in_words(answer, policy)
                if door == TURNED_AWAY and answer.headers.get("Location") == reverse("acting"):
                    said, turned = TURNED_AWAY, turned + 1
                expected = allowed(name, method, door, is_found=is_found)
                if said not in expected:
                    wrong.append(f"{what}: {method} is answered {said}, not {expected}")
                wrong += [f"{what}: {method} tells {leak}" for leak in leaks(answer, actor)]
            if written := changed(before, rows()):
                wrong.append(f"{what} changed {written}")

    proof.say(f"{len(walked)} visits, {turned} times turned away")
    assert not wrong, "\n".join(sorted(wrong))
