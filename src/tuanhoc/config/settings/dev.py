"""The laptop: SQLite in ``var/`` beside the code, mail into files, the sample Week."""

import os
import secrets
from pathlib import Path

from . import environment as env

# "var" of the checkout, not of whatever folder a command happens to be called in:
# ``scripts/run`` and ``tuanhoc`` must see the same database.
_checkout = Path(__file__).resolve().parents[4]
if not env.text("DATA", "") and (_checkout / "pyproject.toml").exists():
    os.environ["TUANHOC_DATA"] = str(_checkout / "var")
_data = Path(env.text("DATA", "var"))
_data.mkdir(parents=True, exist_ok=True)
_secret = _data / "secret-key"
if "TUANHOC_SECRET_KEY" not in os.environ and "TUANHOC_SECRET_KEY_FILE" not in os.environ:
    if not _secret.exists():
        with open(os.open(_secret, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    os.environ["TUANHOC_SECRET_KEY_FILE"] = str(_secret)
os.environ.setdefault("TUANHOC_SITE_URL", f"http://localhost:{env.text('PORT', '8000')}")
os.environ.setdefault("TUANHOC_SAMPLE", "1")

from .base import *  # noqa: E402, F403 - the environment above comes first

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"  # noqa: F405
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # localhost only: passkeys work without TLS there
