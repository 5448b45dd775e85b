"""What the program reads from its environment is what docs/operate tells about, no more and no less."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = {"text", "flag", "number", "listed", "chosen"}


def read_by(path: Path) -> set[str]:
    calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    asked = [
        c for c in calls if isinstance(c.func, ast.Attribute) and getattr(c.func.value, "id", "") == "env" and c.args
    ]
    assert {c.func.attr for c in asked} <= READERS
    return {f"TUANHOC_{c.args[0].value}" for c in asked}


def test_every_setting_is_in_the_guide_of_who_runs_it() -> None:
    rows = re.findall(r"^\| `TUANHOC_.*", (ROOT / "docs/operate/README.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = {name for row in rows for name in re.findall(r"`(TUANHOC_[A-Z_]+)`", row.split(" | ")[0])}
    read = set().union(*(read_by(path) for path in (ROOT / "src/tuanhoc/config/settings").glob("*.py")))
    assert told == read


def test_nothing_else_reads_the_environment_by_our_names() -> None:
    settings = ROOT / "src/tuanhoc/config/settings"
    sources = [p for p in (ROOT / "src").rglob("*.py") if settings not in p.parents and "tests" not in p.parts]
    read = re.compile(r"(?:environ(?:\.get)?|getenv)\W{1,3}TUANHOC_")
    assert [str(path) for path in sources if read.search(path.read_text(encoding="utf-8"))] == []
