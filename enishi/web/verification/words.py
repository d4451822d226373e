"""What each check is, in the words of its pages, and what its documents are called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Said = str | Promise

KINDS: dict[str, Said] = {
    "identity": _("Identity"),
    "confidentiality": _("Confidentiality pledge"),
    "phone": _("Phone"),
    "business": _("Business"),
    "qualification": _("Qualification check"),
}

# As others read it beside a name, with the day.
CHECKED: dict[str, Said] = {
    "identity": _("Identity checked"),
    "confidentiality": _("Confidentiality pledged"),
    "phone": _("Phone checked"),
    "business": _("Business checked"),
}

ICONS = {
    "identity": "verified",
    "confidentiality": "lock",
    "phone": "message",
    "business": "file",
    "qualification": "mark",
}

PAPERS: dict[str, Said] = {
    "driving_licence": _("Driving licence"),
    "residence_card": _("Residence card or special permanent resident certificate"),
    "passport": _("Passport"),
    "number_card_front": _("Individual number card, front (the side with your picture)"),
    "number_card_back": _("Individual number card, back"),
    "number_notice": _("Notice of the individual number"),
    "register": _("Certificate of the commercial register"),
    "opening_notice": _("Notice of opening a business, with the tax office's stamp or receipt"),
    "tax_paper": _("Tax return or tax certificate of the business"),
    "certificate": _("Certificate, licence or letter of a pass"),
}

COVERS: dict[str, Said] = {
    "top": _("The upper third"),
    "bottom": _("The lower third"),
    "left": _("The left third"),
    "right": _("The right third"),
}


@dataclass(frozen=True, slots=True)
class About:
    """What a person should know of a check before asking for it."""

    what: Said
    brings: Said
    keeps: Said


ABOUT: dict[str, About] = {
    "identity": About(
        _("The office looks at a document that has your picture and your name."),
        _("Others see that your identity was checked, and on which day."),
        _(
            "The pictures are sealed and erased %(kept)s days after the decision. Only the result "
            "and its day stay. It is valid for %(years)s years."
        ),
    ),
    "confidentiality": About(
        _("You promise to keep secret what you learn in work."),
        _("Others see that you promised it, and on which day."),
        _("Which version of the text you agreed to, and when. It stands at once."),
    ),
    "phone": About(
        _("A code goes to your mobile phone, and you type it in here."),
        _("Others see that your phone was checked, and on which day. Nobody sees the number."),
        _("The number, sealed. One number confirms one account."),
    ),
    "business": About(
        _("The office compares your business with a document of it."),
        _("Others see that your business was checked, and on which day."),
        _(
            "The name of the business and its registration number. The pictures are sealed and "
            "erased %(kept)s days after the decision."
        ),
    ),
    "qualification": About(
        _("The office compares a qualification with its certificate."),
        _("You can show that the office has seen it."),
        _(
            "The name of the qualification and the result. The pictures are sealed and erased "
            "%(kept)s days after the decision."
        ),
    ),
}
