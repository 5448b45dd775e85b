"""Photos and scans: opened within limits, turned upright, made small enough to be shown and kept."""

import io
from collections.abc import Iterator

from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from tuanhoc.lib.refusal import N_

from .limits import Unreadable

#: An A3 page at 300 dpi has 17 million points.
MOST_PIXELS = 60_000_000
#: Pages of one file that are shown as pictures; a form has one to five.
MOST_SCANS = 30
#: The longer edge of a page as it is shown: small writing can still be read at twice the width of a desk's column.
SHOWN_EDGE = 1_800
_FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}


class PictureTooLarge(Unreadable):
    message = N_("Ảnh có quá nhiều điểm ảnh để mở. Vui lòng chụp hoặc quét lại ở 150 đến 300 dpi rồi gửi.")


class PictureBroken(Unreadable):
    message = N_("Không mở được ảnh này (hỏng hoặc chưa tải đủ). Vui lòng chụp hoặc quét lại rồi gửi.")


class TooManyScans(Unreadable):
    message = N_("Tệp có quá nhiều trang ảnh (nhận tối đa %(most)s trang). Vui lòng gửi riêng trang đăng ký.")


class NeedsHeic(Unreadable):
    message = N_("Máy chủ chưa mở được ảnh .heic của iPhone. Vui lòng lưu hoặc chụp màn hình thành ảnh .jpg rồi gửi.")


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture by its content."""
    if data.startswith(_MAGIC):
        return not data.startswith(b"BM") or data[6:10] == b"\0\0\0\0"
    return (data.startswith(b"RIFF") and data[8:12] == b"WEBP") or is_heic(data)


def is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC


def pages_of(data: bytes) -> list[Image.Image]:
    """Return the pages of a picture file upright, without what the camera wrote into it.

    :raises PictureTooLarge: more points than a page has. :raises TooManyScans: a fax of a whole book.
    :raises PictureBroken: it does not open. :raises NeedsHeic: nothing here opens it.
    """
    formats = (*_FORMATS, *_heic()) if is_heic(data) else _FORMATS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=formats) as picture:
            frames = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            if frames > MOST_SCANS:
                raise TooManyScans(most=MOST_SCANS)
            return list(_frames(picture, frames))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise PictureBroken from error


def _heic() -> tuple[str, ...]:
    # Not above: it has no build for every machine, and only a photo of an iPhone needs it.
    try:
        import pi_heif
    except ImportError as error:
        raise NeedsHeic from error
    pi_heif.register_heif_opener()
    return ("HEIF",)


def _frames(picture: Image.Image, frames: int) -> Iterator[Image.Image]:
    points = 0
    for number, frame in enumerate(ImageSequence.Iterator(picture)):
        if number >= frames:
            return
        points += frame.width * frame.height
        if frame.width * frame.height > MOST_PIXELS or points > 5 * MOST_PIXELS or not frame.width * frame.height:
            raise PictureTooLarge
        if frame.format == "JPEG":
            # A photo of 50 million points is read at half its size at once.
            frame.draft("RGB", (2_600, 2_600))
        yield _plain(ImageOps.exif_transpose(frame))


def _plain(picture: Image.Image) -> Image.Image:
    """Return the points alone, on white where they were see-through."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        plain = Image.alpha_composite(white, clear).convert("RGB")
    elif picture.mode in {"I;16", "I;16B", "I", "F"}:
        plain = picture.convert("F").point(lambda value: value / 257).convert("L").convert("RGB")
    else:
        plain = picture.convert("RGB")
    plain.info = {}
    return plain


def shown(picture: Image.Image) -> bytes:
    """Return a page as it is kept and shown: WebP, its longer edge at most ``SHOWN_EDGE``."""
    small = picture
    if max(picture.size) > SHOWN_EDGE:
        small = picture.copy()
        small.thumbnail((SHOWN_EDGE, SHOWN_EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=62, method=3)
    return out.getvalue()
