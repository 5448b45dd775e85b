"""The page of rights says what the gates do."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_of_rights_is_printed_from_the_tables():
    spec = importlib.util.spec_from_file_location("print_rights", ROOT / "scripts" / "print-rights.py")
    printed = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(printed)
    assert (ROOT / "docs" / "rights.md").read_text(encoding="utf-8") == printed.text()
