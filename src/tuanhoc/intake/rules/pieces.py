"""Words of a form that are in no row: where a person puts them, and how they come out of there again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from tuanhoc.activities.rules import ActivityDraft

#: Cells of a row that take words, the first by default.
FIELDS = ("note", "content", "place")
#: What stands between what a cell holds already and the words put into it.
_BETWEEN = {"note": "\n", "content": "\n", "place": ", "}
#: Characters the cell of a place takes; longer words go into the note, whole.
_MOST_PLACE = 500

#: (key, draft): rows with their keys, as :func:`~tuanhoc.intake.rules.proposals.kept` takes them
Keyed = tuple[str, ActivityDraft]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where words go. ``key`` "": set aside; :data:`NEW`: a row of their own."""

    key: str = ""
    field: str = "note"

    @property
    def aside(self) -> bool:
        return not self.key


NEW = "new"


def placed(
    rows: Sequence[Keyed], wanted: Mapping[int, Placement], texts: Sequence[tuple[str, str]], *, first_free: int
) -> tuple[list[Keyed], dict[int, Placement]]:
    """Put words into rows, in the order they stand in the file.

    :param texts: (where, words) of everything that was in no row.
    :param first_free: the first number no row of this form ever had as its key.
    :returns: the rows, and where each piece is now; one whose row is gone is left out, so that it stays unplaced.
    """
    now, settled = dict(rows), {}
    order = [key for key, _draft in rows]
    for n in sorted(wanted):
        to, (where, text) = wanted[n], texts[n]
        if to.key == NEW:
            to = Placement(str(first_free), "content")
            now[to.key] = ActivityDraft(content=text, source=where[:120])
            order.append(to.key)
            first_free += 1
        elif to.key in now:
            to = replace(to, field=_fitting(now[to.key], to.field, text))
            now[to.key] = _with(now[to.key], to.field, text)
        elif not to.aside:
            continue
        settled[n] = to
    return [(key, now[key]) for key in order], settled


def _fitting(draft: ActivityDraft, field: str, text: str) -> str:
    if field == "place" and len(draft.place) + len(text) + 2 > _MOST_PLACE:
        return "note"
    return field if field in FIELDS else "note"


def _with(draft: ActivityDraft, field: str, text: str) -> ActivityDraft:
    words = " ".join(text.split()) if field == "place" else text
    return _set(draft, field, _BETWEEN[field].join(part for part in (getattr(draft, field), words) if part))


def _set(draft: ActivityDraft, field: str, words: str) -> ActivityDraft:
    if field == "place":
        return replace(draft, place=words)
    return replace(draft, content=words) if field == "content" else replace(draft, note=words)


def taken_out(
    rows: Sequence[Keyed], back: Collection[int], stand: Mapping[int, Placement], texts: Sequence[tuple[str, str]]
) -> tuple[list[Keyed], list[int]]:
    """Take words out of the rows they were put into; a row that holds nothing else of its own goes.

    :returns: the rows, and the pieces whose words somebody has changed since: their rows stay as they are.
    """
    now, changed = dict(rows), []
    for n in sorted(back):
        at = stand.get(n, Placement())
        if at.aside:
            continue
        draft = now.get(at.key)
        less = _without(draft, at.field, texts[n][1]) if draft else None
        if less is None:
            changed.append(n)
        elif less == ActivityDraft(source=less.source):
            del now[at.key]
        else:
            now[at.key] = less
    return [(key, now[key]) for key, _draft in rows if key in now], changed


def _without(draft: ActivityDraft, field: str, text: str) -> ActivityDraft | None:
    """Return the row without the words, None when they no longer stand there as they were put."""
    between, whole = _BETWEEN[field], getattr(draft, field)
    words = " ".join(text.split()) if field == "place" else text
    for with_its_join in (between + words, words):
        before, found, after = whole.rpartition(with_its_join)
        if found:
            return _set(draft, field, before + after if before else after.removeprefix(between))
    return None
