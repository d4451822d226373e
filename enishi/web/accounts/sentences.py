"""What the sign-in pages say, in our own words: allauth's keys, our sentences."""

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models import Account

WRONG_PAIR = _("The e-mail address and the password do not match. Please check both.")
WRONG_CODE = _(
    "This code is not valid now. Please enter the code that the app shows next: "
    "each code works once."
)
WRONG_PASSKEY = _(
    "This passkey opens nothing here. It may have been removed, or it belongs to another account."
)
NO_PASSKEY = _("No passkey arrived. Please press the button once more.")
TOO_MANY_PASSKEYS = _("You have %(most)s passkeys. Please remove one that you no longer use.")
SIMILAR_NAME = _(
    "Another member has a similar name. You can keep yours; both pages say so, and a name of your "
    "own spares people mistakes."
)
WAIT = _("Too many attempts. Please wait a few minutes and try again.")

ERRORS = {
    "account_inactive": _("This account is closed or suspended."),
    "cannot_remove_primary_email": _("This is the address you sign in with. It cannot be removed."),
    "duplicate_email": _("This is your present address already."),
    "email_password_mismatch": WRONG_PAIR,
    "email_taken": _("This address belongs to another account."),
    "enter_current_password": _("This is not your present password."),
    "incorrect_code": WRONG_CODE,
    "incorrect_password": _("This is not your password."),
    "invalid_login": WRONG_PAIR,
    "invalid_or_expired_key": _("This link has expired or was used already."),
    "invalid_password_reset": _("This link has expired or was used already."),
    "max_email_addresses": _("You cannot add another address."),
    "rate_limited": _("Too many requests. Please wait a minute and try again."),
    "same_as_current": _("This is your present address already."),
    "too_many_login_attempts": WAIT,
    "unknown_email": _("There is no account with this address."),
    "unverified_primary_email": _("Please confirm your address first."),
}

SECOND_FACTOR_ERRORS = {
    "add_email_blocked": _(
        "Please turn the second factor off and remove your passkeys before you change the address."
    ),
    "cannot_delete_authenticator": _(
        "Office accounts work with a second factor. The last one cannot be removed."
    ),
    "cannot_generate_recovery_codes": _(
        "Recovery codes belong to a second factor. Please turn it on first."
    ),
    "incorrect_code": WRONG_CODE,
    "unverified_email": _("Please confirm your e-mail address before you turn this on."),
}

# The first that applies is said, and it alone: one thing to put right at a time.
PASSWORD_ERRORS = {
    "password_too_short": _("It is too short. Please use %(min_length)s characters or more."),
    "password_too_similar": _("It is too close to your name or address. Please use other words."),
    "password_too_common": _("Many people use this password. Please use another one."),
    "password_entirely_numeric": _("It is made of digits alone. Please use words as well."),
}

WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}

MESSAGES = {
    "account/messages/email_confirmation_failed.txt": _(
        "%(email)s cannot be confirmed, because another account uses it."
    ),
    "account/messages/email_confirmation_sent.txt": _(
        "We sent a mail to %(email)s. Open the link in it to confirm the address."
    ),
    "account/messages/email_confirmed.txt": _("The address %(email)s is confirmed."),
    "account/messages/email_deleted.txt": _("The address %(email)s is removed."),
    "account/messages/logged_out.txt": _("You have signed out."),
    "account/messages/password_changed.txt": _(
        "Your password is changed. All other devices are signed out."
    ),
    "account/messages/primary_email_set.txt": _("From now on you sign in with this address."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "You have new recovery codes. Keep them where you find them without this device."
    ),
    "mfa/messages/totp_activated.txt": _("The authenticator app is on."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed. It opens nothing any more."),
    "usersessions/messages/sessions_logged_out.txt": _("All other devices are signed out."),
}


def why_shut(account: Account) -> str:
    """Why this person cannot sign in. Only for someone who proved to be this person."""
    if account.closed_at:
        return gettext("This account was closed at your own wish.")
    return gettext(
        "The office has suspended this account. Reason: %(reason)s "
        "Your records and money claims are kept. You can write to the office at %(mail)s."
    ) % {"reason": account.suspension_reason, "mail": settings.OPERATOR["mail"]}
