"""One form as its page shows it: proposed rows, words left over, units to choose from, the file beside them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet
from tuanhoc.desk import sheets
from tuanhoc.desk.forms import as_typed
from tuanhoc.desk.scans import is_scan
from tuanhoc.desk.sources import Source, source_of
from tuanhoc.files import actions as files
from tuanhoc.intake.models import FormFile
from tuanhoc.intake.queries.forms import roster_of
from tuanhoc.intake.rules import proposals
from tuanhoc.intake.rules.matching import SURE, Signs
from tuanhoc.lib.numbers import whole
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean
from tuanhoc.papers import reading as papers


class UnitNotFound(Refusal):
    message = N_("Chưa tìm thấy đơn vị “%(name)s” trong danh sách: vui lòng chọn một dòng trong gợi ý.")


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """Words in no row, and where they stand in the file."""

    index: str
    text: str
    where: str
    anchor: str


@dataclass(frozen=True, slots=True)
class RowChoice:
    """A row that may take words into its note."""

    key: str
    words: str


def shown_rows(form: FormFile) -> list[sheets.ShownRow]:
    """Return the proposed rows with what to ask about each."""
    windows = form.campaign.windows
    return [
        sheets.ShownRow(
            row.key,
            as_typed(row.draft),
            tuple(_(w) for w in proposals.words_about(row, windows=windows)),
        )
        for row in proposals.proposals(form.reading, form.corrected)
    ]


def days_with_rows(rows: Sequence[sheets.ShownRow], campaign: Campaign) -> list[sheets.ShownDay]:
    """Group rows by day; days nobody wrote anything for are left out."""
    return [day for day in sheets.by_day(rows, campaign) if day.rows]


def row_choices(rows: Sequence[sheets.ShownRow]) -> list[RowChoice]:
    """Name each row in a few words."""
    out = []
    for n, row in enumerate(rows, start=1):
        said = clean(row.typed.get("content") or row.typed.get("place") or "")
        said = said if len(said) <= 60 else f"{said[:59]}…"
        out.append(RowChoice(row.key, _("Dòng %(n)s: %(day)s %(words)s") % {
            "n": n, "day": row.typed.get("held_on", "")[:5], "words": said,
        }))  # fmt: skip
    return out


def source(form: FormFile) -> Source | None:
    """Return the file laid out for reading, None when it cannot be shown."""
    if form.stored is None or not form.reading or is_scan(form):
        return None
    try:
        document = papers.read_apart(files.contents(form.stored), form.name)
    except (papers.Unreadable, FileNotFoundError):
        return None
    left = {piece.where for piece in proposals.pieces_left(form.reading, form.settled)}
    return source_of(document, used=[row["source"] or "" for row in form.reading["rows"]], left=left)


def pieces(form: FormFile, beside: Source | None) -> list[ShownPiece]:
    """Return the words of the form that are in no row yet."""
    return [
        ShownPiece(str(piece.index), piece.text, piece.where, beside.anchor_of(piece.where) if beside else "")
        for piece in proposals.pieces_left(form.reading, form.settled)
    ]


def unit_labels(units: RosterUnitQuerySet) -> dict[str, int]:
    """Return every unit by what a person types to choose it; same names are told apart by their superior."""
    rows = list(units.in_reading_order().values_list("pk", "name", "path"))
    names = Counter(name for _pk, name, _path in rows)
    by_unit = {path.rsplit("/", 2)[1]: name for _pk, name, path in rows}
    return {
        name if names[name] == 1 else f"{name} ({by_unit.get(path.split('/')[-3], pk)})": pk for pk, name, path in rows
    }


def chosen_unit(form: FormFile, units: RosterUnitQuerySet, *, picked: str, typed: str) -> RosterUnit | None:
    """Return the unit a person picked or typed; what is typed wins.

    :raises UnitNotFound: nobody in the list is called so.
    """
    typed = clean(typed)
    if typed:
        pk = unit_labels(units).get(typed)
        match = roster_of(form.campaign, units).match(Signs(organisation=typed)) if pk is None else None
        pk = match.pk if match and match.score >= SURE else pk
        if pk is None:
            raise UnitNotFound(name=typed)
        return units.select_related("campaign").get(pk=pk)
    return units.select_related("campaign").filter(pk=whole(picked) or 0).first()


def settled_by(post: QueryDict) -> dict[int, str]:
    """Return where a person put words that were in no row: place -> row key, "" for set aside."""
    out = {}
    for name in post:
        value = str(post[name])
        if name[:2] == "u-" and (place := whole(name[2:])) is not None and value:
            out[place] = "" if value == "aside" else value
    return out
