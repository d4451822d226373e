"""The form of a piece of a portfolio. Its pictures are numbered rows; what was uploaded once is
kept under its id, so that a form that comes back has not lost it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.jobs.catalogue import read as catalogue
from enishi.profiles import limits
from enishi.profiles.models import Piece, PieceImage
from enishi.profiles.portfolio import policy, queries
from enishi.profiles.portfolio.policy import Shown
from enishi.profiles.refusals import SENTENCES
from enishi.web.fields import NumberField
from enishi.web.forms import Form, Lines
from enishi.web.jinja import language
from enishi.web.jobs import skills

from .part_forms import CHOOSE, LineField

NUMBERS = range(1, limits.IMAGES_MOST + 1)
BOXES = {"images": "image_1"}


class PieceForm(Form):
    use_required_attribute = False

    title = LineField(label=_("Title"), max_length=limits.TITLE_MOST)
    text = forms.CharField(
        label=_("What it is, and what you did"),
        max_length=limits.PIECE_TEXT_MOST,
        required=False,
        widget=Lines(attrs={"rows": 6}),
    )
    category = forms.ChoiceField(label=_("Field of work"), required=False)
    skills = skills.SkillsField(label=_("Skills it shows"), required=False)
    year_from = NumberField(
        label=_("Year, or the first one"),
        min_value=limits.YEARS[0],
        max_value=limits.YEARS[1],
        required=False,
    )
    year_to = NumberField(
        label=_("The last year"),
        min_value=limits.YEARS[0],
        max_value=limits.YEARS[1],
        required=False,
    )
    link = forms.CharField(
        label=_("Link to where it can be seen"),
        max_length=limits.LINK_MOST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )

    def __init__(self, *args: Any, account_id: int, piece_id: int | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.piece_id = piece_id
        spoken = language()
        fields_of_work = [(one.id, one.name(spoken)) for one in catalogue.categories()]
        self.fields["category"].choices = [("", CHOOSE), *fields_of_work]
        self.fields["skills"].choices = skills.choices()
        for number in NUMBERS:
            self.fields |= _row(number)
        self.kept = queries.kept(account_id, self._ids().values())

    @property
    def skill_groups(self) -> list[Any]:
        return skills.groups(self["skills"])

    def _ids(self) -> dict[int, UUID]:
        """The ids of kept pictures by their rows, as sent or as they hang."""
        given = self.data if self.is_bound else self.initial
        found = {}
        for number in NUMBERS:
            try:
                found[number] = UUID(str(given.get(f"kept_{number}") or ""))
            except ValueError:
                continue
        return found

    def image_rows(self) -> Iterator[tuple[PieceImage | None, list[BoundField]]]:
        """Of each row the picture that is kept for it, if any, and its boxes."""
        ids = self._ids()
        for number in NUMBERS:
            kept = self._hangable(ids.get(number))
            boxes = [self[f"{name}_{number}"] for name in ("image", "alt", "place", "drop")]
            yield kept, boxes

    def clean_skills(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["skills"]
        if len(chosen) > limits.PIECE_SKILLS_MOST:
            raise forms.ValidationError(
                _("Please choose %(most)s skills at most."),
                params={"most": limits.PIECE_SKILLS_MOST},
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.images = self._images()
        found = policy.faults(self.shown(), images=len(self.images))
        for name, code in found.items():
            box = BOXES.get(name, name)
            is_told = box in self.errors or (name == "images" and self._has_image_error())
            if not is_told:
                self.add_error(box, SENTENCES[code])
        return cleaned

    def _images(self) -> list[tuple[UUID, str]]:
        """In the order of their places, then of their rows. A row without a picture has no place,
        whatever was sent for it."""
        ids, found = self._ids(), []
        for number in NUMBERS:
            if number not in ids or not self._hangable(ids[number]):
                self.errors.pop(f"place_{number}", None)
        for number, key in ids.items():
            if self.cleaned_data.get(f"drop_{number}"):
                continue
            if not self._hangable(key):
                self.add_error(f"image_{number}", SENTENCES["piece.image_gone"])
                continue
            alt = self.cleaned_data.get(f"alt_{number}") or ""
            if not alt and f"alt_{number}" not in self.errors:
                self.add_error(f"alt_{number}", SENTENCES["piece.alt_missing"])
            place = self.cleaned_data.get(f"place_{number}") or number
            found.append((place, number, key, alt))
        return [(key, alt) for _place, _number, key, alt in sorted(found)]

    def _hangable(self, key: UUID | None) -> PieceImage | None:
        """One's own picture, unless it hangs in another piece."""
        image = self.kept.get(key) if key else None
        return image if image and image.piece_id in (None, self.piece_id) else None

    def _has_image_error(self) -> bool:
        return any(name.startswith(("image_", "alt_")) for name in self.errors)

    def shown(self) -> Shown:
        told = self.cleaned_data
        return Shown(
            title=told.get("title") or "",
            text=told.get("text") or "",
            category=told.get("category") or "",
            skills=tuple(told.get("skills") or ()),
            year_from=told.get("year_from"),
            year_to=told.get("year_to"),
            link=(told.get("link") or "").strip(),
        )


def _row(number: int) -> dict[str, forms.Field]:
    return {
        f"kept_{number}": forms.CharField(required=False, widget=forms.HiddenInput),
        f"image_{number}": forms.FileField(
            label=gettext("Picture %(number)s") % {"number": number}, required=False
        ),
        f"alt_{number}": LineField(
            label=_("What it shows, in words"), max_length=limits.ALT_MOST, required=False
        ),
        f"place_{number}": NumberField(
            label=_("Position"), min_value=1, max_value=limits.IMAGES_MOST, required=False
        ),
        f"drop_{number}": forms.BooleanField(label=_("Take this picture out"), required=False),
    }


def initial(piece: Piece, images: list[PieceImage]) -> dict[str, Any]:
    """What the form shows of a piece."""
    names = ("title", "text", "category", "skills", "year_from", "year_to", "link")
    values = {name: getattr(piece, name) for name in names}
    for image in images:
        values[f"kept_{image.position}"] = str(image.pk)
        values[f"alt_{image.position}"] = image.alt
        values[f"place_{image.position}"] = image.position
    return values


def with_kept(data: QueryDict, kept: dict[int, UUID]) -> QueryDict:
    """What was sent, with the pictures that were just kept in their rows."""
    told = data.copy()
    for number, key in kept.items():
        told[f"kept_{number}"] = str(key)
        told.pop(f"drop_{number}", None)
    return told
