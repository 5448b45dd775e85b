"""Keeping files, in quarantine where they would do harm."""

import datetime as dt
import hashlib
import io
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from PIL import Image, ImageOps, UnidentifiedImageError

from tuanhoc.lib.refusal import N_, Refusal

from .models import StoredFile
from .rules import content_type
from .viruses import Infected, NotScanned, check_for_viruses

__all__ = [
    "BrokenPicture", "EmptyFile", "FileGone", "FileTooLarge", "InQuarantine", "Infected", "NotScanned",
    "PictureTooLarge", "check_for_viruses", "contents", "contents_in_quarantine", "keep", "keep_in_quarantine",
    "keep_or_quarantine", "put_in_quarantine", "read_upload", "take_out_of_quarantine",
]  # fmt: skip


class FileTooLarge(Refusal):
    message = N_("Tệp lớn hơn %(megabytes)s MB. Vui lòng giảm dung lượng (ví dụ quét ở 150 dpi) rồi gửi lại.")


class EmptyFile(Refusal):
    message = N_("Tệp không có nội dung (0 byte). Vui lòng kiểm tra và gửi lại.")


class PictureTooLarge(Refusal):
    message = N_("Ảnh có hơn %(megapixels)s triệu điểm ảnh. Vui lòng quét ở 150 đến 300 dpi rồi gửi lại.")


class BrokenPicture(Refusal):
    message = N_("Không mở được ảnh này. Vui lòng chụp hoặc quét lại rồi gửi.")


class InQuarantine(Refusal, PermissionDenied):
    """Where nobody says it in words, the page is a plain "not allowed"."""

    message = N_("Tệp đang được cách ly nên không mở được ở đây.")


class FileGone(Refusal, FileNotFoundError, Http404):
    """Where nobody says it in words, the page is a plain "not there"."""

    message = N_("Tệp gốc không còn trong kho lưu trữ.")


#: An A3 page at 300 dpi has 17 million; opened, each takes up to four bytes, whatever few bytes the file has.
MOST_PIXELS = 40_000_000


def keep(data: bytes, *, was_read: bool = False, at: dt.datetime) -> StoredFile:
    """Store ``data`` once; the same content again gives the same row. Pictures lose their metadata.

    :param was_read: it was read within limits just now and did no harm: it leaves quarantine, if it lay there.
    :raises FileTooLarge: over ``MAX_UPLOAD_BYTES``.
    :raises EmptyFile: nothing in it.
    :raises BrokenPicture: an image that does not open. :raises PictureTooLarge: over ``MOST_PIXELS``.
    :raises Infected: by the scanner's word. :raises NotScanned: it gives none. :raises InQuarantine: it lies there.
    """
    _within_bounds(data)
    check_for_viruses(data)
    kind = content_type(data)
    if kind in {"image/jpeg", "image/png"}:
        data = _without_metadata(data)
    stored = _stored(data, kind, at=at)
    if stored.is_quarantined and (was_read or stored.quarantined_because == NotScanned.message):
        # The latter had waited for the scanner, which has now spoken.
        take_out_of_quarantine(stored)
    if stored.is_quarantined:
        raise InQuarantine
    return stored


def keep_or_quarantine(data: bytes, *, at: dt.datetime) -> tuple[StoredFile, Refusal | None]:
    """Keep what must not be lost because of what a scanner says, or does not: a letter, and what hangs on it.

    Its reader takes :func:`contents_in_quarantine` and asks the scanner anew.

    :returns: the file, and why it lies in quarantine. :raises Refusal: as :func:`keep`, but for the scanner's reasons.
    """
    try:
        return keep(data, at=at), None
    except InQuarantine as refusal:
        return StoredFile.objects.get(sha256=hashlib.sha256(data).hexdigest()), refusal
    except (Infected, NotScanned) as refusal:
        virus = str(refusal.params.get("virus", ""))
        return keep_in_quarantine(data, because=str(refusal), virus=virus, at=at), refusal


def keep_in_quarantine(data: bytes, *, because: str, virus: str = "", at: dt.datetime) -> StoredFile:
    """Store ``data`` as it came, unopened, so that nobody gets it by the way.

    :param because: the sentence its sender gets. :param virus: what the scanner calls it, blank for none.
    :raises FileTooLarge: over ``MAX_UPLOAD_BYTES``. :raises EmptyFile: nothing in it.
    """
    _within_bounds(data)
    stored = _stored(data, "application/octet-stream", at=at)
    put_in_quarantine(stored, because=because, virus=virus, at=at)
    return stored


def put_in_quarantine(stored: StoredFile, *, because: str, virus: str = "", at: dt.datetime) -> None:
    """Put a kept file into quarantine, or note anew why it is there."""
    stored.quarantined_at = stored.quarantined_at or at
    stored.quarantined_because, stored.virus = because[:500], virus[:200]
    stored.save(update_fields=["quarantined_at", "quarantined_because", "virus"])


def take_out_of_quarantine(stored: StoredFile) -> None:
    """Let a file out that was looked at again and found good."""
    stored.quarantined_at, stored.quarantined_because, stored.virus = None, "", ""
    stored.content_type = content_type(contents_in_quarantine(stored))
    stored.save(update_fields=["quarantined_at", "quarantined_because", "virus", "content_type"])


def _within_bounds(data: bytes) -> None:
    if not data:
        raise EmptyFile
    if len(data) > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(megabytes=settings.MAX_UPLOAD_BYTES // 1024 // 1024)


def _stored(data: bytes, kind: str, *, at: dt.datetime) -> StoredFile:
    digest = hashlib.sha256(data).hexdigest()
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"content_type": kind, "size_bytes": len(data), "stored_at": at}
    )
    if not default_storage.exists(stored.path):
        default_storage.save(stored.path, ContentFile(data))
    return stored


def read_upload(given: "UploadedFile[Any]") -> bytes:
    """Return what was uploaded, for :func:`keep`; its size is asked before anything is read.

    :raises FileTooLarge: over ``MAX_UPLOAD_BYTES``.
    :raises Infected: by the scanner's word. :raises NotScanned: it gives none.
    """
    if (given.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(megabytes=settings.MAX_UPLOAD_BYTES // 1024 // 1024)
    data = bytes(given.read())
    check_for_viruses(data)
    return data


def contents(stored: StoredFile) -> bytes:
    """Return the content of ``stored``. :raises InQuarantine: it is not to be opened or handed out."""
    if stored.is_quarantined:
        raise InQuarantine
    return contents_in_quarantine(stored)


def contents_in_quarantine(stored: StoredFile) -> bytes:
    """Return the content wherever it lies: to look at it again within limits, never to hand it on.

    :raises FileGone: somebody took it out of the folder.
    """
    try:
        with default_storage.open(stored.path) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise FileGone from error


def _without_metadata(data: bytes) -> bytes:
    # Re-encoding drops EXIF, and with it the place where a photo was taken. Pillow hands comments and such on
    # by itself, so that what is known of the picture beyond its points is taken from it first.
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as picture:
            kind = "PNG" if picture.format == "PNG" else "JPEG"
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureTooLarge(megapixels=MOST_PIXELS // 1_000_000)
            # How the camera was held stands in EXIF only: the points are turned instead.
            upright = ImageOps.exif_transpose(picture)
            upright.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
            out = io.BytesIO()
            upright.save(out, format=kind, **({"quality": 92} if kind == "JPEG" else {}))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError, SyntaxError) as error:
        raise BrokenPicture from error
    return out.getvalue()
