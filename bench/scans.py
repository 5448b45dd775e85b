"""The sample's forms printed to PDF and scanned: how much of what the Word files say is read again.

    PYTHONPATH=src python bench/scans.py [--forms 6] [--seed 5] [--show]

Needs LibreOffice, and tesseract with Vietnamese for all but the first line. A row counts as read when its days, place
and content are the same, letter by letter.
"""

import argparse
import datetime as dt
import io
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter

from tuanhoc.intake.form import Window, read_form
from tuanhoc.papers.reading import read

FORMS = Path(__file__).resolve().parents[1] / "src/tuanhoc/sample/data/forms"
WEEK = Window(dt.date(2022, 10, 1), dt.date(2022, 10, 7))
DPI = 200


def main() -> None:
    asked = argparse.ArgumentParser(prog="bench/scans.py", description=__doc__.splitlines()[0])
    asked.add_argument("--forms", type=int, default=6, help="scanned; all are read as PDF")
    asked.add_argument("--seed", type=int, default=5)
    asked.add_argument("--show", action="store_true", help="rows that were read otherwise")
    given = asked.parse_args()
    words = sorted(FORMS.glob("*.docx"))
    with tempfile.TemporaryDirectory() as folder:
        pdfs = _printed(words, Path(folder))
        _measure("PDF with text", words, [pdf.read_bytes() for pdf in pdfs], given.show)
        step = max(1, len(words) // given.forms)
        for name, worn in KINDS.items():
            chance = random.Random(given.seed)
            scans = [_scanned(pdf, worn, chance) for pdf in pdfs[::step][: given.forms]]
            _measure(name, words[::step][: given.forms], scans, given.show)


def _printed(words: Sequence[Path], folder: Path) -> list[Path]:
    program = shutil.which("soffice") or "libreoffice"
    command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), *map(str, words)], check=True, capture_output=True)
    return [folder / f"{word.stem}.pdf" for word in words]


def _measure(name: str, words: Sequence[Path], scans: Sequence[bytes], show: bool) -> None:
    found: Counter[str] = Counter()
    started = time.monotonic()
    with ProcessPoolExecutor(os.cpu_count()) as readers:
        read_again = list(readers.map(_rows, scans, [f"{word.stem}.pdf" for word in words]))
    for word, said in zip(words, read_again, strict=True):
        truth = _rows(word.read_bytes(), word.name)
        found += Counter(hit=sum((truth & said).values()), truth=truth.total(), said=said.total())
        if show:
            for row in (truth - said).elements():
                print(f"  not read: {word.name} {row}")
    f1 = 2 * found["hit"] / max(1, found["truth"] + found["said"])
    took = time.monotonic() - started
    print(
        f"{name}: {len(words)} forms, {found['truth']} rows, {found['said']} read, F1 {f1:.3f} ({took:.0f} s)",
        flush=True,
    )


def _rows(data: bytes, name: str) -> Counter[tuple[object, ...]]:
    return Counter(
        (row.date_from, row.date_to, row.place, row.content) for row in read_form(read(data, name), WEEK).rows
    )


def _scanned(pdf: Path, worn: Callable[[Image.Image, random.Random], Image.Image], chance: random.Random) -> bytes:
    pages = [page.render(scale=DPI / 72).to_pil().convert("L") for page in pdfium.PdfDocument(pdf)]
    first, *others = [worn(page, chance) for page in pages]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=DPI, quality=70)
    return out.getvalue()


def _clean(page: Image.Image, chance: random.Random) -> Image.Image:
    return page


def _askew(page: Image.Image, chance: random.Random) -> Image.Image:
    return _noisy(page.rotate(chance.uniform(-2, 2), fillcolor=255, resample=Image.Resampling.BICUBIC), 18)


def _photo(page: Image.Image, chance: random.Random) -> Image.Image:
    """A page in uneven light, held not quite square, a little out of focus."""
    width, height = page.size
    light = Image.linear_gradient("L").rotate(chance.choice([0, 90, 180])).resize(page.size)
    lit = ImageChops.multiply(page.point(lambda v: 25 + v * 225 // 255), light.point(lambda v: 150 + v * 100 // 255))
    turned = lit.rotate(chance.uniform(-1.5, 1.5), fillcolor=140, resample=Image.Resampling.BICUBIC)
    corners = [(0, 0), (0, height), (width, height), (width, 0)]
    moved = [
        n + chance.uniform(-0.012, 0.012) * edge
        for corner in corners
        for n, edge in zip(corner, page.size, strict=True)
    ]
    bent = turned.transform(page.size, Image.Transform.QUAD, moved, Image.Resampling.BICUBIC, fillcolor=140)
    return _noisy(bent.filter(ImageFilter.GaussianBlur(0.7)), 10)


def _noisy(page: Image.Image, much: int) -> Image.Image:
    return ImageChops.add(page, Image.effect_noise(page.size, much), 1, -128)


KINDS = {"clean scan, 200 dpi": _clean, "askew up to 2° and noisy": _askew, "photo": _photo}


if __name__ == "__main__":
    main()
