"""
How the workspace is set up. Everything that differs between places is read from the environment:

    MANYHANDS_HOME          folder for the embedded default's data (default: var in the present folder)
    MANYHANDS_DATABASE      address of the database (default: an SQLite file in MANYHANDS_HOME)
    MANYHANDS_RECORDS       folder of the store that `joinedup load` wrote (default: records in the home)
    MANYHANDS_SECRET_KEY    signs cookies; made up and kept in MANYHANDS_HOME for the embedded default only
    MANYHANDS_ADDRESSES     host names that the site answers to, with commas (default: this machine only)
    MANYHANDS_BEHIND_PROXY  1 behind a proxy that always sets X-Forwarded-Proto
    MANYHANDS_MAIL          the mail server, or a folder that messages are put into (default: nothing is sent)
    MANYHANDS_MAIL_FROM     whom messages are from (default: Manyhands <no-reply@localhost>)
    MANYHANDS_SIGN_IN       a file of identity providers to sign in with (default: none, passwords and passkeys only)
    MANYHANDS_SITE          address that links in messages begin with (default: http://localhost:8000)
    MANYHANDS_DEMO          1 in the demo of made-up people: a page to step into anyone; cookies without https
    MANYHANDS_DEBUG         1 while developing: pages of tracebacks; never with real people
    MANYHANDS_PRODUCTION    1 where real people use it: unsafe settings are refused, each named (see unsafe.py)
    MANYHANDS_BREAK_GLASS_KINDS  kinds of role, with commas, that can break the glass (default: those registered)
    MANYHANDS_CHAIRED_RUNNING  meetings that one person can chair running, unasked (default: 3)
    MANYHANDS_LOG_LEVEL     WARNING by default; INFO has a line for each request
    MANYHANDS_LOG_AS        json for a line of JSON each (default: plain)
    MANYHANDS_METRICS       where Prometheus asks, like 127.0.0.1:9464 (default: nowhere; see telemetry.py, traces too)
"""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from manyhands.exchange.sign_in import providers
from manyhands.site import databases, mail, secret

DEBUG = os.environ.get("MANYHANDS_DEBUG") == "1"
DEMO = os.environ.get("MANYHANDS_DEMO") == "1"
PRODUCTION = os.environ.get("MANYHANDS_PRODUCTION") == "1"
DEMO_RECORDS = os.environ.get("MANYHANDS_DEMO_RECORDS", "")  # named in the banner when they are not ours

HOME = Path(os.environ.get("MANYHANDS_HOME", "var")).resolve()
RECORDS = Path(os.environ.get("MANYHANDS_RECORDS", HOME / "records")).resolve()

# -- where things are kept --------------------------------------------------------------------------

DATABASE = os.environ.get("MANYHANDS_DATABASE", f"sqlite:///{HOME / 'manyhands.sqlite3'}")
DATABASES = {"default": databases.from_address(DATABASE)}
EMBEDDED = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
if EMBEDDED:
    DATABASES["default"]["NAME"].parent.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = secret.key(HOME, embedded=EMBEDDED)

CACHES = {
    "default": {  # shared by every process: codes that were used, and attempts that were counted
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "workspace_remembered",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# -- what the site is made of -----------------------------------------------------------------------

INSTALLED_APPS = [
    "manyhands.people",
    "manyhands.log",
    "manyhands.access",
    "manyhands.notices",
    "manyhands.workspace",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "manyhands.site.headers.nothing_kept",
    "manyhands.site.addresses.nothing_unreadable",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "manyhands.site.telemetry.requests_told",
    "manyhands.site.logs.requests_logged",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "manyhands.workspace.time_outs.sessions_end",
    "manyhands.workspace.second_factor.asked_of_everybody",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "manyhands.site.urls"
WSGI_APPLICATION = "manyhands.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent.parent / "workspace" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "manyhands.workspace.jinja.environment",
            "context_processors": [
                "manyhands.workspace.jinja.around_every_page",
            ],
        },
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "manyhands.site.static_files.Named"},
}

# -- who is asking ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["manyhands.workspace.sponsored.Known"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # memory-hard, and in the standard library
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "manyhands.site.breached.NotBreached"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in"

