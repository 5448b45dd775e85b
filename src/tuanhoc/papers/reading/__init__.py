"""Files read back: bytes in, paragraphs and grids of cells out, each with its place in the file."""

import zipfile

from . import limits, ocr, office, pictures, scans
from .apart import done_apart, read_apart, rows_apart
from .limits import Unreadable
from .pdf import read_pdf
from .plain import read_text
from .programs import refuse_programs
from .sheets import read_ods, read_xls, read_xlsx
from .unopened import look_through_odt, look_through_rtf
from .values import Cell, Document, Grid, Paragraph, Region, Scan
from .word import read_docx, read_parts

__all__ = [
    "Cell", "Document", "Grid", "Paragraph", "Region", "Scan", "Unreadable", "done_apart", "read", "read_apart",
    "reads_pictures", "rows_apart",
]  # fmt: skip

_OF_WORD = {"[Content_Types].xml", "word/document.xml"}
#: names of files of a certain kind: what is named so and is not it is broken
_ENDINGS = (".docx", ".doc", ".odt", ".rtf", ".xlsx", ".xls", ".ods", ".pdf")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def reads_pictures() -> bool:
    """Whether a machine's suggestion of what a picture says can be had here."""
    return ocr.program() is not None


def read(data: bytes, name: str) -> Document:
    """Read a file of our own, here; what strangers sent is read by ``read_apart``.

    :raises Unreadable: with a sentence on why and what to do.
    """
    try:
        return limits.bounded(_read(data, name))
    except limits.UnknownKind as error:
        if name.lower().endswith(_ENDINGS):
            # What it should be is known; what it is, is not.
            raise limits.Broken from error
        raise


def _read(data: bytes, name: str) -> Document:
    """Read a file by its content, whatever its name says.

    Word (.docx), Excel (.xlsx, .xls), OpenDocument sheets, PDF, plain text and CSV by ourselves;
    .doc, .rtf and .odt where LibreOffice is present. Photos and scanned pages come as ``scans``, and, where
    tesseract is present, as its suggestion of what they say.

    :raises Unreadable: with a sentence on why and what to do.
    """
    if not data:
        raise limits.Empty
    if len(data) > limits.MAX_BYTES:
        raise limits.TooLarge
    refuse_programs(data, name)
    if data.startswith(b"PK"):
        return _read_zipped(data, name)
    if data.startswith(_OLE[:4]):
        return _read_ole(data, name)
    if data.startswith(b"{\\rtf"):
        look_through_rtf(data)
        return read_docx(office.to_docx(data, ".rtf"), name)
    if b"%PDF-" in data[:1024]:
        return read_pdf(data, name)
    if pictures.is_picture(data):
        return scans.read_pictures(data, name)
    return read_text(data, name)


def _read_zipped(data: bytes, name: str) -> Document:
    with limits.open_zip(data) as parts:
        names = set(parts.namelist())
        kind = _kind_of(parts) if "mimetype" in names else ""
        if not kind and "xl/workbook.xml" not in names and names & _OF_WORD:
            return read_parts(parts, name)  # as most files that units send: opened once
    if "xl/workbook.xml" in names:
        return read_xlsx(data, name)
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return read_ods(data, name)
    if kind.startswith("application/vnd.oasis.opendocument.text"):
        look_through_odt(data)
        return read_docx(office.to_docx(data, ".odt"), name)
    if names & _OF_WORD:
        return read_docx(data, name)
    raise limits.UnknownKind


def _kind_of(parts: zipfile.ZipFile) -> str:
    try:
        with parts.open("mimetype") as said:
            return said.read(80).decode("ascii", "replace")
    except (*limits.SPOILED, ValueError) as error:
        raise limits.Broken from error


def _read_ole(data: bytes, name: str) -> Document:
    """Read a file of Office 97–2003: its streams are named in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise limits.Encrypted
    if "WordDocument".encode("utf-16-le") in data:
        return read_docx(office.to_docx(data, ".doc"), name)
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return read_xls(data, name)
    raise limits.Encrypted
