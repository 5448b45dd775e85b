"""What is refused before it is parsed."""

import io
import lzma
import struct
import zipfile
import zlib

from lxml import etree

from tuanhoc.lib.refusal import N_, Refusal

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


class Empty(Unreadable):
    message = N_("Tệp không có nội dung (0 byte). Vui lòng kiểm tra và gửi lại.")


class Encrypted(Unreadable):
    message = N_("Tệp có mật khẩu hoặc là định dạng chưa đọc được. Vui lòng bỏ mật khẩu, lưu lại dạng .docx rồi gửi.")


class Broken(Unreadable):
    message = N_("Tệp bị hỏng hoặc chưa tải đủ. Vui lòng lưu lại dạng .docx rồi gửi.")


class UnknownKind(Unreadable):
    message = N_("Chưa đọc được loại tệp này. Vui lòng gửi tệp Word (.docx), Excel (.xlsx) hoặc văn bản (.txt).")


class IsPdf(Unreadable):
    message = N_("Chưa đọc được tệp PDF. Vui lòng gửi tệp Word (.docx) hoặc Excel (.xlsx) đã dùng để in.")


class IsPicture(Unreadable):
    message = N_("Đây là tệp ảnh, chưa đọc được chữ trong ảnh. Vui lòng gửi tệp Word (.docx) hoặc Excel (.xlsx).")


class NeedsOffice(Unreadable):
    message = N_(
        "Máy chủ chưa cài LibreOffice nên chưa đọc được tệp .doc, .odt, .rtf. Vui lòng lưu lại dạng .docx rồi gửi."
    )


class TooSlow(Unreadable):
    message = N_("Đọc tệp mất quá nhiều thời gian. Vui lòng lưu lại dạng .docx rồi gửi.")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open an office file whose size, once expanded, is bounded.

    :raises Broken: not a whole zip. :raises TooLarge: it would expand beyond the limits.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(data))
    except SPOILED as error:
        raise Broken from error
    members = parts.infolist()
    expanded = sum(m.file_size for m in members)
    if len(members) > MAX_MEMBERS or expanded > MAX_EXPANDED_BYTES or expanded > MAX_RATIO * max(len(data), 10_000):
        raise TooLarge
    return parts


def member(parts: zipfile.ZipFile, name: str) -> bytes:
    """Return one part, bounded.

    ``ZipFile.read`` first unpacks all there is, whatever size is claimed, and cuts it afterwards.

    :raises TooLarge: it says it is larger than a part may be. :raises KeyError: there is none.
    """
    size = parts.getinfo(name).file_size
    if size > MAX_PART_BYTES:
        raise TooLarge
    with parts.open(name) as packed:
        return packed.read(size + 1)


def parse(xml: bytes) -> etree._Element:
    """Parse a part with entities, network and huge trees off.

    :raises Broken: not well-formed, or with a document type, which office files never have.
    """
    refuse_entities(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Broken from error


def refuse_entities(xml: bytes) -> None:
    """Refuse a part with a document type. :raises Broken: it has one."""
    if b"<!DOCTYPE" in xml[:2_000] or b"<!ENTITY" in xml:
        raise Broken