ACCOUNT_ADAPTER = "manyhands.workspace.local_accounts.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]  # allauth wants it said; there is no page for signing up
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever opens the account knows whose address it is
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60  # seconds in which what is to be safe is not asked again
ACCOUNT_RATE_LIMITS = {"login_failed": "5/900s/key", "reauthenticate": "10/m/user"}
IDENTITY_PROVIDERS = providers.read(os.environ.get("MANYHANDS_SIGN_IN", ""))
MFA_ADAPTER = "manyhands.workspace.local_accounts.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # a passkey stands for both factors only where its owner unlocked it
MFA_TOTP_ISSUER = "Manyhands"
MFA_TOTP_TOLERANCE = 1  # codes of the half minute before and after: telephones' clocks differ
MFA_RECOVERY_CODES_SHOW_ONCE = True

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = 30 * 60  # without anything being done; NHS login's guidance, after NIST AAL2
SESSION_LONGEST_SECONDS = 12 * 60 * 60  # a long shift
SESSION_COOKIE_AGE = 36 * 60 * 60  # longer, so that what is sent after the end is known to be whose, and is kept
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# -- what a browser is told -------------------------------------------------------------------------

HTTPS_ONLY = not (DEBUG or DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
# A browser takes a cookie so called only by https, for the whole of this host and for no other.
OF_THIS_HOST = "__Host-" if HTTPS_ONLY else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{OF_THIS_HOST}manyhands_session", f"{OF_THIS_HOST}manyhands_csrf"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS_ONLY else 0
SECURE_PROXY_SSL_HEADER = None
if os.environ.get("MANYHANDS_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = HTTPS_ONLY
    SECURE_REDIRECT_EXEMPT = ["^alive$", "^ready$"]  # asked from beside the server, not through the proxy
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether every other site of the same domain is https only, we cannot know
    "security.W021",  # nor whether the organisation wants its domain in browsers' lists
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("MANYHANDS_ADDRESSES", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]

# The only script inside a page is the first line of the NHS page template, which says that scripts work.
# tests/promises/test_content_security.py works this digest out again from the template in use.
INLINE_SCRIPT = "'sha256-tDOvXJi1PXbg0CWjLCCYSNHRXtps26K4JXkE3M6u/c0='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, INLINE_SCRIPT],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# -- words and time ---------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = False
TIME_ZONE = "Europe/London"
USE_TZ = True

# -- leading ----------------------------------------------------------------------------------------

CHAIRED_RUNNING = int(os.environ.get("MANYHANDS_CHAIRED_RUNNING", "3"))
"""One person can chair so many meetings running before the page asks who might chair next. It never stops anybody."""

# -- breaking the glass ---------------------------------------------------------------------------

BREAK_GLASS_KINDS = tuple(
    os.environ.get(
        "MANYHANDS_BREAK_GLASS_KINDS",
        "gp,community-matron,district-nurse,pharmacist,physiotherapist,occupational-therapist,geriatrician,"
        "mental-health-practitioner,social-worker",
    ).split(",")
)
"""The clinically registered kinds of role; somebody in one of them can see a patient in an emergency."""

# -- e-mail -------------------------------------------------------------------------------------------

MAIL = os.environ.get("MANYHANDS_MAIL", "")  # nothing: notices are on the pages, and no message is made
globals().update(mail.from_address(MAIL))
DEFAULT_FROM_EMAIL = os.environ.get("MANYHANDS_MAIL_FROM", "Manyhands <no-reply@localhost>")
SITE = os.environ.get("MANYHANDS_SITE", "http://localhost:8000").rstrip("/")

# -- limits -----------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes; the longest form is a plan, some tens of kB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000  # people who can be chosen at once for a group, and some to spare

# -- logs: no patient identifiers, no free text, no query strings (see logs.py) ------------------------

LOG_LEVEL = os.environ.get("MANYHANDS_LOG_LEVEL", "WARNING").upper()
LOG_AS = os.environ.get("MANYHANDS_LOG_AS", "plain")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "manyhands.site.logs.Plain"}, "json": {"()": "manyhands.site.logs.Json"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_AS, "filters": ["nothing_personal"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "manyhands.signing_in": {"handlers": [], "propagate": True, "level": "INFO"},
        "django.server": {"handlers": [], "propagate": False},  # prints addresses with their query strings
    },
    "filters": {"nothing_personal": {"()": "manyhands.site.logs.NothingPersonal"}},
}
METRICS = os.environ.get("MANYHANDS_METRICS", "")
