"""Who acts for a client: a member, who stands in although the owner is there."""

from enishi.organisations import commands

from .pair_parts import NOON, Pair, joined


def members(of: Pair) -> None:
    name = of.said.public(f"Member {of.key}")
    of.member = joined(name, f"member-{of.key}", "worker")
    facts = {"is_business": True, "works": False}
    asked = commands.invite(by=of.client, at=NOON, email=of.member.email, **facts)
    commands.join(asked.pk, by=of.member, at=NOON, is_other_side=False)
    commands.name_stand_in(asked.pk, by=of.client, at=NOON)
    of.things["member"] = {"membership_id": asked.pk}
