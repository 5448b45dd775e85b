"""The board: every unit I reach in a Week and how far it is, on screen, on paper and as a file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import reachable, reviews_at_all, standing_queues
from tuanhoc.activities.models import State
from tuanhoc.activities.queries import BoardLine, board, earlier
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.desk import boards
from tuanhoc.desk.boards import asked as asking
from tuanhoc.desk.boards.asked import Asked, Known
from tuanhoc.desk.boards.pace import Pace, pace
from tuanhoc.desk.boards.table import NUMBERS, table_of
from tuanhoc.desk.spreadsheets import spreadsheet
from tuanhoc.desk.tabs import with_its_neighbours
from tuanhoc.lib.numbers import share
from tuanhoc.units.models import Unit
from tuanhoc.units.queries import codes_on, contacts_among, tile_grid
from tuanhoc.units.rules import TilePlace
from tuanhoc.web import clock

PAGE = 50
#: a map of more places than a phone shows at a glance folds away there
MANY_TILES = 12
#: who stands for a territory: districts where there are any, else communes (two levels since 1/7/2025)
_TERRITORIES = (frozenset({Unit.Kind.DISTRICT_COMMITTEE.value}), frozenset({Unit.Kind.COMMUNE_COMMITTEE.value}))


@dataclass(frozen=True, slots=True)
class Looked:
    """What one reader of the board sees: the units in reach, what is known of them, and what was asked of them."""

    campaign: Campaign
    lines: Sequence[BoardLine]
    asked: Asked
    known: Known
    #: roster units this reader looks at before anybody else does
    reviewed: frozenset[int]
    at: dt.datetime

    @property
    def inside(self) -> Sequence[BoardLine]:
        return asking.inside_of(self.lines, self.asked)

    @property
    def shows_contacts(self) -> bool:
        return self.asked.is_narrowed and bool(self.reviewed)

    def found(self) -> Sequence[boards.BoardRow | BoardLine]:
        return asking.found(self.lines, self.asked, self.known, at=self.at)


@known
@require_safe
def show_board(request: ActorRequest, code: str) -> HttpResponse:
    """Show every unit I reach in a Week and how far it is.

    Without anything asked: the topmost units, each with what lies under it; ``?trong=`` goes inside one.
    """
    looked = _look(request, code)
    asked, inside, found = looked.asked, looked.inside, looked.found()
    page = Paginator(found, max(len(found), 1) if asked.in_full else PAGE).get_page(request.GET.get("trang"))
    shown = asking.as_rows(list(page), looked.lines, looked.known, at=looked.at)
    replied = boards.replied(inside)
    tiles = [] if asked.over or asked.in_full else _tiles(looked.lines, looked.campaign)
    context = {
        "campaign": looked.campaign,
        "at": looked.at,
        "asked": asked,
        "above": boards.chain_above(looked.lines, asked.over) if asked.over else [],
        "total": len(inside),
        "replied": replied,
        "closes_at": boards.first_owed(inside, at=looked.at) or looked.campaign.registration_closes_at,
        "owed": boards.owed_in_words(inside) if replied < len(inside) else "",
        "percent": share(replied, len(inside)),
        "segments": boards.segments(inside),
        "late": sum(line.is_late for line in inside),
        "joined": sum(line.joined_later for line in inside),
        "activities": sum(line.activity_count for line in inside),
        "pace": _pace(request, looked),
        "levels": boards.by_level(inside),
        "kinds": boards.by_kind(inside),
        "page": page,
        "rows": shown,
        "contacts": looked.shows_contacts,
        "states": asking.state_choices(),
        "needs": asking.counts_of_needs(
            inside, looked.known, wanted=asked.need, reviews=bool(looked.reviewed), at=looked.at
        ),
        "sorts": [(name, _(words)) for name, words in asking.SORTS.items()],
        "tiles": tiles,
        "has_shares": len(inside) > 1 and not (asked.is_narrowed or asked.in_full),
        "tiles_fold": len(tiles) > MANY_TILES,
        # On a phone shares and map come first; whoever asked for something is shown it at once.
        "list_folds": bool(tiles) and page.number == 1 and not (asked.is_narrowed or asked.is_refined),
        "may_review": bool(looked.reviewed),
        "coordinates": request.actor.coordinates(looked.campaign.pk),
        "waiting": sum(line.state is State.SUBMITTED and line.roster_pk in looked.reviewed for line in looked.lines),
    }
    return render(request, "desk/board.html", context)


@known
@require_safe
def export(request: ActorRequest, code: str, ending: str) -> HttpResponse:
    """Give what the board shows under the same query as a file: all its rows, in the same order."""
    looked = _look(request, code)
    rows = asking.as_rows(looked.found(), looked.lines, looked.known, at=looked.at)
    table = table_of(rows, with_contacts=looked.shows_contacts)
    return spreadsheet(table, f"theo-doi-{code}-{looked.at:%Y%m%d}", ending, numbers=NUMBERS)


def _look(request: ActorRequest, code: str) -> Looked:
    weeks = with_its_neighbours(Campaign.objects.select_related("coordinator", "province"))
    campaign = get_object_or_404(weeks, code=code)
    actor = request.actor
    over = reachable(actor).filter(campaign=campaign)
    mine = standing_queues([campaign.pk]).mine(actor, campaign.pk) if reviews_at_all(actor) else set()
    lines = [] if actor.link_id is not None else board(over, with_links=bool(mine))
    if not lines:
        raise Http404
    reviewed = frozenset(line.roster_pk for line in lines if line.reviewer_id in mine)
    facts = Known(contacts_among(over.values("unit_id"))) if reviewed else Known()
    return Looked(campaign, lines, asking.asked_in(request.GET, lines), facts, reviewed, clock.now())


def _pace(request: ActorRequest, looked: Looked) -> Pace | None:
    """Return how fast the units inside reply; who coordinates compares with the whole Week before. Two queries.

    None where single units were asked for, or all of them on paper.
    """
    campaign, asked, over = looked.campaign, looked.asked, looked.asked.over
    if campaign.opened_at is None or campaign.registration_closes_at is None or asked.is_narrowed or asked.in_full:
        return None
    roster = RosterUnit.objects.all() if request.actor.coordinates(campaign.pk) else reachable(request.actor)
    if over is not None:
        roster = roster.filter(path__contains=f"/{over.unit_id}/")
    return pace(
        [line.answered_at for line in looked.inside if line.answered_at],
        total=len(looked.inside), opened_at=campaign.opened_at,
        closes_at=over.closes_at if over and over.closes_at else campaign.registration_closes_at,
        at=looked.at, before=earlier(campaign, roster),
    )  # fmt: skip


def _tiles(lines: Sequence[BoardLine], campaign: Campaign) -> list[boards.Tile]:
    kinds = next((kinds for kinds in _TERRITORIES if any(line.kind in kinds for line in lines)), _TERRITORIES[0])
    if sum(line.kind in kinds for line in lines) < 2:
        return []  # a map of one place says nothing the heading does not
    return boards.tiles(lines, kinds=kinds, places=_places(lines, campaign, kinds))


def _places(lines: Sequence[BoardLine], campaign: Campaign, kinds: frozenset[str]) -> dict[str, TilePlace]:
    areas = {line.path: line.area_id for line in lines if line.kind in kinds and line.area_id}
    province = campaign.province.area_id
    wanted = [*areas.values(), *([province] if province else [])]
    codes = codes_on(wanted, campaign.starts_on)
    grid = tile_grid(codes.get(province, "")) if province else {}
    return {path: grid[codes[area]] for path, area in areas.items() if codes.get(area) in grid}
