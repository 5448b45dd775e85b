"""What people upload: single files, and zips of forms opened within limits."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from tuanhoc.files.rules import content_type
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean
from tuanhoc.papers.reading.limits import SPOILED

#: A province's mailbox for one Week; a wall against runaway archives.
MOST_IN_ZIP = 500
MOST_EXPANDED_BYTES = 300 * 1024 * 1024
MOST_ZIP_BYTES = 100 * 1024 * 1024
#: What Word, macOS and Windows leave behind beside the forms.
_DEBRIS = ("~$", ".", "thumbs.db", "desktop.ini")


class ZipTooLarge(Refusal):
    is_hostile = True
    message = N_(
        "Tệp nén có quá nhiều tệp hoặc quá lớn (nhận tối đa %(files)s tệp, %(megabytes)s MB). Vui lòng chia nhỏ."
    )


class ZipBroken(Refusal):
    message = N_("Tệp nén bị hỏng hoặc có mật khẩu. Vui lòng nén lại không đặt mật khẩu, hoặc tải lên từng tệp.")


class ZipInZip(Refusal):
    message = N_("Đây là tệp nén bên trong một tệp nén. Vui lòng giải nén rồi tải lên.")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it came. ``refused``: why it was not opened."""

    name: str
    data: bytes
    refused: Refusal | None = None


def taken(files: "Iterable[UploadedFile[Any]]") -> Iterator[Upload]:
    """Read files one after the other, never more of one than is kept: only one is in memory at a time."""
    for file in files:
        name, size = file.name or "", file.size or 0
        if name.lower().endswith(".zip") and size > MOST_ZIP_BYTES:
            yield Upload(name, b"", _too_large())
        else:
            yield Upload(name, bytes(file.read(max(settings.MAX_UPLOAD_BYTES + 1, MOST_ZIP_BYTES))))


def unpacked(uploads: Iterable[Upload]) -> Iterator[Upload]:
    """Yield the files, those inside a zip in its place. What cannot be opened comes with its reason."""
    for upload in uploads:
        if not _is_zip(upload.name, upload.data):
            yield upload
            continue
        try:
            yield from _members(upload)
        except Refusal as refusal:
            yield Upload(upload.name, upload.data, refusal)


def _members(upload: Upload) -> Iterator[Upload]:
    """Read a zip whole or not at all, one file in memory at a time. Names inside are labels only: no path of theirs
    is ever used.

    :raises ZipTooLarge: over the limits, told from what comes out, not from what the zip claims.
    :raises ZipBroken: damaged, encrypted, or packed in a way we do not open.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as packed:
            members = [m for m in packed.infolist() if not m.is_dir() and not _is_debris(_label(m))]
            _check(packed, members)
            for member in members:
                with packed.open(member) as file:
                    data = file.read(settings.MAX_UPLOAD_BYTES + 1)
                label = _label(member)
                yield Upload(label, data, ZipInZip() if _is_zip(label, data) else None)
    except (*SPOILED, ValueError) as error:
        raise ZipBroken from error


def _check(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Go through the whole archive before anything of it is taken: a bad end spoils its good beginning.

    :raises ZipTooLarge: too many files, or too much comes out.
    """
    if len(members) > MOST_IN_ZIP:
        raise _too_large()
    total = 0
    for member in members:
        with packed.open(member) as file:
            left = min(settings.MAX_UPLOAD_BYTES + 1, MOST_EXPANDED_BYTES - total + 1)
            while left > 0 and (piece := file.read(min(left, 1 << 20))):
                total += len(piece)
                left -= len(piece)
        if total > MOST_EXPANDED_BYTES:
            raise _too_large()


def count_in_zip(file: BinaryIO) -> int:
    """Count the files of a zip by its table of contents; one that cannot be opened counts as one file."""
    try:
        with zipfile.ZipFile(file) as packed:
            return sum(not m.is_dir() and not _is_debris(_label(m)) for m in packed.infolist())
    except (*SPOILED, ValueError):
        return 1
    finally:
        file.seek(0)


def _is_zip(name: str, data: bytes) -> bool:
    # By name as well: a document of another office suite is a zip inside, but no folder of forms.
    return name.lower().endswith(".zip") and content_type(data) == "application/zip"


def _too_large() -> ZipTooLarge:
    return ZipTooLarge(files=MOST_IN_ZIP, megabytes=MOST_EXPANDED_BYTES // 1024 // 1024)


def _label(member: zipfile.ZipInfo) -> str:
    """Return the member's own name without its folders. Windows packs Vietnamese names as UTF-8 called CP437."""
    name = member.filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = member.filename
    return file_name(name)


def file_name(name: str) -> str:
    """Return a name fit to be shown and kept: no folders, NFC, at most 255 characters with its ending."""
    bare = clean(name.replace("\\", "/").rsplit("/", 1)[-1])
    bare = "".join(c for c in bare if c.isprintable()) or "tep"
    if len(bare) <= 255:
        return bare
    stem, dot, ending = bare.rpartition(".")
    return f"{stem[: 250 - len(ending)]}….{ending}" if dot and len(ending) < 10 else bare[:255]


def _is_debris(name: str) -> bool:
    return name.lower().startswith(_DEBRIS) or name == "tep"
