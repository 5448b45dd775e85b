"""How fast forms are read on one core, beside the least that reading them can cost, each in a process of its own."""

import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
File = tuple[bytes, str]


def bare(data: bytes, _: str) -> object:
    """Unpack and parse the document and gather its text, with no thought of what it says."""
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return "".join(root.itertext(_TEXT))


def python_docx(data: bytes, _: str) -> object:
    """Gather paragraphs and cells by python-docx, as most programs do, with no thought of what they say."""
    import docx

    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def extracted(data: bytes, name: str) -> object:
    from tuanhoc.papers.reading import read

    return read(data, name)


def understood(data: bytes, name: str) -> object:
    from tuanhoc.intake.form import read_form
    from tuanhoc.papers.reading import read

    from .paper import WEEK

    return read_form(read(data, name), WEEK)


WAYS: dict[str, Callable[[bytes, str], object]] = {
    "bare zip and lxml": bare, "python-docx": python_docx, "extraction": extracted, "read as forms": understood,
}  # fmt: skip


def measured(files: list[File]) -> dict[str, dict[str, float]]:
    """Return for each way files a second, cold and warm, and the peak of its process in MB.

    Cold: every file for the first time, after three others that load the program. Warm: the same files again.
    Processor time counts, so that other work on the machine disturbs less.
    """
    with tempfile.NamedTemporaryFile() as kept:
        pickle.dump(files, kept)
        kept.flush()
        return {way: _in_a_process(way, kept.name) for way in WAYS}


def _in_a_process(way: str, path: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.forms.timing", way, path]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    return json.loads(answer.stdout)


def _measure_here(way: str, path: str) -> None:
    read = WAYS[way]
    files: list[File] = pickle.loads(Path(path).read_bytes())
    for file in files[:3]:
        read(*file)
    speeds = {}
    for round_ in ("cold", "warm"):
        begun = time.process_time()
        for file in files[3:]:
            read(*file)
        speeds[round_] = (len(files) - 3) / (time.process_time() - begun)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    print(json.dumps({**speeds, "peak_mb": int(status.split("VmHWM:")[1].split()[0]) / 1024}))


if __name__ == "__main__":
    _measure_here(*sys.argv[1:])
