"""The verbs of ``tuanhoc campaign`` that end a Week and open it again: ``close`` and ``reopen``."""

from typing import Any

from tuanhoc.campaigns import actions
from tuanhoc.campaigns.models import Campaign
from tuanhoc.lib.actor import Actor
from tuanhoc.web import clock


def parsers(verbs: Any) -> list[Any]:
    """Add the verbs to those of ``tuanhoc campaign``; return their parsers."""
    return [
        verbs.add_parser("close", help="đóng đợt: không nhận đăng ký, không nhắc, liên kết không mở"),
        verbs.add_parser("reopen", help="mở lại đợt đã đóng"),
    ]


def close(week: Campaign, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    """Close the Week."""
    actions.close_campaign(week, by=by, at=clock.now())
    return {"code": week.code, "state": week.state, "lines": [f"Đã đóng đợt {week.code}"]}


def reopen(week: Campaign, options: dict[str, Any], by: Actor) -> dict[str, Any]:
    """Open the closed Week again."""
    actions.reopen_campaign(week, by=by, at=clock.now())
    return {"code": week.code, "state": week.state, "lines": [f"Đã mở lại đợt {week.code}"]}
