"""One typed settings file. Everything a deployment may change comes from the environment (`.env.example`)."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
env = environ.Env()

DEFAULT_SECRET = "only-for-development-not-a-secret"  # noqa: S105
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=DEFAULT_SECRET)
# The key before this one, while it is being changed: it signed the sessions and had its part in the sealed columns.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Encrypts identifiers at rest (`encrypted_fields`), and keys the look-up column beside them.
SALT_KEY = env.list("FIELD_SALT", default=[DEFAULT_SECRET])
LOOKUP_KEY = env.str("LOOKUP_KEY", default=DEFAULT_SECRET)

if not DEBUG and ({DEFAULT_SECRET, ""} & {SECRET_KEY, LOOKUP_KEY, *SALT_KEY} or not SALT_KEY):
    raise ImproperlyConfigured(
        "DEBUG is off and SECRET_KEY, FIELD_SALT or LOOKUP_KEY is missing. "
        "Copy .env.example to .env and give each its own long random value."
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000")
MAP_LINK = env.str("MAP_LINK", default="https://www.google.com/maps/search/?api=1&query={place}")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "core",
    "accounts",
    "policies",
    "beneficiaries",
    "channels",
    "requests",
    "committee",
    "surveys",
    "oversight",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.Sane",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.PrivatePages",
    "accounts.lock.middleware.IdleLock",
    "axes.middleware.AxesMiddleware",
    "core.middleware.OwnMissingPage",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,  # and no loaders of our own: Django's keep each template once it is read
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "core.templatetags.ui",
                "policies.templatetags.vocabulary",
                "policies.templatetags.clauses",
                "requests.templatetags.given",
            ],
        },
    },
]

# The application's role reads and writes rows; the owner's role (DATABASE_OWNER_URL, used by `migrate`
# and by the tests) owns the tables. See docs/adr/0003-two-database-roles.md.
DATABASES = {"default": env.db("DATABASE_URL", default="postgresql:///portal")}
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
# PostgreSQL would compile the queries of a long list for two seconds that then run for a tenth of one.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off"
DATABASES["default"]["TEST"] = {
    "NAME": env.str("TEST_DATABASE", default="test_portal"),
    "TEMPLATE": env.str("TEST_TEMPLATE", default=None),  # with its tables made already: see ops/verify.py
}
DATABASE_APP_ROLE = env.str("DATABASE_APP_ROLE", default="portal_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "accounts.backends.RolePermissions",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "oversight:waiting"
LOGOUT_REDIRECT_URL = "policies:home"
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "core.limits.network_of"  # behind a proxy every visitor has the proxy's own address
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "Asia/Riyadh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR / "media")
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# A screen left alone for so many minutes is covered, and its session opens nothing until the password is given.
IDLE_LOCK_MINUTES = env.int("IDLE_LOCK_MINUTES", default=5)
SESSION_COOKIE_AGE = 60 * 60 * 10
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
SECURE_SSL_REDIRECT = not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 0 if DEBUG else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
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
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}

# Messages to the outside: `console` prints them, `smtp` mails them; SMS providers come as further gateways.
MESSAGE_GATEWAY = env.str("MESSAGE_GATEWAY", default="console")
SMS_MAIL_ADDRESS = env.str("SMS_MAIL_ADDRESS", default="{mobile}@sms.invalid")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds: a slow server must not hold the sweep until its task is killed
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

CELERY_BROKER_URL = env.str("REDIS_URL", default="memory://")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_throttle": 1,
    "unacked_restore_interval": 2,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the worker writes the same impersonal lines
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "housekeeping": {"task": "core.tasks.sweep_spent", "schedule": 3600.0},
    "messages": {"task": "channels.tasks.sweep_outbox", "schedule": 15.0},
    "ties to a case": {"task": "committee.tasks.sweep_ties", "schedule": 900.0},
    "committee terms": {"task": "committee.tasks.sweep_terms", "schedule": 3600.0},
    "imports": {"task": "beneficiaries.tasks.sweep_imports", "schedule": 15.0},
    "objections never sent": {"task": "requests.tasks.sweep_objection_drafts", "schedule": 3600.0},
    # What is sent to people of these goes out by day alone (`policies.rules.writes_now`).
    "case reminders": {"task": "requests.tasks.sweep_reminders", "schedule": 60.0},
    "reminders of meetings": {"task": "committee.tasks.sweep_reminders", "schedule": 60.0},
    # By day alone, for a message follows within minutes; what an hour plans its sweeps carry out.
    "whom to remind of their file": {
        "task": "requests.tasks.plan_outreach",
        "schedule": crontab(minute="10", hour="9-16"),
    },
    # In the evening alone: what is due on the eve of an appointment is said before the night.
    "reminders of visits": {"task": "requests.tasks.sweep_visits", "schedule": crontab(minute="*/5", hour="17-20")},
    "reminders of files": {"task": "requests.tasks.sweep_outreach", "schedule": 60.0},
    "survey invitations": {"task": "surveys.tasks.sweep_deliveries", "schedule": 60.0},
    "survey reminders": {"task": "surveys.tasks.sweep_reminders", "schedule": 60.0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"class": "core.logs.Impersonal", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Django's own handlers, which write every path as it was asked for, are taken away.
    "loggers": {
        "django": {"handlers": []},
        "django.server": {"handlers": []},
        "pikepdf": {"level": "WARNING"},
        "axes": {"level": "WARNING"},
    },
}

# The fold of a page of results; counts beyond it are said as "more than".
SEARCH_LIMIT = 20
