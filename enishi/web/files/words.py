"""What is said about a file beside its name: whether it may be opened, and what to beware of."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class State:
    """A state of a scan: a word, an icon, and the tone of its label."""

    word: str
    icon: str
    tone: str = ""


STATES = {
    "pending": State(_("Being checked"), "hourglass", "hollow"),
    "clean": State(_("No malware found"), "check", "take"),
    "bad": State(_("Blocked: harmful"), "alert", "yama"),
    "not_scanned": State(_("Not scanned for malware"), "info", "hollow"),
}
REASONS = {
    "no_scanner": _("This market has no scanner. Please check it on your own device."),
    "unavailable": _("The scanner does not answer at present. It is asked again."),
    "too_large": _("It is too large for the scanner. Please check it on your own device."),
    "damaged": _("Its bytes are not those that were handed in. The office knows."),
}
# What to beware of; the first that stand together are told, so the gravest come first.
MARKS = {
    "trap": _("This archive is built to grow without end. Please do not unpack it."),
    "double": _("Its name has more than one ending. The last one counts: it is a program."),
    "program": _("This is a program: whoever opens it starts it."),
    "launch": _("This PDF wants to start a program."),
    "script": _("There is a script in this PDF."),
    "macro": _("It holds macros, small programs. Please open it with macros switched off."),
    "remote": _("It fetches something from elsewhere when it is opened."),
    "active": _("Opened in a browser, this kind of file can run a program."),
    "embedded": _("There are other files inside this PDF."),
    "formula": _("It holds formulas, which a spreadsheet program would run."),
    "hidden": _("Its name held characters that turn the reading order around. They were removed."),
    "large": _("Unpacked it is larger than 1 GB."),
}
UNREAD = {
    "encrypted": _("It is locked with a password, so nobody could look inside."),
    "nested": _("Archives inside it were not opened."),
    "opaque": _("This kind of archive cannot be listed here."),
    "too_many": _("Only the first 1,000 entries are listed."),
    "too_much": _("It was too much work to read it to the end."),
    "too_large": _("It was too much work to read it to the end."),
    "broken": _("It could not be read to the end: it may be damaged."),
    "unknown_method": _("Parts of it are packed in a way that we do not read."),
}
ENTRY = {
    "caught": pgettext_lazy("entry of an archive", "harmful"),
    "outside": pgettext_lazy("entry of an archive", "leads out of its folder"),
    "link": pgettext_lazy("entry of an archive", "link"),
    "device": pgettext_lazy("entry of an archive", "device"),
    "twice": pgettext_lazy("entry of an archive", "same name twice"),
    "hidden": pgettext_lazy("entry of an archive", "hidden characters"),
    "nested": pgettext_lazy("entry of an archive", "archive"),
    "encrypted": pgettext_lazy("entry of an archive", "locked"),
}
