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
    "file.caught": Words(
        title=_("A file of yours was blocked: “%(name)s”"),
        both=_(
            "The check of uploads found something harmful in it (%(found)s), so nobody can "
            "open it here any more. Please check your device, and send a clean file."
        ),
        link="settings",
    ),
    "file.damaged": Words(
        title=_("A stored file is damaged: “%(name)s”"),
        both=_(
            "Its bytes are missing or are not those that were handed in, so it is not sent to "
            "anyone. Please bring it back from a backup; the log names its id."
        ),
        link="settings",
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
    "account.dismissed": Words(
        title=_("You no longer belong to the office"),
        both=_("You were signed out everywhere. Please sign in again for your own work."),
        link="settings",
    ),
}
