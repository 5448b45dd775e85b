"""One form as its page shows it: proposed rows, words left over, units to choose from, the file beside them."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.desk import sheets
from tuanhoc.desk.choosing import HostChooser
from tuanhoc.desk.forms import as_typed
from tuanhoc.desk.origins import Origin, origins_of
from tuanhoc.desk.scans import is_scan, origins_on_pages
from tuanhoc.desk.sources import Source, place, source_of
from tuanhoc.files import actions as files
from tuanhoc.intake.actions.correcting import standing_pieces
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.pieces import FIELDS, Placement
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.text import clean
from tuanhoc.papers import reading as papers
from tuanhoc.web.speech import kept


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the reader is of a row: ``level`` sure, look or doubt, and why it is not surer."""

    level: str
    words: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One proposed row with its number, the reader's word on it, and where it stands in the file."""

    row: sheets.ShownRow
    sureness: Sureness | None = None
    by_hand: bool = False
    #: stands on this screen only: nothing of it is kept yet
    is_new: bool = False
    origin: Origin = field(default_factory=Origin)

    @property
    def number(self) -> int:
        return int(self.row.key) + 1

    @property
    def asks(self) -> bool:
        """Whether something has to be mended or answered; what is only doubted is compared as it stands."""
        return bool(self.row.warnings or self.row.errors)

    @property
    def needs_look(self) -> bool:
        unsure = self.sureness is not None and self.sureness.level != "sure"
        return unsure or self.asks


@dataclass(frozen=True, slots=True)
class LineDay:
    """One day with its proposed rows; ``day`` None holds those without a day."""

    day: dt.date | None
    in_week: bool
    lines: list[ShownLine]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words that were in no row. ``near``: the row of the same line of the file, "" when there is none."""

    index: str
    text: str
    where: str
    anchor: str
    near: str = ""
    #: where it was put, in words; "" while it waits
    now: str = ""
    #: where this screen would put it, which was not kept
    chosen_row: str = ""
    chosen_cell: str = ""


@dataclass(frozen=True, slots=True)
class RowChoice:
    """A row that may take words."""

    key: str
    words: str


def shown_rows(form: FormFile) -> list[sheets.ShownRow]:
    """Return the proposed rows with what to ask about each."""
    windows = form.campaign.windows
    return [
        sheets.ShownRow(
            row.key,
            as_typed(row.draft),
            tuple(kept(w) for w in proposals.words_about(row, windows=windows)),
        )
        for row in proposals.proposals(form.reading, form.corrected)
    ]


def origins(form: FormFile, beside: Source | None) -> dict[str, Origin]:
    """Return where every row ever read stands in the file, and those added from its words."""
    if beside is None:
        return origins_on_pages(form) if is_scan(form) else {}
    # As it was read, which is how it stands there: later ones of the same key win.
    rows = (*proposals.proposals(form.reading, form.corrected), *proposals.proposals(form.reading, None))
    return origins_of(beside, {row.key: row.draft for row in rows})


def shown_lines(form: FormFile, rows: Sequence[sheets.ShownRow], origins: Mapping[str, Origin]) -> list[ShownLine]:
    """Return rows as they stand on screen, each with the reader's word and its cells in the file."""
    standing = {row.key: row for row in proposals.proposals(form.reading, form.corrected)} if form.reading else {}
    lines = []
    for row in rows:
        known = standing.get(row.key)
        untouched = known is not None and not known.by_hand and _says(row, known)
        lines.append(
            ShownLine(
                row,
                _sureness(known, besides=row.warnings) if known and untouched else None,
                by_hand=known is not None and not untouched,
                is_new=known is None,
                origin=origins.get(row.key, Origin()),
            )
        )
    return lines


def _says(row: sheets.ShownRow, known: proposals.Proposed) -> bool:
    """Whether a row on screen says what is known of it; its area is nothing a form says."""
    return all(
        row.typed.get(name, "").replace("\r\n", "\n") == words
        for name, words in as_typed(known.draft).items()
        if name != "area"
    )


