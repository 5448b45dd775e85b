"""What some tests need besides Python, marker by marker. ``python -m tests.programs`` names what is not here.

Without its program a test is skipped; scripts/test says so, and under CI that is a failure.
"""

import shutil
from collections.abc import Callable

from tuanhoc.papers.reading import ocr

#: Where Debian puts servers; not on everybody's PATH.
SERVERS = "/usr/sbin:/usr/bin:/sbin:/bin"


def has_office() -> bool:
    return shutil.which("soffice") is not None


def has_tesseract() -> bool:
    return ocr.program() is not None


def has_dovecot() -> bool:
    return None not in (shutil.which("dovecot", path=SERVERS), shutil.which("openssl"))


def has_clamd() -> bool:
    return shutil.which("clamd", path=SERVERS) is not None


def has_nginx() -> bool:
    return shutil.which("nginx", path=SERVERS) is not None


def has_systemd() -> bool:
    return shutil.which("systemd-analyze") is not None


#: Marker -> (whether its program is here, what to call it).
NEEDED: dict[str, tuple[Callable[[], bool], str]] = {
    "office": (has_office, "LibreOffice (libreoffice-writer-nogui, libreoffice-calc-nogui)"),
    "ocr": (has_tesseract, "tesseract with Vietnamese (tesseract-ocr-vie)"),
    "mailbox": (has_dovecot, "dovecot and openssl (dovecot-imapd, openssl)"),
    "clamd": (has_clamd, "clamd (clamav-daemon)"),
    "nginx": (has_nginx, "nginx (nginx-light)"),
    "systemd": (has_systemd, "systemd-analyze (systemd)"),
}


def missing() -> dict[str, str]:
    """Return the markers whose program is not here, with what to install."""
    return {marker: what for marker, (is_here, what) in NEEDED.items() if not is_here()}


if __name__ == "__main__":
    for marker, what in missing().items():
        print(f"the tests marked {marker}: no {what}")
