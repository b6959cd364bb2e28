"""The one settings file. What differs between installations comes from foundation/environment."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from throughline.config.called import called
from throughline.foundation.encryption.installation import secret_file
from throughline.foundation.environment import ENV
from throughline.foundation.logs import configuration as log_configuration
from throughline.notices.mailserver import settings_from

ROOT = Path(__file__).resolve().parent.parent
ENV.data.mkdir(parents=True, exist_ok=True, mode=0o700)

DEBUG = ENV.debug
SECRET_KEY = base64.b64encode(secret_file("django.key")).decode()
_site = urlsplit(ENV.base_url)
ALLOWED_HOSTS = [_site.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]
ROOT_URLCONF = "throughline.config.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"

# ROOMS, lowest first: a room's start-up may rely on those before it.
ROOMS = [
    "throughline.foundation",
    "throughline.foundation.jobs",
    "throughline.accounts",
    "throughline.notices",
    "throughline.calendars",
    "throughline.relationships",
    "throughline.ledger",
    "throughline.coediting",
    "throughline.commitments",
    "throughline.agreements",
    "throughline.goals",
    "throughline.messaging",
    "throughline.calls",
    "throughline.meetings",
    "throughline.practices",
    "throughline.programs",
    "throughline.home",
    "throughline.config.backups",
    *(["throughline.demo"] if ENV.demo else []),
]

INSTALLED_APPS = [
    "django_tasks",
    "django_tasks_db",  # before the rooms: foundation.jobs takes its admin page, which shows tracebacks, away
    *ROOMS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "throughline.config.metrics.Measured",
    "django.middleware.security.SecurityMiddleware",
    "throughline.foundation.browser.ContentSecurity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "throughline.foundation.browser.ForgetOnSignOut",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "throughline.accounts.middleware.InThePersonsTerms",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            *(ROOT / room.removeprefix("throughline.").replace(".", "/") / "templates" for room in ROOMS),
            ROOT / "config" / "templates",
        ],
        "OPTIONS": {
            "environment": "throughline.foundation.jinja.environment",
            "extensions": ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        },
    },
    {
        # Only for what libraries bring: the admin site, and mails of allauth that we do not word ourselves.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

_SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": ENV.data / "throughline.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",  # what is deleted is overwritten: an erasure leaves nothing in freed pages
    },
    "CONN_MAX_AGE": 60,
    "TEST": {"NAME": ENV.data / "test.sqlite3"},  # a file: threads of one test see the same locks as in service
}
DATABASES: dict[str, Any] = {
    "default": dj_database_url.parse(ENV.database_url, conn_max_age=60, conn_health_checks=True)
    if ENV.database_url
    else _SQLITE
}
if "postgresql" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("application_name", called())

CACHES = {
    # In the database, so that throttles survive a restart and hold across processes.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "throttles",
        "OPTIONS": {
            "MAX_ENTRIES": 100_000
        },  # the usual 300 would forget throttles as soon as a few hundred people come
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("en-gb", _("English (United Kingdom)"))]
LOCALE_PATHS = [ROOT / "foundation" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = f"{ENV.prefix}/static/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "today"

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "throughline.accounts.adapter.AccountAdapter"
MFA_ADAPTER = "throughline.accounts.adapter.SecondStepAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "throughline.accounts.forms.signup.SignUp"
_FORMS = "throughline.accounts.forms.entrance"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "signup": f"{_FORMS}.SignUpForm",
    "reset_password": f"{_FORMS}.ResetForm",
    "reset_password_from_key": f"{_FORMS}.ResetFromKeyForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "reauthenticate": f"{_FORMS}.ProveForm",
    "add_email": f"{_FORMS}.AddEmailForm",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.StepForm",
    "reauthenticate": f"{_FORMS}.ProveStepForm",
    "activate_totp": f"{_FORMS}.ActivateCodesForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
}
# How often, by address of the network ("ip") and by account or address of mail ("key", "user").
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "confirm_email": "3/10m/key",
    "reset_password": "20/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # only while somebody changes a confirmed address for another
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _site.scheme == "https"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{ENV.prefix}/"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _site.scheme == "https" else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "throughline.notices.outbox.OutboxBackend"
if ENV.email_url:
    globals().update(settings_from(ENV.email_url))
DEFAULT_FROM_EMAIL = ENV.mail_from
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LOGGING = log_configuration(ENV.debug)
