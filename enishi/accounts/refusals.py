"""What the account commands say when they refuse."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "account.grade_unknown": _("There is no office grade “%(grade)s”."),
    "account.suspended_already": _("This account is suspended already."),
    "account.not_suspended": _("This account is not suspended."),
    "account.reason_missing": _("Please state the reason. The person will read it."),
    "account.role_unknown": _("Please choose whether you act as client or as worker."),
    "account.language_unknown": _("Please choose Japanese or English."),
    "account.age_not_stated": _(
        "Please state that you are 18 or older, or that your guardian consents."
    ),
    "account.name_unreadable": _(
        "This name cannot be shown as it is written. Please use letters that can be seen."
    ),
    "account.name_too_long": _("A name may have %(most)s characters at most."),
    "account.still_open": _(
        "The account cannot be closed yet, because these are still open: %(what)s."
    ),
    "leave.in_the_past": _("A leave begins today at the earliest."),
    "leave.ends_before_it_starts": _("The last day of a leave is not before its first."),
    "leave.overlaps": _("On some of these days you are on leave already."),
    "leave.too_many_days": _("Within one year, %(most)s days of leave are possible at most."),
    "leave.over_already": _("This leave is over."),
    "market.advance_live": _("The clock of a live market cannot be moved."),
    "market.advance_backwards": _("The clock of the market only moves forward."),
}
