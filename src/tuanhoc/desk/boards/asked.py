"""What the reader of the board asked to see: its address says all of it, so that it can be kept and sent."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from tuanhoc.activities.models import State
from tuanhoc.activities.queries import BoardLine
from tuanhoc.campaigns.rules.deadlines import level_of
from tuanhoc.lib.dates import HANOI, day_start
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import name_key
from tuanhoc.units.queries import Reached

from .rows import STATES, BoardRow, alone, names_above, rows_under, state_code, state_words

#: a unit's own deadline is near on the day itself and the two before
NEAR = dt.timedelta(days=2)
#: what may be looked for beside a state, and what needs a reviewer's eyes (contacts, links)
NEEDS: Mapping[str, str] = {
    "sap-het-han": N_("Sắp đến hạn, còn phải gửi"),
    "qua-han": N_("Quá hạn, còn phải gửi"),
    "chua-lien-he": N_("Chưa có đầu mối"),
    "chua-thu": N_("Chưa có địa chỉ thư"),
    "da-mo": N_("Đã mở liên kết, chưa bắt đầu"),
}
OF_REVIEWERS = frozenset({"chua-lien-he", "chua-thu", "da-mo"})
SORTS: Mapping[str, str] = {
    "": N_("Thứ tự văn bản"),
    "ten": N_("Tên đơn vị"),
    "cham": N_("Tỷ lệ gửi thấp trước"),
    "nhanh": N_("Tỷ lệ gửi cao trước"),
    "hoat-dong": N_("Nhiều hoạt động trước"),
    "moi": N_("Mới gửi trước"),
    "han": N_("Hạn gần trước"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the units beside their registrations; empty for who may not know it."""

    contacts: Mapping[int, Sequence[Reached]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, a state, a need, a kind, a level; the inside of one unit; an order; all on one page for printing."""

    words: str = ""
    state: str = ""
    need: str = ""
    kind: str = ""
    level: str = ""
    sort: str = ""
    over: BoardLine | None = None
    in_full: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether single units were asked for, wherever they stand in the tree."""
        return bool(self.words or self.state or self.need or self.kind or self.level)

    @property
    def is_refined(self) -> bool:
        """Whether one of the rarer filters or an order was asked for."""
        return bool(self.need or self.kind or self.level or self.sort)

    def address(self, **changes: str) -> str:
        """Return the query of the same page with something else asked: ``?trong=5&q=truong``."""
        given = {
            "trong": str(self.over.roster_pk) if self.over else "", "q": self.words, "trang-thai": self.state,
            "can": self.need, "loai": self.kind, "cap": self.level, "sap-xep": self.sort,
            **{name.replace("_", "-"): value for name, value in changes.items()},
        }  # fmt: skip
        return "?" + urlencode({name: value for name, value in given.items() if value})

    @property
    def here(self) -> str:
        """Return this very page's query."""
        return self.address()

    @property
    def more(self) -> str:
        """Return this page's query, ready for one name more."""
        return f"{self.here}{'&' if self.here != '?' else ''}"

    @property
    def in_print(self) -> str:
        """Return the query of all rows on one page."""
        return f"{self.more}in=1"

    @property
    def unit(self) -> str:
        """Return the query of the unit gone into alone, ready for one name more."""
        return f"?trong={self.over.roster_pk}&" if self.over else "?"

    @property
    def plain(self) -> str:
        """Return the query without what narrows it."""
        return self.address(q="", trang_thai="", can="", loai="", cap="")


def asked_in(given: Mapping[str, str], lines: Sequence[BoardLine]) -> Asked:
    """Read what an address asks; what it does not know is left out."""
    inside = given.get("trong", "")
    over = next((line for line in lines if str(line.roster_pk) == inside), None)
    need, sort = given.get("can", ""), given.get("sap-xep", "")
    return Asked(
        words=given.get("q", "").strip()[:100],
        state=given.get("trang-thai", "")[:20],
        need=need if need in NEEDS else "",
        kind=given.get("loai", "")[:20],
        level=given.get("cap", "")[:20],
        sort=sort if sort in SORTS else "",
        over=over,
        in_full="in" in given,
    )


def inside_of(lines: Sequence[BoardLine], asked: Asked) -> Sequence[BoardLine]:
    """Return the lines of the unit gone into, itself too; all when none is."""
    return lines if asked.over is None else [line for line in lines if line.path.startswith(asked.over.path)]


def found(lines: Sequence[BoardLine], asked: Asked, known: Known, *, at: dt.datetime) -> Sequence[BoardRow | BoardLine]:
    """Return what was asked for, in its order: rows with what lies under them, or single units once narrowed."""
    if not asked.is_narrowed:
        rows = rows_under(lines, asked.over)
        if asked.sort:
            rows.sort(key=lambda row: _row_key(row, asked.sort))
        return rows
    key = name_key(asked.words)
    inside = inside_of(lines, asked)
    near = near_before(at)
    matching = [
        line for line in inside if _matches(line, asked, key) and _is_needed(line, asked.need, known, at=at, near=near)
    ]
    if asked.sort:
        matching.sort(key=lambda line: _line_key(line, asked.sort))
    return matching


def as_rows(
    some: Sequence[BoardRow | BoardLine], lines: Sequence[BoardLine], known: Known, *, at: dt.datetime
) -> list[BoardRow]:
    """Return what :func:`found` gave, or a page of it, as rows; single units with whom to phone.

    :param lines: all that the reader sees, to say under which of them each stands.
    """
    above = names_above(lines)
    return [_shown(one, above, known, at=at) for one in some]


def _shown(one: BoardRow | BoardLine, above: Mapping[str, str], known: Known, *, at: dt.datetime) -> BoardRow:
    row = one if isinstance(one, BoardRow) else alone(one, tuple(known.contacts.get(one.unit_id, ())))
    line, until = row.line, row.line.due_at(at)
    return replace(
        row, is_overdue=line.is_overdue(at), above=above.get(line.path, ""),
        let_in_until=until if until != line.closes_at and not line.has_replied else None,
    )  # fmt: skip


def counts_of_needs(
    lines: Sequence[BoardLine], known: Known, *, wanted: str, reviews: bool, at: dt.datetime
) -> list[tuple[str, str, int]]:
    """Return how many units each need finds: code, words, count; only what there is, and what is asked for."""
    near = near_before(at)
    counted = [
        (code, _(words), sum(_is_needed(line, code, known, at=at, near=near) for line in lines))
        for code, words in NEEDS.items()
        if reviews or code not in OF_REVIEWERS
    ]
    return [one for one in counted if one[2] or one[0] == wanted]


def state_choices() -> list[tuple[str, str]]:
    """Return what may be chosen as a state: each of them, still to send, and sent late."""
    states = [(state_code(state), state_words(state)) for state in STATES]
    return [*states, ("chua-gui", _("Còn phải gửi (chưa bắt đầu, đang soạn, trả lại)")), ("late", _("Nộp sau hạn"))]


def _matches(line: BoardLine, asked: Asked, key: str) -> bool:
    return (
        (not key or key in line.name_key)
        and (not asked.kind or line.kind == asked.kind)
        and (not asked.level or level_of(line.kind).code == asked.level)
        and _is_in_state(line, asked.state)
    )


def _is_in_state(line: BoardLine, wanted: str) -> bool:
    if wanted == "late":
        return line.is_late
    if wanted == "chua-gui":
        return not line.has_replied
    return not wanted or wanted == state_code(line.state)


def near_before(at: dt.datetime) -> dt.datetime:
    """Return the first deadline that is not near yet: near are those of today and the next two days."""
    return day_start(at.astimezone(HANOI).date() + NEAR + dt.timedelta(days=1)) + dt.timedelta(minutes=1)


def _is_needed(line: BoardLine, need: str, known: Known, *, at: dt.datetime, near: dt.datetime) -> bool:
    if need == "sap-het-han":
        due_at = line.due_at(at)
        return not line.has_replied and due_at is not None and at < due_at < near
    if need == "qua-han":
        return line.is_overdue(at)
    if need == "chua-lien-he":
        return not known.contacts.get(line.unit_id)
    if need == "chua-thu":
        return not any(contact.email for contact in known.contacts.get(line.unit_id, ()))
    if need == "da-mo":
        return line.state is None and line.opened_at is not None
    return True


_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def _line_key(line: BoardLine, sort: str) -> tuple[float, int]:
    first = 0.0
    if sort in {"cham", "nhanh"}:
        first = float(line.has_replied if sort == "cham" else not line.has_replied)
    elif sort == "hoat-dong":
        first = -line.activity_count
    elif sort == "moi" and line.submitted_at and line.state is not State.DRAFT:
        first = -line.submitted_at.timestamp()
    elif sort == "han":
        first = (line.closes_at or _NEVER).timestamp()
    return first, line.name_order


def _row_key(row: BoardRow, sort: str) -> tuple[float, int]:
    if sort in {"cham", "nhanh"}:
        share = row.replied / row.total
        return (share if sort == "cham" else -share), row.line.name_order
    if sort == "hoat-dong":
        return -row.activity_count, row.line.name_order
    return _line_key(row.line, sort)
