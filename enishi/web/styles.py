"""The style sheets that every page needs: one by one in tests, as a single file when served."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from markupsafe import Markup
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMPONENTS = (
    *("avatar", "button", "card", "clock_chip", "composer", "feedback", "field", "file"),
    *("label", "ledger", "money_line", "next_step", "tabs", "timeline", "trust_card", "yen_hour"),
)
# tokens.css names the layers, so it comes first; after it the order does not matter.
ALWAYS = (
    *("tokens", "base", "layout", "utilities"),
    *(f"components/{name}" for name in COMPONENTS),
)
JOINED = "css/components/joined.css"  # beside the sheets, whose pictures are named from there


class Storage(CompressedManifestStaticFilesStorage):
    """Joins the sheets of every page when static files are collected: one request, not twenty,
    before the first paint."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run:
            sheets = [Path(self.path(f"css/{name}.css")).read_text("utf-8") for name in ALWAYS]
            Path(self.path(JOINED)).write_text("\n".join(sheets), "utf-8")
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, dry_run, **options)


@cache
def styles() -> Markup:
    """The links of every page's head."""
    is_joined = isinstance(staticfiles_storage, Storage)
    files = [JOINED] if is_joined else [f"css/{name}.css" for name in ALWAYS]
    link = Markup('<link rel="stylesheet" href="{}">')
    return Markup("\n").join(link.format(static(file)) for file in files)
