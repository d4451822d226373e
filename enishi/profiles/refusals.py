"""What the profile commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "profile.payee_kind_unknown": _("Please choose whether you are paid as a person or a company."),
    "profile.too_many_skills": _("Please choose %(most)s skills at most."),
    "profile.payer_does_not_fit": _(
        "This way of paying does not fit the kind of client. An organisation pays as a company; "
        "a person without a business pays as an individual."
    ),
    "invoice.number_wrong": _(
        "This is not a registration number: it is T and 13 digits, of which the first is a check "
        "digit. Please compare it with the notice from the tax office."
    ),
    "invoice.agent_needs_a_number": _(
        "Invoices can be issued in your stead only if you are registered yourself. Please give "
        "your number, too."
    ),
    "profile.prefecture_unknown": _("Please choose a prefecture from the list."),
}
