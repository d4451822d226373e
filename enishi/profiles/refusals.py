"""What the profile commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "profile.payee_kind_unknown": _("Please choose whether you are paid as a person or a company."),
    "profile.too_many_skills": _("Please choose %(most)s skills at most."),
    "profile.has_members": _(
        "Others act for this account. Please remove them before it becomes a person again."
    ),
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
    "piece.title_missing": _("Please give this piece a title."),
    "piece.years_wrong": _("Please check the years: the first one, and then a later one or none."),
    "piece.link_wrong": _(
        "This is not an address we can show. It begins with https:// and names a site, without a "
        "user name, a password or a port."
    ),
    "piece.images_missing": _("Please choose at least one picture."),
    "piece.images_too_many": _("Please choose %(most)s pictures at most."),
    "piece.image_gone": _("This picture is no longer there. Please choose it again."),
    "piece.alt_missing": _(
        "Please say in words what this picture shows, for those who cannot see it."
    ),
    "piece.too_many": _("A portfolio holds %(most)s pieces at most. Please take one out first."),
    "package.close.closed": _("This package is not on offer already."),
    "package.reopen.open": _("This package is on offer already."),
    "package.title_missing": _("Please give this package a title."),
    "package.delivered_missing": _("Please say what is delivered."),
    "package.kind_missing": _("Please choose the kind of work."),
    "package.price_out_of_range": _("Please choose a price from %(least)s to %(most)s yen."),
    "package.days_wrong": _("Please say within how many days you deliver: 1 to 365."),
    "package.rounds_wrong": _("Please choose 0 to 20 rounds of revision."),
    "package.options_wrong": _(
        "Please check the options: each has a name of its own and a price, and all of them with "
        "the package cost no more than an order may."
    ),
    "package.option_name_missing": _("Please name this option."),
    "package.option_price_missing": _("Please say what this option costs."),
    "package.too_many": _("You can have %(most)s packages at most. Please remove one first."),
    "experience.role_missing": _("Please say what your role was."),
    "experience.ends_before_it_began": _("The last month lies before the first one."),
    "experience.lies_ahead": _("This month lies ahead. Please enter what has been."),
    "experience.too_many": _("You can list %(most)s entries at most. Please remove one first."),
    "qualification.name_missing": _("Please name the qualification."),
    "qualification.lies_ahead": _("This month lies ahead. Please enter what has been."),
    "qualification.too_many": _("You can list %(most)s entries at most. Please remove one first."),
    "language.too_many": _("Please choose %(most)s languages at most."),
    "language.missing": _("Please choose the language."),
    "language.twice": _("This language is there twice."),
    "language.level_missing": _("Please say how well you know this language."),
    "capacity.wrong": _("Please enter 0 to %(most)s hours for the weeks shown."),
    "rate.unit_missing": _("Please choose what the price is for."),
    "rate.reversed": _("Please enter a price above zero, and an upper end that is not below it."),
    "rate.too_many": _("Please enter %(most)s rows at most."),
    "profile.prefecture_unknown": _("Please choose a prefecture from the list."),
}
