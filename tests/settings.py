"""The site's settings, quicker and in a folder of their own, for tests."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("MANYHANDS_HOME", str(Path(tempfile.gettempdir()) / f"manyhands-tests-{os.getuid()}"))
os.environ.setdefault("MANYHANDS_SECRET_KEY", "for tests only, and nobody's secret")

from manyhands.site.settings import *  # noqa: F403
from manyhands.site.settings import DATABASES, EMBEDDED, HOME

HTTPS_ONLY = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "manyhands_session", "manyhands_csrf"
SECURE_HSTS_SECONDS = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None

if EMBEDDED:
    # A file, not memory: two writers in two threads must meet each other as they would in life.
    DATABASES["default"]["TEST"] = {"NAME": HOME / f"test-{os.getpid()}.sqlite3"}
    # Nobody relies on the tests' acts when the power fails. tests/site/ checks what the site itself uses.
    OPTIONS = DATABASES["default"]["OPTIONS"]
    OPTIONS["init_command"] = OPTIONS["init_command"].replace("synchronous=FULL", "synchronous=OFF")
else:
    DATABASES["default"]["OPTIONS"].pop("pool", None)
