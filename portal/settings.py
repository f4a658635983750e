"""One settings module, driven by the environment; docs/operations.md lists every variable.

Safe defaults exist only while DEBUG is on: in production a missing secret stops the start.
"""

import base64
import hashlib
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.installed import INSTALLED_APPS, MIDDLEWARE  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if env_file := env("ENV_FILE", default=""):
    env.read_env(env_file)

DEBUG = env.bool("DEBUG", default=False)
# A demo may be filled with invented people and shows its accounts.
DEMO = env.bool("DEMO", default=DEBUG)


def secret(name):
    """Return a secret of the environment; only while DEBUG is on does it have a stand-in."""
    value = env(name, default="")
    if value and value != "change-me":
        return value
    if DEBUG:
        return base64.b64encode(
            hashlib.sha256(f"for debugging only: {name}".encode()).digest()
        ).decode()
    raise ImproperlyConfigured(f"Set {name} in the environment (see docs/operations.md).")


SECRET_KEY = secret("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000" if DEBUG else "")

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "portal.renderers.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Data ---------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'register.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    # Opening the file anew takes longer than all questions of a page together.
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA mmap_size=268435456;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8)},
        "options": f"-c statement_timeout={env.int('DATABASE_STATEMENT_TIMEOUT', default=60_000)}"
        # Compiling a query of a report takes longer than running it.
        f" -c lock_timeout={env.int('DATABASE_LOCK_TIMEOUT', default=10_000)} -c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),
    }

CACHES = {
    "default": env.cache(
        "CACHE_URL", default="locmemcache://" if DEBUG else "dbcache://office_cache"
    ),
    # How far a background worker has come: not in the database, whose transaction is still open.
    "progress": env.cache("PROGRESS_CACHE_URL", default=f"filecache://{VAR_DIR / 'progress'}"),
    # What every page shows and editors seldom change, kept a minute in each process.
    "page_parts": env.cache_url_config("locmemcache://page_parts?timeout=60"),
}

TASKS = {
    "default": {
        "BACKEND": env(
            "TASKS_BACKEND",
            default="django_tasks.backends.immediate.ImmediateBackend"
            if DEBUG
            else "django_tasks_db.DatabaseBackend",
        ),
    },
}

# Personal data: AES-256-GCM under the first key; the others still read. See docs/operations.md.
PERSONAL_DATA_CIPHER = env("PERSONAL_DATA_CIPHER", default="AES-256-GCM")
PERSONAL_DATA_KEYS = env.dict("PERSONAL_DATA_KEYS", default={}) or {
    "1": secret("PERSONAL_DATA_KEY")
}
PERSONAL_DATA_INDEX_KEY = secret("PERSONAL_DATA_INDEX_KEY")
# The private half of the Ed25519 key that signs certificates: 32 bytes in base64.
CERTIFICATE_SIGNING_KEY = secret("CERTIFICATE_SIGNING_KEY")

# Persons of the roster that one visitor may look at in an hour; 0 switches the limit off.
ROSTER_RECORDS_PER_HOUR = env.int("ROSTER_RECORDS_PER_HOUR", default=300)
# What one address may send in an hour with the form for complaints: from so many sendings on, so
# many seconds lie between two; 3600 ends the hour. Empty switches the limit off.
COMPLAINT_PACE = {
    int(sendings): int(seconds)
    for sendings, seconds in env.dict(
        "COMPLAINT_PACE", default={"20": "10", "40": "60", "80": "3600"}
    ).items()
}
# Where somebody lands who leaves the form for complaints at once: a path of this site.
QUICK_EXIT_PATH = env("QUICK_EXIT_PATH", default="/")

# --- WeChat official account: without a token its address is not there; see docs/wechat.md --------

WECHAT_TOKEN = env("WECHAT_TOKEN", default="")
WECHAT_APP_ID = env("WECHAT_APP_ID", default="")
WECHAT_AES_KEY = env("WECHAT_AES_KEY", default="")
WECHAT_SAFE_MODE = env.bool("WECHAT_SAFE_MODE", default=True)
WECHAT_REPLAY_SECONDS = env.int("WECHAT_REPLAY_SECONDS", default=300)
WECHAT_QUERIES_PER_HOUR = env.int("WECHAT_QUERIES_PER_HOUR", default=5)
WECHAT_KEEP_DAYS = env.int("WECHAT_KEEP_DAYS", default=3)
# For ``manage.py wechat_menu --push`` alone, the one call of the site to the platform.
WECHAT_APP_SECRET = env("WECHAT_APP_SECRET", default="")
WECHAT_API = "https://api.weixin.qq.com"

# --- Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if S3_BUCKET := env("S3_BUCKET", default=""):
    FILES = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env("S3_ENDPOINT_URL", default=None),
            "region_name": env("S3_REGION", default=None),
            "default_acl": "private",
            "file_overwrite": False,
            "querystring_expire": 300,
        },
    }
