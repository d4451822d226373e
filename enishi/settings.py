"""Every setting, read from the environment (the table stands in docs/operating.md)."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from enishi.events import working
from enishi.kit import logs, patience, postgres
from enishi.kit.rules import Rules

BASE_DIR = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ.get("ENISHI_DATA", "var")).resolve()
MODE = os.environ.get("ENISHI_MODE", "demo")
LIVE = MODE == "live"
HOST = os.environ.get("ENISHI_HOST", "127.0.0.1")
PORT = int(os.environ.get("ENISHI_PORT") or 8000)
URL = os.environ.get("ENISHI_URL", f"http://localhost:{PORT}").rstrip("/")
STREAM_URL = os.environ.get("ENISHI_STREAM_URL", "")
RULES = Rules(
    inspection_days=int(os.environ.get("ENISHI_INSPECTION_DAYS", "14")),
    is_fee_by_pair=os.environ.get("ENISHI_FEE_BY_PAIR", "off") == "on",
    document_views_a_day=int(os.environ.get("ENISHI_DOCUMENT_VIEWS", "60")),
)

DEBUG = False


def _secret_key() -> str:
    """The operator's key; a demo market keeps one of its own beside its data."""
    if key := os.environ.get("ENISHI_SECRET_KEY"):
        return key
    if LIVE:
        raise SystemExit("ENISHI_SECRET_KEY must be set in live mode.")
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(os.urandom(32).hex())
    return path.read_text()


