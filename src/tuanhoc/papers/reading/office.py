"""Older and open formats (.doc, .rtf, .odt) turned into .docx by LibreOffice, where it is present."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from .limits import Broken, NeedsOffice, TooSlow

SECONDS = 60


def to_docx(data: bytes, suffix: str) -> bytes:
    """Return the file as .docx, made by a LibreOffice of its own: private profile, time limit, no macros run.

    :raises NeedsOffice: there is no LibreOffice here.
    :raises TooSlow: it took too long. :raises Broken: it gave nothing.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NeedsOffice
    with tempfile.TemporaryDirectory(prefix="tuanhoc-office-") as folder:
        given = Path(folder) / f"form{suffix}"
        given.write_bytes(data)
        _run(program, given, Path(folder))
        made = Path(folder) / "out" / "form.docx"
        if not made.is_file():
            raise Broken
        return made.read_bytes()


def _run(program: str, given: Path, folder: Path) -> None:
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(given),
    ]  # fmt: skip
    # Own session: LibreOffice starts children, and all of them must go when the time is up.
    child = subprocess.Popen(  # noqa: S603 - the program found above, on a file we named
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
    )  # fmt: skip
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
