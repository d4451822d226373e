"""Signing in and one's own account. Only these pages of allauth exist; its others are 404."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from enishi.web.access import open_to_all, signed_in
from enishi.web.guard import draws_itself

from . import entrance, leaves, passkeys, views

KEY = r"^account/confirm-email/(?P<key>[-:\w]+)/$"
RESET = r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$"

entering = [
    path("account/login/", open_to_all(entrance.SignIn.as_view()), name="account_login"),
    path("account/logout/", open_to_all(account.logout), name="account_logout"),
    path("account/signup/", open_to_all(entrance.SignUp.as_view()), name="account_signup"),
    path(
        "account/confirm-email/",
        open_to_all(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(KEY, open_to_all(entrance.ConfirmAddress.as_view()), name="account_confirm_email"),
    path(
        "account/2fa/authenticate/",
        open_to_all(entrance.EnterCode.as_view()),
        name="mfa_authenticate",
    ),
    path("account/passkeys/challenge/", passkeys.challenge, name="passkey_challenge"),
    path(
        "account/passkeys/sign-in/",
        open_to_all(passkeys.SignInByPasskey.as_view()),
        name="mfa_login_webauthn",
    ),
]

forgotten = [
    path(
        "account/password/reset/",
        open_to_all(account.password_reset),
        name="account_reset_password",
    ),
    path(
        "account/password/reset/done/",
        open_to_all(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        RESET, open_to_all(account.password_reset_from_key), name="account_reset_password_from_key"
    ),
    path(
        "account/password/reset/key/done/",
        open_to_all(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

keeping_safe = [
    path(
        "account/reauthenticate/",
        signed_in(entrance.GivePasswordAgain.as_view()),
        name="account_reauthenticate",
    ),
    path("account/email/", signed_in(account.email), name="account_email"),
    path(
        "account/password/change/",
        signed_in(entrance.ChangePassword.as_view()),
        name="account_change_password",
    ),
    path("account/sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
    path("account/2fa/", signed_in(second_factor.index), name="mfa_index"),
    path(
        "account/2fa/reauthenticate/",
        signed_in(entrance.EnterCodeAgain.as_view()),
        name="mfa_reauthenticate",
    ),
    path(
        "account/2fa/totp/activate/",
        draws_itself(signed_in(entrance.SwitchOn.as_view())),
        name="mfa_activate_totp",
    ),
    path(
        "account/2fa/totp/deactivate/",
        signed_in(entrance.SwitchOff.as_view()),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/passkeys/reauthenticate/",
        signed_in(passkeys.GivePasskeyAgain.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/passkeys/add/", signed_in(passkeys.AddPasskey.as_view()), name="mfa_add_webauthn"
    ),
    path(
        "account/passkeys/<int:pk>/name/",
        signed_in(passkeys.RenamePasskey.as_view()),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/passkeys/<int:pk>/removal/",
        signed_in(passkeys.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/2fa/recovery-codes/",
        signed_in(recovery.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/2fa/recovery-codes/generate/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/2fa/recovery-codes/download/",
        signed_in(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]

urlpatterns = [
    *entering,
    *forgotten,
    *keeping_safe,
    path("settings/", views.settings, name="settings"),
    path("settings/name/", views.name, name="settings_name"),
    path("settings/leaves/", leaves.leaves, name="leaves"),
    path("settings/leaves/<int:leave_id>/end/", leaves.leave_end, name="leave_end"),
    path("settings/closing/", views.closing, name="closing"),
    path("role/", views.role, name="role"),
    path("language/", views.language, name="language"),
]
