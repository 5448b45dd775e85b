"""A page of a PDF as a picture, to look at where no PDF can be shown."""

import io
import threading

#: the library keeps its state to itself: one page at a time
_ONE_AT_A_TIME = threading.Lock()


def first_page(pdf: bytes, *, width: int) -> bytes:
    """Return the first page as PNG, ``width`` pixels wide, in shades of grey."""
    # Loaded on first use: it brings a library of several megabytes.
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0]
            picture = page.render(scale=width / page.get_width(), grayscale=True).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    picture.convert("L").quantize(16).save(out, "PNG", optimize=True)
    return out.getvalue()
