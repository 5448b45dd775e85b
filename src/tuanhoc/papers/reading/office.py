"""Older and open formats (.doc, .rtf, .odt) turned into .docx by LibreOffice, where it is present."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from . import confined
from .limits import MAX_EXPANDED_BYTES, Broken, Busy, NeedsOffice, Swells, TooSlow

SECONDS = 60
#: Conversions at a time in one process; the next waits its turn.
_TURNS = threading.BoundedSemaphore(2)
#: What a document may make LibreOffice do, by the names of its own registry: nothing. A picture or text that
#: stands elsewhere is not fetched (a form must not make this server ask other machines), macros do not run.
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
)


def to_docx(data: bytes, suffix: str) -> bytes:
    """Return the file as .docx, made by a LibreOffice of its own: private profile, time limit, no macros run.

    :raises NeedsOffice: there is no LibreOffice here.
    :raises TooSlow: it took too long. :raises Busy: no turn came.
    :raises Broken: it gave nothing. :raises Swells: it gave too much.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NeedsOffice
    with _turn(), tempfile.TemporaryDirectory(prefix="tuanhoc-office-") as folder:
        given = Path(folder) / f"form{suffix}"
        given.write_bytes(data)
        _write_settings(Path(folder) / "profile" / "user")
        _run(program, given, Path(folder))
        made = Path(folder) / "out" / "form.docx"
        if not made.is_file():
            raise Broken
        if made.stat().st_size > MAX_EXPANDED_BYTES:
            raise Swells
        return made.read_bytes()


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    if not _TURNS.acquire(timeout=SECONDS):
        raise Busy
    try:
        yield
    finally:
        _TURNS.release()


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    names = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {names}>{items}</oor:items>', encoding="utf-8"
    )


def _run(program: str, given: Path, folder: Path) -> None:
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(given),
    ]  # fmt: skip
    # Own group: LibreOffice starts children, and all of them must go when the time is up. The session stays the
    # reader's, so that whoever ends the reader ends them too.
    child = subprocess.Popen(  # noqa: S603 - the program found above, on a file we named
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
    )  # fmt: skip
    # Its children inherit them: a document cannot fill this machine's memory or disk.
    confined.confine(child.pid, confined.CONVERTING)
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise TooSlow from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
