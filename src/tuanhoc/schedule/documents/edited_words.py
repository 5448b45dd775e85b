"""What an edited schedule changes, as JSON and as lines to read on a terminal."""

from collections.abc import Mapping
from typing import Any

from tuanhoc.lib.dates import HANOI
from tuanhoc.schedule.comeback import FIELDS, Kind, Proposal
from tuanhoc.schedule.comeback.words import CODE_WORDS, FIELD_WORDS, KIND_WORDS

from .edited import Edited


def as_json(found: Edited) -> dict[str, Any]:
    """Return what ``tuanhoc schedule compare --json`` prints."""
    source, said = found.source, found.comparison
    return {
        "against": {
            "release": source.release.number if source.release else None,
            "draft": source.draft.printed_at.astimezone(HANOI).isoformat() if source.draft else None,
        },
        "rows": said.rows,
        "unchanged": said.unchanged,
        "changes": [_change(proposal) for proposal in said.proposals],
        "unplaced": [{"where": loose.where, "text": loose.text} for loose in said.loose],
    }


def _change(proposal: Proposal) -> dict[str, Any]:
    return {
        "kind": proposal.kind.value,
        "activity": proposal.activity_id,
        "unit": proposal.unit,
        "before": dict(proposal.before),
        "after": dict(proposal.after),
        "where": proposal.where,
        "confidence": proposal.confidence,
        "reasons": list(proposal.codes),
        "content": proposal.line.get("content", ""),
    }


def as_lines(said: Mapping[str, Any]) -> str:
    """Return the same as lines in Vietnamese."""
    lines = [f"{said['rows']} dòng, {said['unchanged']} dòng giữ nguyên, {len(said['changes'])} thay đổi."]
    for change in said["changes"]:
        kind = Kind(change["kind"])
        lines.append(f"- {KIND_WORDS[kind]}: {change['unit'] or '(chưa rõ đơn vị)'}: {change['content']}")
        for name in FIELDS if kind is not Kind.REMOVED else ():
            if change["after"].get(name):
                lines.append(f"    {FIELD_WORDS[name]}: {change['before'].get(name, '')} → {change['after'][name]}")
            elif change["before"].get(name) and name in change["after"]:
                lines.append(f"    {FIELD_WORDS[name]}: {change['before'][name]} → (để trống)")
        lines += [f"    Cần xem: {CODE_WORDS[code]}" for code in change["reasons"]]
    lines += [f"Chưa xếp được: {loose['where']}: {loose['text']}" for loose in said["unplaced"]]
    return "\n".join(lines)
