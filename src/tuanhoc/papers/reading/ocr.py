"""Pages without text, read by tesseract where it is present."""

from PIL import Image

from .layout import Sheet


def read_picture(picture: Image.Image, number: int) -> tuple[Image.Image, Sheet | None]:
    return picture, None
