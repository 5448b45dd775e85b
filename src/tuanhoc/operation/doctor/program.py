"""The program itself: Python, libraries, static files, words, fonts, and the programs it calls."""

import re
import shutil
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _

from tuanhoc.papers.reading import ocr

from .finding import Finding, bad, good, note

PACKAGE = Path(__file__).resolve().parents[2]
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^ ;\\]+)", re.MULTILINE)
FONTS = ("Regular", "Bold", "Italic", "BoldItalic")


def python() -> Iterator[Finding]:
    """Which Python, and whether libraries are those of the lock."""
    said = ".".join(map(str, sys.version_info[:3]))
    yield good("Python", said)
    yield _libraries(PACKAGE.parents[1] / "requirements" / "run.txt")


def _libraries(lock: Path) -> Finding:
    subject = _("Thư viện")
    if not lock.is_file():
        return note(subject, _("không có requirements/run.txt bên cạnh nên không đối chiếu được"))
    wanted = dict(_PINNED.findall(lock.read_text(encoding="utf-8")))
    # Marked for another system in the lock: not being there is right.
    other = [
        f"{name} {here} ≠ {version}" for name, version in wanted.items() if (here := _here(name)) not in {version, ""}
    ]
    if other:
        return note(
            subject, ", ".join(sorted(other)[:5]), _("Cài lại: pip install --require-hashes -r requirements/run.txt")
        )
    return good(subject, _("%(count)s thư viện đúng phiên bản đã khóa") % {"count": len(wanted)})


def _here(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def furniture() -> Iterator[Finding]:
    """Static files are collected, words compiled, fonts there."""
    if not hasattr(staticfiles_storage, "manifest_name"):
        yield good(_("Tệp tĩnh"), _("lấy thẳng từ mã nguồn"))
    elif not (Path(settings.STATIC_ROOT) / staticfiles_storage.manifest_name).is_file():
        yield bad(_("Tệp tĩnh"), _("chưa gom: trang không có kiểu dáng"), "tuanhoc collectstatic --noinput")
    else:
        yield good(_("Tệp tĩnh"), str(settings.STATIC_ROOT))
    words = [folder for folder in (PACKAGE / "locale").iterdir() if (folder / "LC_MESSAGES" / "django.po").is_file()]
    raw = [folder.name for folder in words if not (folder / "LC_MESSAGES" / "django.mo").is_file()]
    if raw:
        yield note(_("Bản dịch"), _("chưa biên dịch: %(languages)s") % {"languages": ", ".join(raw)},
                   "pybabel compile -d src/tuanhoc/locale -D django")  # fmt: skip
    else:
        yield good(_("Bản dịch"), ", ".join(sorted(folder.name for folder in words)))
    missing = [style for style in FONTS if not (PACKAGE / "papers" / "fonts" / f"Tinos-{style}.ttf").is_file()]
    if missing:
        yield bad(_("Phông chữ"), _("thiếu Tinos %(styles)s: không in được PDF") % {"styles": ", ".join(missing)},
                  _("Cài lại chương trình."))  # fmt: skip
    else:
        yield good(_("Phông chữ"), _("Tinos đi kèm, đủ bốn kiểu"))


def helpers() -> Iterator[Finding]:
    """Programs beside: what goes missing without them."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        yield good("LibreOffice", office)
    else:
        yield note("LibreOffice", _("không có: tệp .doc, .rtf, .odt bị từ chối kèm lời mời gửi .docx"),
                   "apt install libreoffice-writer-nogui libreoffice-calc-nogui")  # fmt: skip
    if ocr.program():
        yield good("tesseract", _("có tiếng Việt"))
    elif shutil.which("tesseract"):
        yield note("tesseract", _("thiếu tiếng Việt: ảnh chụp, bản quét phải gõ tay"), "apt install tesseract-ocr-vie")
    else:
        yield note("tesseract", _("không có: ảnh chụp, bản quét phải gõ tay"), "apt install tesseract-ocr-vie")
