"""Print docs/architecture.md from the docstring of each room."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
rooms = sorted((ROOT / "src" / "tuanhoc").glob("*/__init__.py"))
text = "# The house, room by room\n\nPrinted from the rooms' docstrings by `scripts/fix`. "
text += "Imports go down only (`.importlinter`).\n"
for room in rooms:
    text += f"\n## {room.parent.name}\n\n{ast.get_docstring(ast.parse(room.read_text(encoding='utf-8'))) or ''}\n"
(ROOT / "docs" / "architecture.md").write_text(text, encoding="utf-8")
