"""The tests: fast passwords, mail in memory; SQLite, or PostgreSQL by TUANHOC_DATABASE_URL."""

import os
import tempfile

os.environ.setdefault("TUANHOC_SECRET_KEY", "not-a-secret-only-tests-use-this")
os.environ.setdefault("TUANHOC_DATA", tempfile.mkdtemp(prefix="tuanhoc-test-"))
os.environ.setdefault("TUANHOC_SITE_URL", "http://testserver")

from .base import *  # noqa: F403 - the environment above comes first

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
PAGE_CACHE_SECONDS = 0
SECOND_FACTOR_REQUIRED = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - whitenoise warns of a folder that is not there
