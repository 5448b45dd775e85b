"""What a file is, told from its first bytes, never from its name."""

import io
import re
import struct
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
    (_OLE, "application/x-ole-storage"),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a scan of a signed annex may be.
SCANS = frozenset({"application/pdf", "image/png", "image/jpeg"})


#: Parts of an office file that a program may run: macros, ActiveX, objects of other programs.
_ACTIVE_PART = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX/.+|embeddings/.+\.bin|Basic/.+|Scripts/.+)$")
_ACTIVE_STREAMS = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "Ole10Native", "_VBA_PROJECT_CUR"))
_ACTIVE_IN_RTF = (b"\\objdata", b"\\objupdate")


def has_active_content(data: bytes) -> bool:
    """Whether a document carries macros or objects, which its reader leaves alone and another program may run."""
    if data.startswith(b"PK"):
        return any(_ACTIVE_PART.search(name) for name in _names_in(data))
    if data.startswith(_OLE):
        return any(name in data for name in _ACTIVE_STREAMS)
    return data.startswith(b"{\\rtf") and any(word in data for word in _ACTIVE_IN_RTF)


def content_type(data: bytes) -> str:
    """Return the type of ``data`` by its content; ``application/octet-stream`` when unknown."""
    for start, kind in _MAGIC:
        if data.startswith(start) and (kind != "image/webp" or data[8:12] == b"WEBP"):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "application/octet-stream"
    return "text/plain"


def _office(data: bytes) -> str:
    names = _names_in(data)
    if not names:
        return "application/octet-stream"
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else "application/zip"


def _names_in(data: bytes) -> set[str]:
    try:
        return set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        # Whatever is wrong with it, it is no office file.
        return set()
