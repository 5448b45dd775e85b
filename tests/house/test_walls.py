"""Walls a linter of imports cannot see: doors of rooms, the one clock, sizes, words."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "tuanhoc"
SOURCES = sorted(p for p in HOUSE.rglob("*.py") if not {"migrations", "tests"} & set(p.parts))
ROOMS = sorted(p.name for p in HOUSE.iterdir() if (p / "__init__.py").is_file())
#: ``documents`` gives values only: a page or command prints another room's paper, it does not lay it out.
DOORS = {"models", "actions", "queries", "access", "events", "rules", "documents"}
OPEN_ROOMS = {"lib", "papers", "web"}
ABOVE = {"config", "sample"}
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("time", "time")}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Return every node of a file; four walls look at each, so it is parsed once."""
    return list(ast.walk(tree(path)))


def room(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def breaches(found: dict[Path, object]) -> dict[str, object]:
    """Return what was found where something was."""
    return {str(path.relative_to(HOUSE)): what for path, what in found.items() if what}


def doors_used(path: Path) -> set[tuple[str, str]]:
    """Return the (room, door) pairs of other rooms a file imports."""
    found = set()
    for node in nodes(path):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        parts = [name.split(".") for name in names if name.startswith("tuanhoc.")]
        found |= {(part[1], part[2]) for part in parts if len(part) > 2}
    return {pair for pair in found if pair[0] != room(path)}


def test_rooms_enter_each_other_only_by_their_doors() -> None:
    below = [path for path in SOURCES if room(path) not in ABOVE]
    forced = {p: {pair for pair in doors_used(p) if pair[0] not in OPEN_ROOMS and pair[1] not in DOORS} for p in below}
    assert breaches(forced) == {}


def clock_reads(path: Path) -> list[int]:
    calls = [n.func for n in nodes(path) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    owner = [(f.value.attr if isinstance(f.value, ast.Attribute) else getattr(f.value, "id", ""), f) for f in calls]
    return [f.lineno for name, f in owner if (name, f.attr) in CLOCKS]


def test_only_the_clock_reads_the_time() -> None:
    clock = HOUSE / "web" / "clock.py"
    assert clock_reads(clock)
    assert breaches({path: clock_reads(path) for path in SOURCES if path != clock}) == {}


def too_long(path: Path) -> list[str]:
    functions = [n for n in nodes(path) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > 60]
    return long + ["the file"] * (len(path.read_text(encoding="utf-8").splitlines()) > 400)


def test_files_and_functions_stay_short() -> None:
    assert breaches({path: too_long(path) for path in SOURCES}) == {}


@pytest.mark.parametrize("name", ROOMS)
def test_a_room_says_its_floor_and_stands_in_the_plan_of_the_house(name: str) -> None:
    doc = ast.get_docstring(tree(HOUSE / name / "__init__.py")) or ""
    assert re.search(r"[Ff]loor \d+", doc)
    assert f"## {name}\n\n{doc}\n" in (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_every_model_is_in_the_glossary() -> None:
    words = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    ours = [m.__name__ for m in apps.get_models() if m.__module__.startswith("tuanhoc.")]
    assert ours
    assert [name for name in ours if f"`{name}`" not in words] == []


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    places = ["/" + "work/", "../" + "shared/"]
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    files = [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert [str(f) for f in files if any(p in f.read_text("utf-8", "ignore") for p in places)] == []


#: What runs in the child.
OWN_FILES = {HOUSE / "intake" / "form" / "apart.py"}


def read_unprotected(path: Path) -> list[int]:
    imports = [n for n in nodes(path) if isinstance(n, ast.ImportFrom) and n.module == "tuanhoc.papers.reading"]
    calls = [n for n in nodes(path) if isinstance(n, ast.Attribute) and n.attr == "read"]
    taken = [n.lineno for n in imports if "read" in {alias.name for alias in n.names}]
    return taken + [n.lineno for n in calls if getattr(n.value, "id", "") == "papers"]


def test_what_strangers_sent_is_read_in_a_process_of_its_own() -> None:
    """``papers.reading.read`` reads here, unprotected: that is for the child which ``read_apart`` asks."""
    elsewhere = [path for path in SOURCES if room(path) not in ABOVE | {"papers"}]
    assert {path for path in elsewhere if read_unprotected(path)} == OWN_FILES
