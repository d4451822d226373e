"""Settings of the least Django: ours, with nothing of ours around a view."""

import os

from enishi.settings import *  # noqa: F403  # the same database, accounts, sessions and keys

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # it will not start without
]
ROOT_URLCONF = "benchmarks.bare.stock"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [os.environ["ENISHI_BENCH_TEMPLATES"]],
        "OPTIONS": {"environment": "benchmarks.bare.stock.environment"},
    }
]
