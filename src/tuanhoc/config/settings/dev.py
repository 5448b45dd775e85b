"""The laptop: SQLite in ``var/``, mail into files."""

import os
import secrets

from . import environment as env

_data = env.text("DATA", "var")
os.makedirs(_data, exist_ok=True)
_secret = os.path.join(_data, "secret-key")
if "TUANHOC_SECRET_KEY" not in os.environ and "TUANHOC_SECRET_KEY_FILE" not in os.environ:
    if not os.path.exists(_secret):
        with open(os.open(_secret, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    os.environ["TUANHOC_SECRET_KEY_FILE"] = _secret
os.environ.setdefault("TUANHOC_SITE_URL", f"http://localhost:{env.text('PORT', '8000')}")

from .base import *  # noqa: E402, F403 - the environment above comes first

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"  # noqa: F405
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # localhost only: passkeys work without TLS there
