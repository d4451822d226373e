"""Letters about who acts for an organisation (PE3)."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS = {
    "membership.invited": Words(
        title=_("%(organisation)s invites you to act for them"),
        both=_("Please accept or decline. Your own account and your own work stay as they are."),
        due=_("The invitation stands until %(due)s and then lapses."),
        link="invitation",
    ),
    "membership.joined": Words(
        title=_("%(by)s now acts for %(organisation)s"),
        both=_("They can read and answer. What binds or costs is still decided by the owner."),
        link="organisation",
    ),
    "membership.declined": Words(
        title=_("%(by)s declined the invitation of %(organisation)s"),
        both=_("You can invite somebody else."),
        link="organisation",
    ),
    "membership.lapsed": Words(
        title=_("An invitation of %(organisation)s has lapsed"),
        both=_("Nobody answered in time. You can invite again."),
        link="organisation",
    ),
    "membership.left": Words(
        title=_("%(by)s no longer acts for %(organisation)s"),
        both=_("If they stood in for you, please name somebody else."),
        link="organisation",
    ),
    "membership.removed": Words(
        title=_("You no longer act for %(organisation)s"),
        both=_("Your own account and your own work stay as they are."),
        link="acting",
    ),
    "membership.stands_in": Words(
        title=_("You stand in for the owner of %(organisation)s"),
        both=_(
            "While the owner is on leave, what waits for %(organisation)s is told to you too, and "
            "you may decide."
        ),
        link="acting",
    ),
    "membership.stood_down": Words(
        title=_("You no longer stand in for the owner of %(organisation)s"),
        both=_("You still act for them as a member."),
        link="acting",
    ),
}
