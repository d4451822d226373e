"""Letters about a person's account, and about what was said to them."""

from enishi.kit.sentences import sentence as _

from .words import Words

WORDS = {
    "message.posted": Words(
        title=_("%(by)s wrote you a message"),
        both=_("You can answer on the page of the conversation."),
        quote="text",
        link="thread",
    ),
    "account.suspended": Words(
        title=_("Your account was suspended by the office"),
        both=_(
            "You cannot sign in for now. Your records and what is owed to you stay. "
            "If you think this is a mistake, please answer the office by mail."
        ),
        quote="reason",
        link="settings",
    ),
    "account.restored": Words(
        title=_("Your account is open again"),
        both=_("You can sign in as before."),
        quote="reason",
        link="settings",
    ),
    "account.appointed": Words(
        title=_("You now belong to the office"),
        both=_("Please sign in and set up a second factor; the desk opens only with it."),
        link="settings",
    ),
}