# What no address leads to: uploaded rosters.
PRIVATE_FILES = {**FILES, "OPTIONS": {**FILES.get("OPTIONS", {}), "location": "private"}}
if not S3_BUCKET:
    PRIVATE_FILES["OPTIONS"] = {"location": VAR_DIR / "private"}
STORAGES = {
    "default": FILES,
    "private": PRIVATE_FILES,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# No law sets this: for so many days an import can be looked at and undone; then its file and the
# content of its rows are deleted by ``manage.py empty_imports``.
IMPORT_KEEP_DAYS = env.int("IMPORT_KEEP_DAYS", default=30)

# --- Language and time --------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Accounts -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "office.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "office.backends.PostBackend",
    # Asked about single rows only, which no page does; guardian's own checks want it here.
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# What one try at the code of a complaint's receipt costs (scrypt's n): about a thirtieth of a
# second, slow for somebody who tries codes, not for somebody who has one.
RECEIPT_HASH_COST = 2**14
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/my/"
LOGOUT_REDIRECT_URL = "/"
# Mail can be lost and is not verified here: a forgotten password is a matter for the officers.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False

ACCOUNT_ADAPTER = "office.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "office.accounts.forms.SignInForm",
    "change_password": "office.accounts.forms.NewPasswordForm",
    "reauthenticate": "office.accounts.forms.PasswordAgainForm",
}
# Wrong passwords are counted by axes; "login_failed" is left for wrong codes, by account.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = env.int("REAUTHENTICATION_MINUTES", default=5) * 60
# The proxy's header that names the visitor's address, e.g. X-Real-IP; empty without a proxy.
CLIENT_ADDRESS_HEADER = env("CLIENT_ADDRESS_HEADER", default="")

STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=True)
MFA_ADAPTER = "office.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "office.accounts.forms.CodeForm",
    "reauthenticate": "office.accounts.forms.CodeAgainForm",
    "activate_totp": "office.accounts.forms.SetSecondFactorForm",
}

AXES_HANDLER = "office.accounts.locks.LockHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username", "ip_address"]
# Wrong passwords until a lock: one name from one address, one name, one address.
LOCK_LIMITS = [
    env.int("LOCK_LIMIT", default=5),
    env.int("LOCK_LIMIT_NAME", default=20),
    env.int("LOCK_LIMIT_ADDRESS", default=100),
]
AXES_FAILURE_LIMIT = LOCK_LIMITS[0]
AXES_COOLOFF_TIME = timedelta(minutes=env.int("LOCK_MINUTES", default=15))
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # The ledger notes who signed in.
AXES_CLIENT_IP_CALLABLE = "office.accounts.origin.client_address"
AXES_LOCKOUT_CALLABLE = "office.accounts.views.locked"
AXES_VERBOSE = False

# "dengbao" (GB/T 22239: complexity and change) or "asvs" (length, no forced change); 0 means no.
PASSWORD_POLICY = env("PASSWORD_POLICY", default="dengbao")
PASSWORD_POLICIES = {
    "dengbao": {
        "min_length": env.int("PASSWORD_MIN_LENGTH", default=10),
        "kinds": env.int("PASSWORD_KINDS", default=3),
        "max_age_days": env.int("PASSWORD_MAX_AGE_DAYS", default=90),
        "history": env.int("PASSWORD_HISTORY", default=5),
    },
    "asvs": {
        "min_length": env.int("PASSWORD_MIN_LENGTH", default=12),
        "kinds": 0,
        "max_age_days": 0,
        "history": 0,
    },
}
AUTH_PASSWORD_VALIDATORS = [{"NAME": "office.accounts.passwords.PasswordPolicy"}]

SESSION_ENGINE = "office.accounts.sessions"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 24 * 60 * 60  # Longer than any session lasts, so that its end can be told.
STAFF_IDLE_MINUTES = env.int("STAFF_IDLE_MINUTES", default=15)
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
SESSION_LIFETIME_HOURS = env.int("SESSION_LIFETIME_HOURS", default=12)

# --- Security headers ---------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# --- Mail and logs ------------------------------------------------------------------------------

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="register@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "json_ensure_ascii": False,
        },
        "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
    },
    "filters": {"request_id": {"()": "portal.request_id.RequestIdFilter"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if DEBUG else "json",
            "filters": ["request_id"],
        }
    },
    "root": {
        "handlers": ["console"],
        "level": env("LOG_LEVEL", default="WARNING" if DEBUG else "INFO"),
    },
    "loggers": {"django_tasks": {"level": "WARNING"}},
}

# --- Wagtail: nothing calls outside -------------------------------------------------------------

WAGTAIL_SITE_NAME = _("People's mediation public service")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS = []
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "mp4", "pdf", "txt", "webm", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# A film of a lesson is the largest.
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
