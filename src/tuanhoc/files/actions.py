"""Keeping files."""

import datetime as dt
import hashlib
import io

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, UnidentifiedImageError

from tuanhoc.lib.refusal import N_, Refusal

from .models import StoredFile
from .rules import content_type


class FileTooLarge(Refusal):
    message = N_("Tệp lớn hơn %(megabytes)s MB. Vui lòng giảm dung lượng (ví dụ quét ở 150 dpi) rồi gửi lại.")


class EmptyFile(Refusal):
    message = N_("Tệp không có nội dung (0 byte). Vui lòng kiểm tra và gửi lại.")


class BrokenPicture(Refusal):
    message = N_("Không mở được ảnh này. Vui lòng chụp hoặc quét lại rồi gửi.")


def keep(data: bytes, *, at: dt.datetime) -> StoredFile:
    """Store ``data`` once; the same content again gives the same row. Pictures lose their metadata.

    :raises FileTooLarge: over ``MAX_UPLOAD_BYTES``.
    :raises EmptyFile: nothing in it.
    :raises BrokenPicture: an image that does not open.
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


def contents(stored: StoredFile) -> bytes:
    """Return the content of ``stored``."""
    with default_storage.open(stored.path) as file:
        return bytes(file.read())


def _without_metadata(data: bytes) -> bytes:
    # Re-encoding drops EXIF, and with it the place where a photo was taken.
    try:
        with Image.open(io.BytesIO(data)) as picture:
            out = io.BytesIO()
            picture.save(out, format=picture.format, **({"quality": 92} if picture.format == "JPEG" else {}))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError) as error:
        raise BrokenPicture from error
    return out.getvalue()