def _sureness(row: proposals.Proposed, *, besides: Collection[str]) -> Sureness | None:
    """Return the reader's word on a row; what the page asks about it anyway is not said twice."""
    if row.confidence is None:
        return None
    reasons = tuple(said for words in row.reasons if (said := _(words)) not in besides)
    if not row.is_doubtful:
        return Sureness("sure", _("chắc"), reasons)
    if row.confidence >= proposals.DOUBTFUL:
        return Sureness("look", _("nên xem"), reasons)
    return Sureness("doubt", _("không chắc"), reasons)


def by_day(lines: Sequence[ShownLine], campaign: Campaign) -> list[LineDay]:
    """Group rows by day; days nobody wrote anything for are left out."""
    of = {line.row.key: line for line in lines}
    days = sheets.by_day([line.row for line in lines], campaign)
    return [LineDay(day.day, day.in_week, [of[row.key] for row in day.rows]) for day in days if day.rows]


def row_choices(rows: Sequence[sheets.ShownRow]) -> list[RowChoice]:
    """Name each row in a few words."""
    out = []
    for row in rows:
        said = clean(row.typed.get("content") or row.typed.get("place") or "")
        said = said if len(said) <= 60 else f"{said[:59]}…"
        out.append(RowChoice(row.key, _("Dòng %(n)s: %(day)s %(words)s") % {
            "n": int(row.key) + 1, "day": row.typed.get("held_on", "")[:5], "words": said,
        }))  # fmt: skip
    return out


def source(form: FormFile) -> Source | None:
    """Return the file laid out for reading, None when it cannot be shown."""
    if form.stored is None or not form.reading or is_scan(form):
        return None
    try:
        document = papers.read_apart(files.contents_in_quarantine(form.stored), form.name)
    except (papers.Unreadable, FileNotFoundError):
        return None
    return source_of(document)


def pieces(
    form: FormFile, beside: Source | None, lines: Sequence[ShownLine], places: Mapping[int, Placement]
) -> list[ShownPiece]:
    """Return the words of the form that are in no row yet. ``places``: as chosen on this screen."""
    nearest = {place(line.row.typed.get("source", "")): line.row.key for line in reversed(lines)}
    return [
        ShownPiece(
            str(piece.index), piece.text, piece.where, beside.anchor_of(piece.where) if beside else "",
            near=nearest.get(place(piece.where), ""), chosen_row=to.key, chosen_cell=to.field,
        )
        for piece in proposals.pieces_left(form.reading, form.settled)
        for to in [places.get(piece.index, Placement())]
    ]  # fmt: skip


def settled_pieces(form: FormFile, beside: Source | None) -> list[ShownPiece]:
    """Return the words that were put somewhere or set aside, each with where it is now."""
    unplaced, out = form.reading.get("unplaced", ()), []
    cells = {"note": _("ghi chú của dòng %s"), "content": _("nội dung của dòng %s"), "place": _("địa điểm của dòng %s")}
    for n, to in sorted(standing_pieces(form).items()):
        now = _("để sang một bên") if to.aside else cells[to.field] % (int(to.key) + 1)
        where = unplaced[n]["where"]
        anchor = beside.anchor_of(where) if beside else ""
        out.append(ShownPiece(str(n), unplaced[n]["text"], where, anchor, now=now))
    return out


def chosen_unit(units: RosterUnitQuerySet, chooser: HostChooser, *, picked: str, typed: str) -> RosterUnit | None:
    """Return the unit a person picked or typed; what is typed wins.

    :param units: those that may be chosen, as in ``chooser``.
    :raises UnitNotFound, WhichUnit, IsItThisUnit: as :meth:`HostChooser.host_of`.
    """
    host = chooser.host_of(typed)
    return host or units.select_related("campaign").filter(pk=whole(picked) or 0).first()


def places_chosen(post: QueryDict) -> dict[int, Placement]:
    """Return where a person put words that were in no row."""
    out = {}
    for name in post:
        value = str(post[name])
        if name[:2] == "u-" and (number := whole(name[2:])) is not None and value:
            field = str(post.get(f"o-{name[2:]}", "note"))
            out[number] = Placement() if value == "aside" else Placement(value, field if field in FIELDS else "note")
    return out
