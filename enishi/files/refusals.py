"""What the file commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file.too_large": _("“%(name)s” is larger than %(megabytes)s MB. Please split it."),
    "file.empty": _("“%(name)s” is empty. Please check the file and choose it again."),
    "file.no_room": _(
        "“%(name)s” could not be kept, because the store is full. Nothing was changed; "
        "please try again later."
    ),
    "file.day_full": _(
        "“%(name)s” was not kept: one person can upload %(megabytes)s MB a day. Please send the "
        "rest tomorrow."
    ),
    "file.blocked": _(
        "“%(name)s” was not kept: exactly these bytes were found to be harmful before."
    ),
    "image.unreadable": _("This image cannot be read. Please choose a JPEG, PNG or WebP file."),
    "image.too_large": _("This image is too large. Please choose one of up to %(limit)s."),
}
