"""What is refused before it is parsed."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from lxml import etree

from tuanhoc.lib.refusal import N_, Refusal

T = TypeVar("T")
MAX_BYTES = 20 * 1024 * 1024
#: Plain text: a plan of two hundred pages is a quarter of it.
MAX_TEXT_BYTES = 2 * 1024 * 1024
#: A Word file of a thousand pages stays well under these.
MAX_MEMBERS = 2_000
MAX_EXPANDED_BYTES = 200 * 1024 * 1024
MAX_RATIO = 200
#: One part of it, parsed into a tree ten times its size.
MAX_PART_BYTES = 32 * 1024 * 1024
#: Cells of a sheet, empty ones counted: what a reader would lay out in memory.
MAX_CELLS = 400_000
#: Rows of a sheet that say something: four times the roster of the largest province.
MAX_ROWS = 20_000
#: Letters of one paragraph, or of one line of a cell: ten pages without a break.
MAX_PARAGRAPH = 30_000
#: Paragraphs and cells of a whole file: a province's merged schedule of 7,000 rows has a third of it.
MAX_PIECES = 150_000


#: What ``zipfile`` raises over a damaged, locked or oddly packed archive or member.
SPOILED = (
    KeyError, zipfile.BadZipFile, EOFError, OSError, RuntimeError, UnicodeDecodeError, lzma.LZMAError, struct.error,
    zlib.error,
)  # fmt: skip


class Unreadable(Refusal):
    """A file that cannot be read, with the reason in words a person can act on."""

    message = N_("Không đọc được tệp này.")


class TooLarge(Unreadable):
    message = N_("Tệp quá lớn để đọc. Vui lòng gửi tệp dưới 20 MB.")


class TooMuchText(Unreadable):
    message = N_("Văn bản quá dài để đọc (trên 2 MB chữ). Vui lòng gửi đúng tệp kế hoạch hoặc bản đăng ký.")


class Swells(Unreadable):
    """A small file that unpacks to a very large one."""

    message = N_(
        "Tệp nhỏ nhưng khi mở ra lớn bất thường nên hệ thống không mở. Vui lòng chép phần cần gửi sang một tệp mới "
        "rồi gửi lại."
    )
    is_hostile = True


class TooManyPieces(Unreadable):
    message = N_(
        "Tệp có quá nhiều dòng, ô hoặc đoạn so với một bản đăng ký hay kế hoạch. Vui lòng xóa vùng thừa, hoặc chép "
        "phần cần gửi sang một tệp mới rồi gửi lại."
    )


class TooDeep(Unreadable):
    message = N_(
        "Nội dung tệp lồng nhau quá nhiều tầng (bảng trong bảng) nên không đọc được. Vui lòng chép phần cần gửi sang "
        "một tệp mới rồi gửi lại."
    )
    is_hostile = True


class HasEntities(Unreadable):
    """A part with a document type, which Word, Excel and LibreOffice never write."""

    message = N_(
        "Tệp có phần khai báo mà Word và Excel không bao giờ ghi, nên hệ thống không mở. Vui lòng mở tệp bằng Word "
        "hoặc Excel, lưu lại rồi gửi."
    )
    is_hostile = True


class Empty(Unreadable):
    message = N_("Tệp không có nội dung (0 byte). Vui lòng kiểm tra và gửi lại.")


class Encrypted(Unreadable):
    message = N_("Tệp có mật khẩu hoặc là định dạng chưa đọc được. Vui lòng bỏ mật khẩu, lưu lại rồi gửi.")


class Broken(Unreadable):
    """Damaged, cut off, or another kind of file than its name says."""

    message = N_(
        "Tệp bị hỏng, chưa tải đủ, hoặc là loại tệp khác mang đuôi này. Vui lòng mở tệp bằng phần mềm đã soạn ra nó, "
        "lưu lại rồi gửi."
    )


class UnknownKind(Unreadable):
    message = N_(
        "Chưa đọc được loại tệp này. Vui lòng gửi tệp Word (.docx), Excel (.xlsx), PDF, ảnh chụp hoặc văn bản (.txt)."
    )


class IsAProgram(Unreadable):
    """Something a computer would run."""

    message = N_(
        "Đây là tệp chương trình, không phải bản đăng ký hay kế hoạch, nên hệ thống không nhận. Vui lòng gửi tệp Word "
        "(.docx, .doc), Excel (.xlsx), PDF, ảnh chụp (.jpg, .png) hoặc văn bản (.txt, .csv)."
    )
    is_hostile = True


class NeedsOffice(Unreadable):
    message = N_(
        "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp .doc, .odt, .rtf. Vui lòng lưu lại dạng .docx rồi gửi."
    )


class TooSlow(Unreadable):
    """LibreOffice did not finish in time."""

    message = N_("Đọc tệp mất quá nhiều thời gian. Vui lòng lưu lại dạng .docx rồi gửi.")
    is_hostile = True


class Busy(Unreadable):
    message = N_("Hệ thống đang đọc nhiều tệp cùng lúc nên chưa đọc được tệp này. Vui lòng thử lại sau ít phút.")


class TookTooLong(Unreadable):
    """Its reader was stopped by the clock."""

    message = N_(
        "Đọc tệp mất quá nhiều thời gian nên hệ thống đã dừng lại. Vui lòng chép phần cần gửi sang một tệp mới "
        "rồi gửi lại."
    )
    is_hostile = True


class TookTooMuchMemory(Unreadable):
    """Its reader wanted more memory than one file may take."""

    message = N_(
        "Đọc tệp cần quá nhiều bộ nhớ nên hệ thống đã dừng lại. Vui lòng chép phần cần gửi sang một tệp mới "
        "rồi gửi lại."
    )
    is_hostile = True


class StoppedTheReader(Unreadable):
    """Its reader ended without a word."""

    message = N_(
        "Tệp làm chương trình đọc dừng đột ngột nên hệ thống không đọc nữa. Vui lòng chép phần cần gửi sang một tệp "
        "mới rồi gửi lại."
    )
    is_hostile = True


class ReaderFailed(Unreadable):
    """A fault of ours, not of the file; the log says where."""

    message = N_(
        "Phần mềm chưa đọc được tệp này (lỗi của phần mềm, không phải của đơn vị). Vui lòng lưu lại dạng .docx rồi "
        "gửi, hoặc thử lại sau."
    )


def every_kind(kind: type[Unreadable] = Unreadable) -> Iterator[type[Unreadable]]:
    """Yield every way of being unreadable."""
    yield kind
    for narrower in kind.__subclasses__():
        yield from every_kind(narrower)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open an office file whose size, once expanded, is bounded.

    :raises Broken: not a whole zip. :raises Swells: it would expand beyond the limits.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
    except SPOILED as error:
        raise Broken from error
    members = parts.infolist()
    expanded = sum(m.file_size for m in members)
    if len(members) > MAX_MEMBERS or expanded > MAX_EXPANDED_BYTES or expanded > MAX_RATIO * max(len(data), 10_000):
        raise Swells
    return parts


def member(parts: zipfile.ZipFile, name: str) -> bytes:
    """Return one part, bounded.

    ``ZipFile.read`` first unpacks all there is, whatever size is claimed, and cuts it afterwards.

    :raises TooManyPieces: it says it is larger than a part may be. :raises KeyError: there is none.
    """
    size = parts.getinfo(name).file_size
    if size > MAX_PART_BYTES:
        raise TooManyPieces
    try:
        with parts.open(name) as packed:
            return packed.read(size + 1)
    except ValueError as error:
        # Its list says that it begins before the file does.
        raise Broken from error


def parse(xml: bytes) -> etree._Element:
    """Parse a part with entities, network and huge trees off.

    :raises HasEntities: it has a document type, which office files never have. :raises TooDeep: nested without end.
    :raises Broken: not well-formed.
    """
    refuse_entities(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise (TooDeep if "Excessive depth" in str(error) else Broken) from error
    if root.getroottree().docinfo.internalDTD is not None:
        # In another encoding, or behind a long comment.
        raise HasEntities
    return root


def refuse_entities(xml: bytes) -> None:
    """Refuse a part with a document type. :raises HasEntities: it has one."""
    if b"<!DOCTYPE" in xml[:2_000] or b"<!ENTITY" in xml:
        raise HasEntities


def bounded(document: T) -> T:
    """Return a document whose size is one of a form or plan. :raises TooManyPieces: it is larger."""
    blocks: Iterable[Any] = getattr(document, "blocks", ())
    letters = 0
    for block in counted(blocks):
        cells = getattr(block, "cells", ())
        if len(cells) > MAX_ROWS and len({cell.row for cell in cells}) > MAX_ROWS:
            raise TooManyPieces
        lengths = [len(line) for cell in cells for line in cell.lines] or [len(getattr(block, "text", ""))]
        letters += sum(lengths)
        if letters > MAX_TEXT_BYTES or max(lengths) > MAX_PARAGRAPH:
            raise TooManyPieces
    return document


def counted(pieces: Iterable[T]) -> Iterator[T]:
    """Pass on what a file holds, as long as it is no more than a form or plan can be.

    :raises TooManyPieces: it is.
    """
    left = MAX_PIECES
    for piece in pieces:
        left -= max(1, len(getattr(piece, "cells", ())))
        if left < 0:
            raise TooManyPieces
        yield piece
