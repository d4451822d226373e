"""Who decides for an organisation, and whom it may invite (PE3). Pure."""

# What somebody is allowed who acts for an organisation, from little to much.
MEMBER, DECIDER = "member", "decider"


def right(*, is_stand_in: bool, is_owner_away: bool) -> str:
    """A member reads, answers and looks at work. What binds or costs is decided by the owner; while
    the owner is on leave, by the stand-in too."""
    return DECIDER if is_stand_in and is_owner_away else MEMBER


def reaches(held: str, needed: str) -> bool:
    return needed == MEMBER or held == DECIDER


def fault_of_invitation(
    email: str, *, own: str, is_business: bool, works: bool, members: int, most: int
) -> str | None:
    """The code of what speaks against inviting this address, if anything does. `own` is the address
    of the organisation; `works`: it has applied or worked as a worker, which is nobody else's."""
    if not is_business:
        return "membership.not_a_business"
    if works:
        return "membership.organisation_works"
    if email.lower() == own.lower():
        return "membership.oneself"
    return "membership.too_many" if members >= most else None
