"""What the draft commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "draft.place_unknown": _("Drafts of this form are not kept."),
    "draft.too_large": _("This is too much to be kept as a draft."),
    "draft.written_elsewhere": _("This text was changed in another window in the meantime."),
}
