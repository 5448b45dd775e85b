"""Keeping files."""

import datetime as dt
import hashlib
import io
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from tuanhoc.lib.refusal import N_, Refusal

from .models import StoredFile
from .rules import content_type


class FileTooLarge(Refusal):
    message = N_("Tệp lớn hơn %(megabytes)s MB. Vui lòng giảm dung lượng (ví dụ quét ở 150 dpi) rồi gửi lại.")


class EmptyFile(Refusal):
    message = N_("Tệp không có nội dung (0 byte). Vui lòng kiểm tra và gửi lại.")


class PictureTooLarge(Refusal):
    message = N_("Ảnh có hơn %(megapixels)s triệu điểm ảnh. Vui lòng quét ở 150 đến 300 dpi rồi gửi lại.")


class BrokenPicture(Refusal):
    message = N_("Không mở được ảnh này. Vui lòng chụp hoặc quét lại rồi gửi.")


#: An A3 page at 300 dpi has 17 million; opened, each takes up to four bytes, whatever few bytes the file has.
MOST_PIXELS = 40_000_000


def keep(data: bytes, *, at: dt.datetime) -> StoredFile:
    """Store ``data`` once; the same content again gives the same row. Pictures lose their metadata.

    :raises FileTooLarge: over ``MAX_UPLOAD_BYTES``.
    :raises EmptyFile: nothing in it.
    :raises BrokenPicture: an image that does not open. :raises PictureTooLarge: over ``MOST_PIXELS``.
    """
    if not data:
        raise EmptyFile
    if len(data) > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(megabytes=settings.MAX_UPLOAD_BYTES // 1024 // 1024)
    kind = content_type(data)
    if kind in {"image/jpeg", "image/png"}:
        data = _without_metadata(data)
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
    """
    if (given.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(megabytes=settings.MAX_UPLOAD_BYTES // 1024 // 1024)
    return bytes(given.read())


def contents(stored: StoredFile) -> bytes:
    """Return the content of ``stored``."""
    with default_storage.open(stored.path) as file:
        return bytes(file.read())


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
