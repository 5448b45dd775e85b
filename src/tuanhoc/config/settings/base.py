"""Production settings: safe by default, everything from ``TUANHOC_*`` (see docs/operate)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

from . import environment as env

PACKAGE = Path(__file__).resolve().parents[2]

DEBUG = False
#: The sample Week, its time bar and one-click sign-ins: never on unless asked for by name.
SAMPLE = env.flag("SAMPLE", default=False)
DATA_DIR = Path(env.text("DATA", "var")).resolve()
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.listed("HOSTS", urlparse(SITE_URL).hostname or "localhost")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks_db",
    "csp",
    *(
        f"tuanhoc.{room}"
        for room in (
            "web",
            "journal",
            "outbox",
            "files",
            "units",
            "accounts",
            "campaigns",
            "activities",
            "schedule",
            "findings",
            "intake",
            "notices",
            "office",
            "portal",
            "desk",
            "operation",
            *(["sample"] if SAMPLE else []),
        )
    ),
]

MIDDLEWARE = [
    "tuanhoc.web.watching.Noted",
    "tuanhoc.operation.probes.Probes",
    *(["tuanhoc.sample.middleware.TimeBarGate"] if SAMPLE else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tuanhoc.web.bodies.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tuanhoc.web.speech.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "tuanhoc.accounts.middleware.ActorMiddleware",
    "tuanhoc.notices.signing_in.LetterTrouble",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: what it answers in the place of an empty refusal gets every header on its way out.
    "tuanhoc.web.wrong_way.WrongWay",
]

ROOT_URLCONF = "tuanhoc.config.urls"
WSGI_APPLICATION = "tuanhoc.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the packages' own: our sign-in pages stand in for allauth's.
        "DIRS": [PACKAGE / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tuanhoc.web.context.furniture",
                *(["tuanhoc.sample.context.time_bar"] if SAMPLE else []),
            ],
            "builtins": [
                "tuanhoc.web.templatetags.words",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    },
]


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for ``postgresql://user:password@host:port/name`` or ``sqlite:///path``."""
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path if parts.path.startswith("//") is False else parts.path[1:],
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL, not NORMAL: a receipt given to a unit must survive a power cut.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True},
    }


DATABASES = {"default": database(env.text("DATABASE_URL", f"sqlite://{DATA_DIR / 'tuanhoc.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "tuanhoc.notices.signing_in.ClosedDoor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
# Beside the package's own: asking for a lost link, and saying something by it. A whole office may share one address.
# What costs this machine much, by the unit or person it is done for: files brought, read again, held against a decree.
ACCOUNT_RATE_LIMITS = {
    "ask_link": "60/h/ip,5/h/key", "join": "20/h/ip,3/h/key",
    "say_by_link": "10/h/key", "hand_up": "6/h/key", "bring_file": "30/h/key", "read_again": "20/h/key",
}  # fmt: skip
# Behind the proxy every request seems to come from it: whom to slow down is in what the proxy adds.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY", default=False) else 0
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An address is given with the account, and every sign-in by code proves it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
#: Whether who coordinates a Week or operates the system needs a second factor before working.
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", default=not SAMPLE)
MFA_TOTP_ISSUER = "Tuần Học"

SECRET_KEY = env.text("SECRET_KEY", "") or env.text("SECRET_KEY")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tuanhoc.web.views.csrf_failure"
SECURE_SSL_REDIRECT = False  # the proxy redirects; see docs/operate
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31_536_000 if SITE_URL.startswith("https://") else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["tuanhoc.web.formats"]
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
#: Bytes; one uploaded file. A scan of ten pages fits.
MAX_UPLOAD_BYTES = 20 * 1024 * 1024
#: Bytes; one whole request: a folder of forms in one archive, and room for the rest.
MAX_REQUEST_BYTES = 110 * 1024 * 1024
#: Where clamd listens (host:port, or the path of its socket); blank: files are not scanned for viruses.
CLAMD = env.text("CLAMD", "")
CLAMD_SECONDS = env.number("CLAMD_SECONDS", 30)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "tuanhoc@localhost")

#: A mailbox that units write to; off while no host is named.
IMAP_HOST = env.text("IMAP_HOST", "")
IMAP_PORT = env.number("IMAP_PORT", 993)
IMAP_USER = env.text("IMAP_USER", "")
IMAP_PASSWORD = env.text("IMAP_PASSWORD", "")
IMAP_FOLDER = env.text("IMAP_FOLDER", "INBOX")
#: "tls" from the first byte, "starttls", or "none" (on loopback only)
IMAP_SECURITY = env.text("IMAP_SECURITY", "tls")
IMAP_CA_FILE = env.text("IMAP_CA_FILE", "")
#: Folder that read messages are moved to; blank: they stay, with a mark of ours.
IMAP_MOVE_TO = env.text("IMAP_MOVE_TO", "")
#: Seconds between two looks of the worker; 0: it never looks, ``tuanhoc mail fetch`` does.
IMAP_EVERY = env.number("IMAP_EVERY", 120)
#: Addresses that mail is taken for, by SMTP; a tag (``dangky+ninh-thuan-2022@…``) names the Week. Off while empty.
MAIL_RECIPIENTS = env.listed("MAIL_RECIPIENTS")
#: Bytes; one message, its attachments encoded.
MAX_MAIL_BYTES = env.number("MAX_MAIL_BYTES", 40 * 1024 * 1024)
#: Whether who sent a form by mail gets a receipt: yes, no, or the codes of the Weeks that give one.
MAIL_RECEIPTS = env.listed("MAIL_RECEIPTS", "yes")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

#: Seconds an anonymous page may be served from memory; a change shows within 60 s.
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", 20)
PAGE_CACHE_BYTES = env.number("PAGE_CACHE_BYTES", 64 * 1024 * 1024)

#: Who may ask /healthz, /readyz and /metrics: networks, this machine by default. Everybody else finds nothing there.
PROBES_FROM = env.listed("PROBES_FROM", "127.0.0.0/8,::1")
#: With it, ``Authorization: Bearer …`` is let in from anywhere; blank: no such way.
METRICS_TOKEN = env.text("METRICS_TOKEN", "")

#: "line" for people, "json" for programs: one object a line.
LOG_FORMAT = env.chosen("LOG_FORMAT", "line", among=("line", "json"))
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "tuanhoc.web.logs.Line"},
        "json": {"()": "tuanhoc.web.logs.JsonLine"},
    },
    "filters": {"hide_links": {"()": "tuanhoc.web.logs.HideLinks"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["hide_links"]}},
    "root": {
        "handlers": ["stderr"],
        "level": env.chosen("LOG_LEVEL", "WARNING", among=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}

#: Names like ours in the environment that nothing reads: misspelt, most likely. The doctor tells of them.
UNKNOWN_SETTINGS = env.unknown()
