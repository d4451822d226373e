"""One-time codes: typed in any width or spacing, and each good for one sign-in only (A7)."""

import re
import unicodedata
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp import forms as totp
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from enishi.accounts.models import Account
from enishi.web.forms import Form

# Any code, recovery codes included; nothing else can stand in the key it is looked up by.
SHAPE = re.compile(r"[0-9A-Za-z]{1,40}", re.ASCII)


def as_digits(code: str) -> str:
    """１２３　４５６ and 123-456 are the code 123456."""
    return normalize_user_code(unicodedata.normalize("NFKC", code))


def lifetime() -> int:
    """Seconds during which a code could be accepted, early and late clocks included."""
    return app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)


def used_key(account: Account, code: str) -> str:
    return f"second-factor-used:{account.pk}:{code}"


def was_used(account: Account, code: str) -> bool:
    return cache.get(used_key(account, code)) is not None


class OneTimeCode(Form):
    """allauth locks a used code for one period; with a tolerance it stays valid for longer, so it
    is locked here for as long as it could be accepted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from your app")
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        self.cleaned_data["code"] = typed = as_digits(self.cleaned_data["code"])
        if not SHAPE.fullmatch(typed) or was_used(self.user, typed):
            # Counted as any wrong one; allauth would take it for right and forget the count.
            check_rate_limit(self.user)
            raise get_adapter().validation_error("incorrect_code")
        code: str = super().clean_code()
        if not cache.add(used_key(self.user, code), True, timeout=lifetime()):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OneTimeCode, base.AuthenticateForm):
    pass


class ReauthenticateForm(OneTimeCode, base.ReauthenticateForm):
    pass


class ActivateForm(OneTimeCode, totp.ActivateTOTPForm):
    pass
