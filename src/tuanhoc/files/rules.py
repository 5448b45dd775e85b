"""What a file is, told from its first bytes, never from its name."""

import io
import struct
import zipfile

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"RIFF", "image/webp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a scan of a signed annex may be.
SCANS = frozenset({"application/pdf", "image/png", "image/jpeg"})


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
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
        # Whatever is wrong with it, it is no office file.
        return "application/octet-stream"
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else "application/zip"