SECRET_KEY = _secret_key()
# Former keys: what they signed and sealed is still read, until they are taken away here.
SECRET_KEY_FALLBACKS = os.environ.get("ENISHI_SECRET_KEY_FALLBACKS", "").split()
_hosts = {urlsplit(URL).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"}
ALLOWED_HOSTS = sorted(_hosts)
CSRF_TRUSTED_ORIGINS = [URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "enishi.kit",
    "enishi.accounts",
    "enishi.events",
    "enishi.organisations",
    "enishi.escrow",
    "enishi.documents",
    "enishi.files",
    "enishi.drafts",
    "enishi.profiles",
    "enishi.messaging",
    "enishi.payments",
    "enishi.verification",
    "enishi.jobs",
    "enishi.proposals",
    "enishi.contracts",
    "enishi.reviews",
    "enishi.ranks",
    "enishi.trust",
    "enishi.safety",
    "enishi.office",
    "enishi.notifications",
    "enishi.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "enishi.web.tracing.traced",
    "enishi.web.guard.guarded",
    "enishi.web.health.early.early",
    "enishi.web.middleware.canonical_host",
    "enishi.web.reading.understood",
    "enishi.web.middleware.unkept",
    "enishi.web.accounts.cookies.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "enishi.web.accounts.sessions.Seen",
    "enishi.web.middleware.market_time",
    "enishi.web.accounts.second_factor.enforce",
    "enishi.web.middleware.Access",
    "enishi.web.organisations.acting.Acting",
    "enishi.web.middleware.Refusals",
    "enishi.web.drafts.sending.Sent",
]

ROOT_URLCONF = "enishi.web.urls"
WSGI_APPLICATION = "enishi.wsgi.application"
WIRING = "enishi.wiring"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "enishi.web.jinja.environment",
            "context_processors": ["enishi.web.context.shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"


def _database(url: str, limits: patience.Patience, **more: Any) -> dict[str, Any]:
    """Django's form of a PostgreSQL URL. The host may be a socket folder (`?host=/path`)."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": patience.options(query, limits),
    } | more


_foreign = os.environ.get("DATABASE_URL")
_embedded = DATA_DIR / "postgres"
DATABASES = {
    "default": _database(
        _foreign or postgres.url(_embedded, "enishi_app"), patience.ours(), ENGINE=patience.engine()
    ),
    "owner": _database(
        os.environ.get("ENISHI_OWNER_URL") or _foreign or postgres.url(_embedded, "enishi_owner"),
        patience.ENDLESS,
    ),
}
EMBEDDED_DATABASE = None if _foreign else _embedded
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kit_cache",
        # Django's 300 would let a crowd push the throttles' memory out.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["enishi.web.accounts.sessions.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CSRF_FAILURE_VIEW = "enishi.web.errors.csrf_failed"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "enishi.web.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "add_email": "enishi.web.accounts.forms.AddEmailForm",
    "change_password": "enishi.web.accounts.forms.ChangePasswordForm",
    "login": "enishi.web.accounts.forms.LoginForm",
    "reauthenticate": "enishi.web.accounts.forms.ReauthenticateForm",
    "reset_password": "enishi.web.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "enishi.web.accounts.forms.ResetPasswordKeyForm",
    "signup": "enishi.web.accounts.forms.SignupForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # only in the browser that signed up
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "enishi.web.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "enishi.web.accounts.codes.ActivateForm",
    "add_webauthn": "enishi.web.accounts.ceremony.AddForm",
    "authenticate": "enishi.web.accounts.codes.AuthenticateForm",
    "authenticate_webauthn": "enishi.web.accounts.ceremony.AuthenticateForm",
    "edit_webauthn": "enishi.web.accounts.ceremony.RenameForm",
    "login_webauthn": "enishi.web.accounts.ceremony.SignInForm",
    "reauthenticate": "enishi.web.accounts.codes.ReauthenticateForm",
    "reauthenticate_webauthn": "enishi.web.accounts.ceremony.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of phones differ; enishi/web/accounts/codes.py locks used codes
MFA_TOTP_ISSUER = "Enishi"
USERSESSIONS_TRACK_ACTIVITY = True
SESSION_ENGINE = "enishi.web.accounts.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = URL.startswith("https://")
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
# Behind a proxy (ENISHI_PROXIES of them), which must set both headers itself.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ENISHI_PROXIES", "0"))
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
)
# Only where a proxy's word is believed: else every request would look unsafe, for ever.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE and ALLAUTH_TRUSTED_PROXY_COUNT > 0
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked by address, from the machine itself
# HSTS for other hosts of the domain, and the browsers' own list, are the operator's decisions.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(URL).scheme
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "enishi.web.styles.Storage"},
}
MEDIA_ROOT = DATA_DIR / "media"
FILE_UPLOAD_HANDLERS = ["enishi.files.receiving.Receiving"]
# Documents of identity: sealed with a key of their own, apart from all files, in no backup.
SEALED_ROOT = DATA_DIR / "sealed"
DOCUMENT_KEY = os.environ.get("ENISHI_DOCUMENT_KEY", "")
DOCUMENT_KEY_FALLBACKS = os.environ.get("ENISHI_DOCUMENT_KEY_FALLBACKS", "").split()
UPLOADS_IN_MEMORY = ("/settings/verification/",)  # what comes there never touches the disk
SCANNER = os.environ.get("ENISHI_SCANNER", "")
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

EMAIL_BACKEND = "enishi.notifications.outbox.Outbox"
MAIL_URL = os.environ.get("ENISHI_MAIL_URL", "")
DEFAULT_FROM_EMAIL = os.environ.get("ENISHI_MAIL_FROM", "Enishi <office@enishi.example>")

PAYMENT_PROVIDER = {
    "name": os.environ.get("ENISHI_PROVIDER", "sandbox"),
    "url": os.environ.get("ENISHI_PROVIDER_URL", "http://127.0.0.1:8002"),
    "key": os.environ.get("ENISHI_PROVIDER_KEY", "sk_test_enishi"),
    "webhook_secret": os.environ.get("ENISHI_PROVIDER_SECRET", "whsec_enishi"),
}
PROVIDER_PAGE_URL = os.environ.get("ENISHI_PROVIDER_PAGE_URL", PAYMENT_PROVIDER["url"])

# Who carries text messages: nobody, an HTTP service, or in a demo the log and the page.
SMS = {
    "by": os.environ.get("ENISHI_SMS", "none" if LIVE else "console"),
    "url": os.environ.get("ENISHI_SMS_URL", ""),
    "key": os.environ.get("ENISHI_SMS_KEY", ""),
    "sender": os.environ.get("ENISHI_SMS_FROM", "Enishi"),
}

# By whom workers are paid: the provider, or the operator's own bank, told by file.
PAYOUTS = {
    "by": os.environ.get("ENISHI_PAYOUTS", "provider"),
    "least": int(os.environ.get("ENISHI_PAYOUT_LEAST", "0")),
}
SENDER = {
    "code": os.environ.get("ENISHI_SENDER_CODE", ""),
    "name": os.environ.get("ENISHI_SENDER_NAME", ""),
    "bank": os.environ.get("ENISHI_SENDER_BANK", ""),
    "bank_name": os.environ.get("ENISHI_SENDER_BANK_NAME", ""),
    "branch": os.environ.get("ENISHI_SENDER_BRANCH", ""),
    "branch_name": os.environ.get("ENISHI_SENDER_BRANCH_NAME", ""),
    "kind": os.environ.get("ENISHI_SENDER_KIND", "ordinary"),
    "number": os.environ.get("ENISHI_SENDER_NUMBER", ""),
}

OPERATOR = {
    "name": os.environ.get("ENISHI_OPERATOR_NAME", "Enishi デモ運営事務局"),
    "representative": os.environ.get("ENISHI_OPERATOR_REPRESENTATIVE", "縁 あかり"),
    "address": os.environ.get(
        "ENISHI_OPERATOR_ADDRESS", "東京都千代田区(デモのため番地はありません)"
    ),
    "mail": os.environ.get("ENISHI_OPERATOR_MAIL", "office@enishi.example"),
    "phone": os.environ.get("ENISHI_OPERATOR_PHONE", ""),
    "invoice_number": os.environ.get("ENISHI_OPERATOR_INVOICE_NUMBER", ""),
    "texts_checked": os.environ.get("ENISHI_TEXTS_CHECKED", ""),  # by whom and when
    "money_settled": os.environ.get("ENISHI_MONEY_SETTLED", ""),  # by whom, how and when
}

LOG = os.environ.get("ENISHI_LOG", "json" if LIVE else "text")
LOGGING = logs.settings(LOG)
PROCRASTINATE_WORKER_DEFAULTS = {
    "task_middleware": [working.job, working.async_job],
    "update_heartbeat_interval": working.SIGNS_EVERY,
    "stalled_worker_timeout": working.SILENCE,
}

# Bytes without which the market is not ready: uploads and the database's log need them.
LEAST_DISK = int(os.environ.get("ENISHI_LEAST_DISK", "1024")) * 2**20
