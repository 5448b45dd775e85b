"""PDFs drawn on the spot: text where it is told to stand, tables ruled or not, pages that are pictures."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tuanhoc.papers import decree
from tuanhoc.papers.decree import face

A4 = (595, 842)
HEADS = ("TT", "Ngày", "Địa điểm", "Nội dung", "Ghi chú")
WIDTHS = (30, 70, 120, 200, 80)


class Drawing:
    """A PDF under way; ``y`` counts from the top of the page, in points."""

    def __init__(self, *, password=None, turned=0):
        self.out = io.BytesIO()
        encrypt = StandardEncryption(password) if password else None
        self.canvas = Canvas(self.out, pagesize=A4, encrypt=encrypt)
        self.turned = turned

    def text(self, x, y, words, *, size=12, bold=False, mode=None):
        lines = self.canvas.beginText(x, A4[1] - y)
        lines.setFont(face(bold=bold), size)
        if mode is not None:
            lines.setTextRenderMode(mode)
        lines.textLine(words)
        self.canvas.drawText(lines)

    def table(self, y, rows, *, widths=WIDTHS, left=50, height=20, ruled=True):
        """Draw rows of cells; a cell of several lines is a list. Returns where the table ends."""
        for row in rows:
            deep = max(len(cell) if isinstance(cell, list) else 1 for cell in row)
            x = left
            for cell, width in zip(row, widths, strict=True):
                if ruled:
                    self.canvas.rect(x, A4[1] - y - deep * height, width, deep * height)
                for n, words in enumerate(cell if isinstance(cell, list) else [cell]):
                    self.text(x + 4, y + 14 + n * 14, words)
                x += width
            y += deep * height
        return y

    def picture(self, picture):
        self.canvas.drawImage(ImageReader(picture), 0, 0, *A4)

    def next_page(self):
        if self.turned:
            self.canvas.setPageRotation(self.turned)
        self.canvas.showPage()

    def done(self):
        self.next_page()
        self.canvas.save()
        return self.out.getvalue()


def form_pdf(*rows, heads=HEADS, unit="UBND xã Lâm Sơn", widths=WIDTHS):
    """Return the annex of a unit as a PDF with text."""
    drawing = Drawing()
    drawing.text(200, 60, "LỊCH ĐĂNG KÝ HOẠT ĐỘNG", bold=True)
    drawing.text(50, 90, f"UBND huyện, thành phố (hoặc Sở, ngành): {unit}")
    drawing.table(110, [heads, *rows], widths=widths)
    return drawing.done()


def scanned(*rows, size=(1100, 620), letters=24, unit="UBND xã Lâm Sơn", heads=HEADS, widths=(60, 130, 240, 420, 190)):
    """Return a picture of a filled form, as a scanner would give it."""
    picture = Image.new("L", size, 250)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(_face_file(), letters)
    draw.text((30, 30), f"UBND huyện, thành phố (hoặc Sở, ngành): {unit}", 20, font)
    y = 90
    for row in (heads, *rows):
        x = 30
        for words, width in zip(row, widths, strict=True):
            draw.rectangle((x, y, x + width, y + 60), outline=30, width=2)
            draw.text((x + 10, y + 14), words, 20, font)
            x += width
        y += 60
    return picture


def _face_file():
    return Path(decree.__file__).parent / "fonts" / "Tinos-Regular.ttf"


def saved(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
