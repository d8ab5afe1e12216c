"""Settings of one installation: one place, one database. Everything that differs comes from the environment."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from commonweal.site import rooms

django_stubs_ext.monkeypatch()

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("COMMONWEAL_VAR", Path.cwd() / "var"))

#: demo: invented people, one-click sign-in, mail to files. production: refuses to start when it is not safe to.
MODE = os.environ.get("COMMONWEAL_MODE", "production")
if MODE not in {"demo", "production", "test"}:
    raise ImproperlyConfigured(f"COMMONWEAL_MODE is demo, production or test, not {MODE!r}")
IS_DEMO = MODE == "demo"

DEBUG = os.environ.get("COMMONWEAL_DEBUG") == "1"
DEFAULT_SECRET = "a-secret-that-everybody-knows-and-production-refuses"  # noqa: S105
SECRET_KEY = os.environ.get("COMMONWEAL_SECRET_KEY", DEFAULT_SECRET)
#: Earlier secrets, newest first, so that receipts on paper and links in mails go on working after a change.
SECRET_KEY_FALLBACKS = [old for old in os.environ.get("COMMONWEAL_OLD_SECRET_KEYS", "").split() if old]
ALLOWED_HOSTS = os.environ.get("COMMONWEAL_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("COMMONWEAL_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    *rooms.ROOMS,
    "django.forms",  # below look, whose widgets come first
    "commonweal.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commonweal.foundations.people.middleware.PersonMiddleware",
    "commonweal.foundations.verbs.access.DefaultDeny",
    "commonweal.foundations.look.errors.Refused",
]

ROOT_URLCONF = "commonweal.site.urls"
WSGI_APPLICATION = "commonweal.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "commonweal.front.context.place",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "commonweal.foundations.look.errors.forged"


def sqlite() -> dict[str, object]:
    VAR.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "commonweal.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=27103364;",
        },
        "TEST": {"NAME": str(VAR / f"test-{os.getpid()}.sqlite3")},
    }


def postgresql(url: str) -> dict[str, object]:
    address = urlsplit(url)
    options = dict(parse_qsl(address.query))
    host = options.pop("host", None) or address.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/"),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": host,
        "PORT": options.pop("port", None) or address.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASES = {"default": postgresql(DATABASE_URL) if DATABASE_URL else sqlite()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.SignIn"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "commonweal.foundations.people.hashers.OneAtATime",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}", "OPTIONS": options}
    for validator, options in {
        "MinimumLengthValidator": {"min_length": 10},
        "CommonPasswordValidator": {},
        "UserAttributeSimilarityValidator": {"user_attributes": ["email"]},
    }.items()
]
ACCOUNT_ADAPTER = "commonweal.foundations.people.adapter.Door"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # nobody gets in for the first time without the code that was mailed
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True  # for SESSION_COOKIE_AGE
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "10/m/ip,3/5m/key",
    "signup": "10/m/ip",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("COMMONWEAL_PROXY") == "1" else 0

#: In the database, so that a limit on tries holds across all web processes and a restart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_tries",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What one process may forget: asks the database nothing.
    "near": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5_000}},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "site" / "locale"]
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = MODE != "production"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE == "production"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MODE == "production"
SECURE_SSL_REDIRECT = False  # the proxy's part
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("COMMONWEAL_PROXY") == "1" else None
SECURE_HSTS_SECONDS = 31536000 if MODE == "production" else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
SILENCED_SYSTEM_CHECKS: list[str] = []

MAIL_FOLDER = VAR / "mail"
EMAIL_BACKEND = os.environ.get(
    "COMMONWEAL_MAIL_BACKEND",
    "commonweal.foundations.notices.mail.ConsoleAndFiles" if IS_DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = os.environ.get("COMMONWEAL_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("COMMONWEAL_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("COMMONWEAL_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("COMMONWEAL_MAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("COMMONWEAL_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("COMMONWEAL_MAIL_FROM", "commonweal@localhost")
#: Two people outside who keep the audit's signed heads; addresses with commas between them. None in the demo.
WITNESSES = [each for each in os.environ.get("COMMONWEAL_WITNESSES", "").split(",") if each and not IS_DEMO]
#: Whom people write to about this website; its accessibility statement names it.
CONTACT_EMAIL = os.environ.get("COMMONWEAL_CONTACT", DEFAULT_FROM_EMAIL)
#: The address that letters link to.
SITE_ADDRESS = os.environ.get("COMMONWEAL_ADDRESS", "http://localhost:8000").rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A fault is logged once, by foundations.look.errors, with the id that the person sees.
    "loggers": {"django.request": {"level": "CRITICAL"}},
}
