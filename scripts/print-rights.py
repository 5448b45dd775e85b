"""Print docs/rights.md from the rights tables that the gates themselves read (``CARRIED_BY`` of each room's access)."""

import importlib
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.test")

HEAD = """# Who may do what

Printed by `scripts/fix` from the tables the gates read; a test compares them.

- A **seat** is a role at a unit, and reaches that unit and the units under it in the campaign's tree.
- The **coordinator's** seat is on a campaign and reaches its whole roster.
- A **personal link** is a seat without an account: one unit, one campaign; it never reviews others.
- Reviewing by an officer or a head is for the unit set as reviewer (a district for its communes, schools and centres).
- Where nobody active holds such a seat, what waits there is shown first one level up, in the end to the coordinator.
- A **stranger** gets 404, as if the thing were not there; somebody who may look but not do gets 403.
"""


def text() -> str:
    """Return the whole page."""
    from tuanhoc.lib.actor import Role

    words = {
        Role.OFFICER: "chuyên viên",
        Role.HEAD: "thủ trưởng",
        Role.COORDINATOR: "điều phối",
        Role.VIEWER: "chỉ xem",
    }
    page = [HEAD]
    for room in sorted(p.parent.name for p in (ROOT / "src" / "tuanhoc").glob("*/access.py")):
        table = getattr(importlib.import_module(f"tuanhoc.{room}.access"), "CARRIED_BY", None)
        if table is None:
            continue
        page.append(f"## {room}\n")
        page.append("| | " + " | ".join(f"{role.name} ({words[role]})" for role in Role) + " |")
        page.append("|---" * (len(Role) + 1) + "|")
        for to, carried_by in table.items():
            marks = " | ".join("yes" if role in carried_by else "–" for role in Role)
            page.append(f"| {to.name} ({to.value}) | {marks} |")
        page.append("")
    return "\n".join(page)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    django.setup()
    (ROOT / "docs" / "rights.md").write_text(text(), encoding="utf-8")
