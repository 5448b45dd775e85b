"""A merged schedule that comes back from Word, beside the edition it was printed from."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.dates import HANOI
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.papers.printed import lines_of
from tuanhoc.papers.reading import Document, Paragraph
from tuanhoc.papers.values import OfficialDocument
from tuanhoc.schedule import comeback, queries, rules
from tuanhoc.schedule.actions import Source
from tuanhoc.schedule.comeback import Comparison
from tuanhoc.schedule.models import PrintedDraft, Release

from .editions import Edition, edition_of_release, edition_of_unit, standing_edition
from .letter import OUTSIDE, schedule_letter


class NoScheduleInIt(Refusal):
    message = N_("Không tìm thấy bảng lịch trong tệp này. Vui lòng chọn bản Word của lịch tổng hợp đã tải về và sửa.")


class OfAnotherWeek(Refusal):
    message = N_("Tệp này là lịch của một đợt khác (%(code)s).")


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited paper as understood: what it was printed from, and what it changes of that."""

    source: Source
    edition: Edition
    comparison: Comparison


def understood(document: Document, campaign: Campaign, *, host: RosterUnit | None = None, at: dt.datetime) -> Edited:
    """Find the edition a paper was printed from, and compare them.

    The file says it in a property, the page in a line ("Ban hành lần 2", "Dự thảo, tính đến …"). Where the two
    differ, as when a table was copied into another file, the edition that more rows stand in is meant. Where
    neither is there, the paper is compared with what stands now.

    :raises NoScheduleInIt: no row of a schedule. :raises OfAnotherWeek: the file names another campaign.
    """
    units = frozenset(campaign.roster.values_list("name_key", flat=True))
    editions = {**_by_property(document, campaign, host, at), **_by_words(document, campaign, host, at)}
    if not editions:
        editions = {Source(): _now(campaign, host, at)}
    told = [Edited(source, of, compared(document, of, units=units)) for source, of in editions.items()]
    best = max(told, key=lambda edited: edited.comparison.unchanged)
    if not best.comparison.rows:
        raise NoScheduleInIt
    return best


def _by_property(
    document: Document, campaign: Campaign, host: RosterUnit | None, at: dt.datetime
) -> dict[Source, Edition]:
    origin = rules.origin_in(document.origin)
    if origin is None:
        return {}
    if origin.code != campaign.code:
        raise OfAnotherWeek(code=origin.code)
    if origin.number is not None:
        # A release is the whole province's: a unit brings back its own schedule, and it alone.
        return _released(campaign, origin.number) if host is None else {}
    draft = PrintedDraft.objects.filter(campaign=campaign, host=host, pk=origin.kept or 0).first()
    return _drafted(draft, campaign, host, at)


_RELEASED = re.compile(r"Ban hành lần (\d{1,4}):")
_DRAFTED = re.compile(r"Dự thảo, tính đến (\d{2}):(\d{2}) ngày (\d{2})/(\d{2})/(\d{4}):")


def _by_words(
    document: Document, campaign: Campaign, host: RosterUnit | None, at: dt.datetime
) -> dict[Source, Edition]:
    for block in document.blocks:
        text = comeback.plain(block.text) if isinstance(block, Paragraph) else ""
        if host is None and (found := _RELEASED.match(text)):
            return _released(campaign, int(found[1]))
        if (found := _DRAFTED.match(text)) and (moment := _moment(found)):
            printed = PrintedDraft.objects.filter(campaign=campaign, host=host, printed_at__lt=moment)
            return _drafted(printed.order_by("-printed_at", "-pk").first(), campaign, host, at)
    return {}


def _moment(found: re.Match[str]) -> dt.datetime | None:
    """Return the end of the minute a draft names."""
    hour, minute, day, month, year = map(int, found.groups())
    try:
        return dt.datetime(year, month, day, hour, minute, tzinfo=HANOI) + dt.timedelta(minutes=1)
    except ValueError:
        return None


def _released(campaign: Campaign, number: int) -> dict[Source, Edition]:
    release = Release.objects.filter(campaign=campaign, number=number).first()
    if release is None:
        return {}
    release.campaign = campaign
    return {Source(release=release): edition_of_release(release)}


def _drafted(
    draft: PrintedDraft | None, campaign: Campaign, host: RosterUnit | None, at: dt.datetime
) -> dict[Source, Edition]:
    if draft is None:
        return {}
    return {Source(draft=draft): replace(_now(campaign, host, at), lines=tuple(queries.drafted_lines(draft)))}


def _now(campaign: Campaign, host: RosterUnit | None, at: dt.datetime) -> Edition:
    return edition_of_unit(host, at=at) if host else standing_edition(campaign, at=at)


def compared(document: Document, edition: Edition, *, units: frozenset[str]) -> Comparison:
    """Tell what an edited paper changes of the edition it was printed from.

    :param units: keys (``name_key``) of the units that may stand in it.
    """
    year = edition.year
    lines = [comeback.known(line, year=year) for line in edition.standing]
    paper = comeback.rows_of(document, lines, year=year, printed=words_outside(schedule_letter(edition)))
    # The line that says which edition it is was printed, whatever minute the same lines were printed at before.
    loose = tuple(left for left in paper.loose if not (_RELEASED.match(left.text) or _DRAFTED.match(left.text)))
    return comeback.compare(lines, replace(paper, loose=loose), units=units, year=year)


def words_outside(letter: OfficialDocument) -> frozenset[str]:
    """Return every line that the letter prints beside the rows of the schedule: what of it an edited paper still
    has was not written by its editor.
    """
    schedule, *others = letter.annexes
    empty = replace(schedule, table=replace(schedule.table, rows=(), bands=(), marks=()))
    printed = lines_of(replace(letter, annexes=(empty, *others)))
    return frozenset(map(comeback.plain, (OUTSIDE, *printed)))
