import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from tuanhoc.files import actions
from tuanhoc.files.rules import content_type
from tuanhoc.lib.dates import HANOI

pytestmark = pytest.mark.django_db
AT = dt.datetime(2022, 9, 28, 9, tzinfo=HANOI)


def photo(**options):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#4a3aa7").save(out, "JPEG", **options)
    return out.getvalue()


def test_the_same_content_is_kept_once():
    assert actions.keep(b"%PDF-1.7 a", at=AT) == actions.keep(b"%PDF-1.7 a", at=AT)
    assert actions.contents(actions.keep(b"%PDF-1.7 a", at=AT)) == b"%PDF-1.7 a"


def test_a_photo_loses_the_place_where_it_was_taken():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (11.0, 34.0, 0.0)}
    taken = photo(exif=exif)
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(0x8825)

    kept = actions.contents(actions.keep(taken, at=AT))

    assert not Image.open(io.BytesIO(kept)).getexif()


def test_empty_too_large_and_broken_files_are_refused_in_words(settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    with pytest.raises(actions.EmptyFile):
        actions.keep(b"", at=AT)
    with pytest.raises(actions.FileTooLarge, match="1 MB"):
        actions.keep(b"x" * (1024 * 1024 + 1), at=AT)
    with pytest.raises(actions.BrokenPicture):
        actions.keep(b"\x89PNG\r\n\x1a\nnot a picture", at=AT)


def test_the_type_is_told_by_content_never_by_name():
    assert content_type(photo()) == "image/jpeg"
    assert content_type(b"PK\x03\x04 broken zip") == "application/octet-stream"
    assert content_type("Lịch hoạt động".encode()) == "text/plain"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_keeps_its_points_and_nothing_else(kind):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "KIN mo ta", 6  # held upright, so that its sides change places
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "KIN ghi chu")
    given = {"exif": exif, "icc_profile": b"KIN mau"}
    given |= {"comment": b"KIN ghi chu", "xmp": b"KIN xmp"} if kind == "JPEG" else {"pnginfo": words}
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#4a3aa7").save(out, kind, **given)

    kept = actions.contents(actions.keep(out.getvalue(), at=AT))

    assert b"KIN" in out.getvalue()
    assert b"KIN" not in kept
    assert Image.open(io.BytesIO(kept)).size == (30, 40)


def test_a_picture_of_few_bytes_and_very_many_points_is_refused_before_it_is_opened(monkeypatch):
    out = io.BytesIO()
    Image.new("1", (9_000, 5_000)).save(out, "PNG")
    monkeypatch.setattr(Image.Image, "load", lambda _picture: pytest.fail("opened"))
    with pytest.raises(actions.PictureTooLarge, match="40 triệu"):
        actions.keep(out.getvalue(), at=AT)


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    given = SimpleUploadedFile("quet.pdf", b"%PDF-1.7")
    assert actions.read_upload(given) == b"%PDF-1.7"
    given.size = 1024 * 1024 + 1
    given.close()  # reading it now would fail
    with pytest.raises(actions.FileTooLarge):
        actions.read_upload(given)
