"""The form field for several files, with limits that are checked before anything is kept."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .commands import MEGABYTE
from .names import cleaned


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files up to the limits; the clean value is a list."""

    widget = FilesInput

    def __init__(
        self,
        *,
        max_files: int = 10,
        max_file: int | None = None,
        max_total: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Sizes are bytes; those not given are the rules of the market."""
        self.max_files = max_files
        self.max_file = max_file or settings.RULES.file_megabytes * MEGABYTE
        self.max_total = max_total or settings.RULES.contract_megabytes * MEGABYTE
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        chosen = [one for one in given if one]
        if not chosen:
            super().clean(None, initial)
            return []
        faults = [*self._too_many(chosen), *self._too_heavy(chosen)]
        if faults:
            raise ValidationError(faults)
        return chosen

    def _too_many(self, chosen: list[UploadedFile]) -> list[str]:
        if len(chosen) <= self.max_files:
            return []
        sentence = ngettext(
            "Please choose one file at most.",
            "Please choose %(num)s files at most.",
            self.max_files,
        )
        return [sentence % {"num": self.max_files}]

    def _too_heavy(self, chosen: list[UploadedFile]) -> list[str]:
        faults = []
        for one in chosen:
            name = cleaned(one.name or "")
            if getattr(one, "is_over_day", False):
                limit = settings.RULES.day_megabytes
                sentence = _("“%(name)s” was not kept: one person can upload %(limit)s MB a day.")
                faults.append(sentence % {"name": name, "limit": limit})
            elif not one.size:
                faults.append(_("“%(name)s” is empty.") % {"name": name})
            elif one.size > self.max_file:
                limit = self.max_file // MEGABYTE
                sentence = _("“%(name)s” is larger than %(limit)s MB.")
                faults.append(sentence % {"name": name, "limit": limit})
        if sum(one.size or 0 for one in chosen) > self.max_total:
            limit = self.max_total // MEGABYTE
            faults.append(_("Together the files are larger than %(limit)s MB.") % {"limit": limit})
        return faults
