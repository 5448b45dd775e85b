"""What every test stands on: one profile for property tests, and programs that may not be here."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck, settings
from tests.programs import missing

# A busy machine is no failure. TUANHOC_TESTS=deep looks ten times as far where a test sets no number of its own.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50)
settings.register_profile("deep", settings.get_profile("house"), max_examples=500)
settings.load_profile("deep" if os.environ.get("TUANHOC_TESTS") == "deep" else "house")

FONTS = Path(__file__).parent / "src/tuanhoc/papers/fonts"
_FONTS = """<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{ours}</dir>
  <cachedir>{cache}</cachedir>
  <match target="pattern">
    <test name="family"><string>Times New Roman</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit>
  </match>
</fontconfig>
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a program that is not here; scripts/test names each, and fails for it under CI."""
    absent = missing()
    for item in items:
        for marker in {mark.name for mark in item.iter_markers()} & absent.keys():
            item.add_marker(pytest.mark.skip(reason=f"no {absent[marker]}"))


@pytest.fixture(scope="session", autouse=True)
def flush_empties_the_journal_too() -> Iterator[None]:
    """After a test with real transactions Django empties every table; the journal refuses unless it is unlocked."""
    from tuanhoc.journal.actions import unlocked

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_unlocked(self: BaseDatabaseOperations, statements: list[str]) -> None:
        with unlocked(self.connection.alias):
            flush(self, statements)

    BaseDatabaseOperations.execute_sql_flush = flush_unlocked
    yield
    BaseDatabaseOperations.execute_sql_flush = flush


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return what converts files by LibreOffice into a folder of their own.

    One profile serves a whole run: making it costs more than a conversion. Papers are set in Times New Roman, as an
    office prints them: where a machine has no font of its width, lines break elsewhere and say other things.
    """
    profile = tmp_path_factory.mktemp("libreoffice")
    fonts = profile / "fonts.conf"
    fonts.write_text(_FONTS.format(ours=FONTS, cache=profile / "fonts"))

    def convert(kind: str, *files: Path) -> Path:
        folder = tmp_path_factory.mktemp("converted")
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", folder, *files],
            check=True,
            capture_output=True,
            timeout=180,
            env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
        )
        return folder

    return convert
