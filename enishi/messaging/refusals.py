"""What the messaging commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "message.empty": _("Please write a message before sending."),
    "message.too_long": _("A message may have up to %(longest)s characters. Nothing was sent."),
    "message.nul": _("The text contains a character that cannot be stored. Nothing was sent."),
    "message.thread_over": _(
        "This application has come to its end, so nothing can be added to the conversation."
    ),
    "message.thread_full": _(
        "The files of this conversation may take up to %(megabytes)s MB in all. "
        "Nothing was sent; your text can be sent without the files."
    ),
    "wait.nothing_waits": _("Nobody waits for your reply here."),
    "wait.too_old": _(
        "“No reply needed” can be said within %(hours)s hours. A short reply still helps."
    ),
}
