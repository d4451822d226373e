"""Service packages: one as all may read it, and the forms in which its owner writes it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enishi.contracts import pay
from enishi.jobs.catalogue import read as catalogue
from enishi.kit.days import day_of
from enishi.kit.errors import Refused
from enishi.kit.rules import Rules
from enishi.profiles import limits
from enishi.profiles import queries as profiles
from enishi.profiles.models import Package, PackageOption
from enishi.profiles.packages import commands, policy, queries
from enishi.profiles.packages.policy import Option, Terms
from enishi.profiles.refusals import SENTENCES
from enishi.web.access import open_to_all, signed_in
from enishi.web.fields import NumberField, YenField
from enishi.web.forms import Lines, refusal_on, sent
from enishi.web.jinja import language

from . import words
from .head import about
from .part_forms import CHOOSE, LineField, Rows

BOXES = {"options": "option_1"}


class PackageForm(Rows):
    parts = ("option", "price", "extra_days")
    most = limits.OPTIONS_MOST

    title = LineField(label=gettext_lazy("Title"), max_length=limits.TITLE_MOST)
    subcategory = forms.ChoiceField(label=gettext_lazy("Kind of work"))
    delivered = forms.CharField(
        label=gettext_lazy("What is delivered"),
        max_length=limits.DELIVERED_MOST,
        widget=Lines(attrs={"rows": 6}),
    )
    price = YenField(label=gettext_lazy("Price"), min_value=0)
    days = NumberField(
        label=gettext_lazy("Days until delivery"), min_value=1, max_value=limits.DAYS_MOST
    )
    revision_rounds = NumberField(
        label=gettext_lazy("Rounds of revision in the price"),
        min_value=0,
        max_value=limits.ROUNDS_MOST,
    )

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        self.rules = rules
        super().__init__(*args, **kwargs)
        spoken = language()
        kinds = [
            (category.name(spoken), [(one.id, one.name(spoken)) for one in category.subcategories])
            for category in catalogue.categories()
        ]
        self.fields["subcategory"].choices = [("", CHOOSE), *kinds]

    def row_fields(self, number: int) -> dict[str, forms.Field]:
        return {
            "option": LineField(
                label=gettext("Option %(number)s") % {"number": number},
                max_length=limits.OPTION_NAME_MOST,
                required=False,
            ),
            "price": YenField(label=gettext_lazy("Price on top"), min_value=0, required=False),
            "extra_days": NumberField(
                label=gettext_lazy("Days on top"),
                min_value=0,
                max_value=limits.DAYS_MOST,
                required=False,
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number, (name, price, _days) in self.filled():
            if not name:
                self.misses(f"option_{number}", "package.option_name_missing")
            if not price:
                self.misses(f"price_{number}", "package.option_price_missing")
        if not self.errors:
            least, most = self.rules.price_least, self.rules.price_most
            for name, code in policy.faults(self.terms(), least=least, most=most).items():
                sentence = str(SENTENCES[code]) % {"least": f"{least:,}", "most": f"{most:,}"}
                self.add_error(BOXES.get(name, name), sentence)
        return cleaned

    def terms(self) -> Terms:
        told = self.cleaned_data
        options = (Option(name, price, days or 0) for _n, (name, price, days) in self.filled())
        return Terms(
            **{name: told[name] for name in commands.FIELDS},
            options=tuple(options),
        )


def initial(package: Package, options: Iterable[PackageOption]) -> dict[str, Any]:
    values = {name: getattr(package, name) for name in commands.FIELDS}
    for one in options:
        values[f"option_{one.position}"] = one.name
        values[f"price_{one.position}"] = one.price
        values[f"extra_days_{one.position}"] = one.extra_days or None
    return values


@open_to_all
@require_safe
def package(request: HttpRequest, account_id: int, package_id: int) -> HttpResponse:
    viewer = request.user if request.user.is_authenticated else None
    person = profiles.person(account_id, viewer=viewer)
    viewer_id = viewer.pk if viewer else None
    shown = queries.package(package_id, account_id=account_id, viewer_id=viewer_id)
    rules = settings.RULES.on(day_of(request.now))
    context = {
        "person": person,
        "package": shown,
        "options": queries.options([shown.pk]).get(shown.pk, []),
        "kind": words.kind_name(shown.subcategory),
        "terms": terms(shown),
        "pay": pay.pay(shown.price, paid_before=0, withheld=False, rules=rules),
        "about": about(request, person, title=shown.title, text=shown.delivered),
    }
    return render(request, "profiles/package.html", context)


def terms(package: Package) -> list[tuple[str, str]]:
    """Days and rounds, as facts of a card."""
    days, rounds = package.days, package.revision_rounds
    return [
        (
            _("Delivered within"),
            ngettext("%(num)s day", "%(num)s days", days) % {"num": days},
        ),
        (
            _("Rounds of revision in the price"),
            ngettext("%(num)s round", "%(num)s rounds", rounds) % {"num": rounds},
        ),
    ]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def package_new(request: HttpRequest) -> HttpResponse:
    return _form_page(request, None)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def package_edit(request: HttpRequest, package_id: int) -> HttpResponse:
    return _form_page(request, Package.objects.get(pk=package_id, account=request.user))


@signed_in
@require_POST
def package_closure(request: HttpRequest, package_id: int) -> HttpResponse:
    commands.close(package_id, by=request.user, at=request.now)
    messages.success(request, _("The package is no longer on offer. Others do not see it now."))
    return redirect("profile_parts")


@signed_in
@require_POST
def package_reopening(request: HttpRequest, package_id: int) -> HttpResponse:
    commands.reopen(package_id, by=request.user, at=request.now)
    messages.success(request, _("The package is on offer again."))
    return redirect("profile_parts")


@signed_in
@require_POST
def package_removal(request: HttpRequest, package_id: int) -> HttpResponse:
    commands.remove(package_id, by=request.user, at=request.now)
    messages.success(request, _("The package is removed."))
    return redirect("profile_parts")


def _form_page(request: HttpRequest, package: Package | None) -> HttpResponse:
    options = queries.options([package.pk]).get(package.pk, []) if package else []
    rules = settings.RULES.on(day_of(request.now))
    start = initial(package, options) if package else {"revision_rounds": rules.revision_rounds}
    form = PackageForm(*sent(request), initial=start, rules=rules)
    if form.is_bound and form.is_valid():
        told = {"by": request.user, "at": request.now, "terms": form.terms()}
        try:
            written = commands.change(package.pk, **told) if package else commands.offer(**told)
        except Refused as refused:
            refusal_on(form, refused)
        else:
            messages.success(request, _("Saved. This is how others see it."))
            return redirect("package", request.user.pk, written.pk)
    status = 422 if form.is_bound else 200
    context = {"form": form, "package": package}
    return render(request, "profiles/package_form.html", context, status=status)
