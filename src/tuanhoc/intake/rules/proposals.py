"""What a form proposes: its rows as read or corrected, and what a person should look at before confirming."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tuanhoc.activities.rules import ActivityDraft, frozen, warnings
from tuanhoc.intake.form import problems

from .drafts import activity_drafts, thawed

#: What the reader says of a row -> what the row's own warnings would say again.
_SAME = {"bad_date": "no_date"}
#: From here on a row needs no second look; below the second it is little more than a guess.
SURE_OF_A_ROW = 0.9
DOUBTFUL = 0.6


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposed row. ``key``: its place in the reading; rows added by hand count on from there."""

    key: str
    draft: ActivityDraft
    #: what the reader said of the row as it was read: (code, words)
    said: tuple[tuple[str, str], ...] = ()
    #: how sure the reader is of it, 0 to 1; None when it does not say, or a person has written the row
    confidence: float | None = None
    #: why it is not surer, in words
    reasons: tuple[str, ...] = ()
    #: whether a person has changed or added it
    by_hand: bool = False

    @property
    def is_doubtful(self) -> bool:
        """Whether the reader itself asks for a second look."""
        return self.confidence is not None and self.confidence < SURE_OF_A_ROW


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the form that are in no row."""

    index: int
    where: str
    text: str


def proposals(reading: Mapping[str, Any], corrected: Sequence[Mapping[str, Any]] | None) -> list[Proposed]:
    """Return the rows of a form: as corrected, otherwise as read.

    What the reader said of a row stays with it until somebody changes the row.
    """
    drafts = activity_drafts(reading) if reading else []
    said: dict[str, list[tuple[str, str]]] = {}
    for problem in reading.get("problems", ()):
        said.setdefault(str(problem["row"]), []).append((problem["code"], problem["text"]))
    as_read = {
        str(n): Proposed(str(n), draft, tuple(said.get(str(n), ())), *_sureness(row))
        for n, (draft, row) in enumerate(zip(drafts, reading.get("rows", ()), strict=True))
    }
    if corrected is None:
        return list(as_read.values())
    out = []
    for kept in corrected:
        key, draft = str(kept["key"]), thawed({name: value for name, value in kept.items() if name != "key"})
        before = as_read.get(key)
        same = before is not None and before.draft == replace(draft, area_id=None)
        out.append(replace(before, draft=draft) if before and same else Proposed(key, draft, by_hand=True))
    return out


def _sureness(row: Mapping[str, Any]) -> tuple[float | None, tuple[str, ...]]:
    """Return how sure the reader is of a row, and its reasons in words. Readings of earlier versions say neither."""
    confidence = row.get("confidence")
    known: dict[str, str] = problems.WORDS | getattr(problems, "REASONS", {})
    reasons = tuple(known[code] for code in row.get("reasons") or () if code in known)
    return (float(confidence) if confidence is not None else None), reasons


def kept(rows: Iterable[tuple[str, ActivityDraft]]) -> list[dict[str, object]]:
    """Return rows with their keys as plain values: what :func:`proposals` takes back."""
    return [{"key": key, **frozen(draft)} for key, draft in rows]


def words_about(row: Proposed, *, windows: Sequence[tuple[dt.date, dt.date]]) -> tuple[str, ...]:
    """Return what to ask about a row: the reader's words first, then what a careful colleague would add.

    The reader knows the Week only; a day of one of its phases (``windows``) is not outside.
    """
    asked = warnings(row.draft, windows=windows)
    inside = all(w.code != "outside_week" for w in asked)
    said = [(code, text) for code, text in row.said if not (inside and code == "outside_week")]
    codes = {_SAME.get(code, code) for code, _ in said}
    return (*(text for _, text in said), *(w.text for w in asked if w.code not in codes))


def about_the_file(reading: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the reader said of the file as a whole."""
    return tuple(problem["text"] for problem in reading.get("problems", ()) if problem["row"] is None)


def first_free_key(reading: Mapping[str, Any], keys: Iterable[str]) -> int:
    """Return the first number that is no row's key, nor was of any row that was read."""
    return max([len(reading.get("rows", ())), *(int(key) + 1 for key in keys)])


def pieces_left(reading: Mapping[str, Any], settled: Collection[int]) -> list[Piece]:
    """Return the words that are in no row and not yet placed or set aside."""
    unplaced = enumerate(reading.get("unplaced", ()))
    return [Piece(n, piece["where"], piece["text"]) for n, piece in unplaced if n not in settled]


def open_points(
    reading: Mapping[str, Any],
    corrected: Sequence[Mapping[str, Any]] | None,
    settled: Collection[int],
    *,
    windows: Sequence[tuple[dt.date, dt.date]],
) -> int:
    """Count what a person should look at; 0 means the form may be confirmed unseen.

    What was said of the whole file counts until somebody has corrected or looked it through; that its pages are
    pictures counts for good, so that no scan is ever confirmed unseen.
    """
    rows = proposals(reading, corrected)
    of_rows = sum(row.is_doubtful or bool(words_about(row, windows=windows)) for row in rows)
    of_file = len(about_the_file(reading)) if corrected is None else 0
    of_file += bool(reading.get("scan"))
    return of_rows + of_file + len(pieces_left(reading, settled)) + (not rows)


def with_note(draft: ActivityDraft, text: str) -> ActivityDraft:
    """Add words of the form to a row's note."""
    return replace(draft, note="\n".join(part for part in (draft.note, text) if part))
