"""What the document commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "document.incomplete": _(
        "The order sheet cannot be made yet. These items are missing: %(items)s."
    ),
    "document.contradictory": _(
        "The paper cannot be made, because these items do not agree: %(items)s."
    ),
}
