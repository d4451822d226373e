"""What the file commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file.too_large": _("“%(name)s” is larger than %(megabytes)s MB. Please split it."),
    "file.empty": _("“%(name)s” is empty. Please check the file and choose it again."),
    "file.no_room": _(
        "“%(name)s” could not be kept, because the store is full. Nothing was changed; "
        "please try again later."
    ),
    "file.damaged": _(
        "“%(name)s” cannot be sent, because it is not as it was stored. The office has to look "
        "into it."
    ),
    "image.unreadable": _("This image cannot be read. Please choose a JPEG, PNG or WebP file."),
    "image.too_large": _("This image is too large. Please choose one of up to %(limit)s."),
}
