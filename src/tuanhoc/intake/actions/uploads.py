"""What people upload: single files, and zips of forms opened within limits."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

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


def _members(upload: Upload) -> list[Upload]:
    """Read a zip whole or not at all. Names inside are labels only: no path of theirs is ever used.

    :raises ZipTooLarge: over the limits, told from what comes out, not from what the zip claims.
    :raises ZipBroken: damaged, encrypted, or packed in a way we do not open.
    """
    out, total = [], 0
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as packed:
            members = [m for m in packed.infolist() if not m.is_dir() and not _is_debris(_label(m))]
            if len(members) > MOST_IN_ZIP:
                raise _too_large()
            for member in members:
                with packed.open(member) as file:
                    data = file.read(min(settings.MAX_UPLOAD_BYTES + 1, MOST_EXPANDED_BYTES - total + 1))
                total += len(data)
                if total > MOST_EXPANDED_BYTES:
                    raise _too_large()
                label = _label(member)
                out.append(Upload(label, data, ZipInZip() if _is_zip(label, data) else None))
    except (*SPOILED, ValueError) as error:
        raise ZipBroken from error
    return out


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
