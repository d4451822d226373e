"""The box of a form field, tied to its help and its errors by aria-describedby."""

from typing import Any

from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.forms.widgets import CheckboxInput, FileInput
from django.utils.safestring import SafeString


def box(bound: BoundField, told: str = "", **attrs: Any) -> SafeString:
    """The widget with our class. Attributes that are empty are left out; `_` stands for `-`."""
    given = {name.replace("_", "-"): value for name, value in attrs.items() if value}
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput | FileInput):
        given.pop("autocomplete", None)
    if not isinstance(widget, CheckboxInput):
        given["class"] = "field__box"
    ids = [f"{bound.id_for_label}_hint"] if told else []
    if bound.errors:
        ids.append(f"{bound.id_for_label}_error")
    if ids:
        given["aria-describedby"] = " ".join(ids)
    return bound.as_widget(attrs=given)


def option_box(option: BoundWidget) -> SafeString:
    """One radio or checkbox of a group, without Django's own label around it."""
    return option.tag(wrap_label=False)
