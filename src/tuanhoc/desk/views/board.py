"""The board: every unit I reach in a Week and how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.activities.access import reachable, to_review_first
from tuanhoc.activities.models import Registration, State
from tuanhoc.activities.queries import BoardLine, board
from tuanhoc.campaigns.models import Campaign
from tuanhoc.desk import boards
from tuanhoc.lib.text import fold
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.queries import codes_on, contacts_at, tile_grid
from tuanhoc.units.rules import TilePlace
from tuanhoc.web import clock

PAGE = 50
#: who stands for a territory: districts where there are any, else communes (two levels since 1/7/2025)
_TERRITORIES = (frozenset({Unit.Kind.DISTRICT_COMMITTEE.value}), frozenset({Unit.Kind.COMMUNE_COMMITTEE.value}))


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asked to see: words, a state, or the inside of one unit."""

    words: str
    state: str
    over: BoardLine | None

    @property
    def is_narrowed(self) -> bool:
        """Whether single units were asked for, wherever they stand in the tree."""
        return bool(self.words or self.state)


@known
@require_safe
def show_board(request: ActorRequest, code: str) -> HttpResponse:
    """Show every unit I reach in a Week and how far it is.

    Without words or a state: the topmost units, each with what lies under it; ``?trong=`` goes inside one.
    """
    campaign = get_object_or_404(Campaign.objects.select_related("coordinator", "province"), code=code)
    lines = [] if request.actor.link_id is not None else board(reachable(request.actor).filter(campaign=campaign))
    if not lines:
        raise Http404
    asked = _asked(request, lines)
    inside = lines if asked.over is None else [line for line in lines if line.path.startswith(asked.over.path)]
    at = clock.now()
    page = Paginator(_rows(lines, inside, asked), PAGE).get_page(request.GET.get("trang"))
    reviewed = to_review_first(request.actor).filter(campaign=campaign)
    may_review = request.actor.coordinates(campaign.pk) or reviewed.exists()
    context = {
        "campaign": campaign,
        "at": at,
        "is_over": campaign.registration_closes_at is not None and at >= campaign.registration_closes_at,
        "asked": asked,
        "total": len(inside),
        "replied": boards.replied(inside),
        "percent": 100 * boards.replied(inside) // len(inside),
        "segments": boards.segments(inside),
        "late": sum(line.is_late for line in inside),
        "activities": sum(line.activity_count for line in inside),
        "page": _with_contacts(page) if asked.is_narrowed and may_review else page,
        "contacts": asked.is_narrowed and may_review,
        "query": asked.words,
        "wanted": asked.state,
        "inside": str(asked.over.roster_pk) if asked.over else "",
        "choices": [(boards.state_code(s), boards.state_words(s)) for s in boards.STATES]
        + [("late", _("Nộp sau hạn"))],
        "tiles": _tiles(lines, campaign) if asked.over is None else [],
        "may_review": may_review,
        "coordinates": request.actor.coordinates(campaign.pk),
        "waiting": Registration.objects.filter(host__in=reviewed, state=State.SUBMITTED).count(),
    }
    return render(request, "desk/board.html", context)


def _asked(request: ActorRequest, lines: Sequence[BoardLine]) -> Asked:
    inside = request.GET.get("trong", "")
    over = next((line for line in lines if str(line.roster_pk) == inside), None)
    return Asked(request.GET.get("q", "").strip()[:100], request.GET.get("trang-thai", "")[:20], over)


def _rows(lines: Sequence[BoardLine], inside: Sequence[BoardLine], asked: Asked) -> list[boards.BoardRow]:
    if not asked.is_narrowed:
        return boards.rows_under(lines, asked.over)
    folded = fold(asked.words)
    return [boards.alone(line) for line in inside if _matches(line, folded, asked.state)]


def _with_contacts(page: "Page[boards.BoardRow]") -> "Page[boards.BoardRow]":
    """Add whom to phone at the units of one page. One query."""
    people: dict[int, list[Contact]] = {}
    for contact in contacts_at(*(row.line.unit_id for row in page.object_list)):
        people.setdefault(contact.unit_id, []).append(contact)
    page.object_list = [replace(row, contacts=tuple(people.get(row.line.unit_id, ()))) for row in page.object_list]
    return page


def _matches(line: BoardLine, folded: str, wanted: str) -> bool:
    if folded and folded not in fold(line.unit_name):
        return False
    if wanted == "late":
        return line.is_late
    return not wanted or wanted == boards.state_code(line.state)


def _tiles(lines: Sequence[BoardLine], campaign: Campaign) -> list[boards.Tile]:
    kinds = next((kinds for kinds in _TERRITORIES if any(line.kind in kinds for line in lines)), _TERRITORIES[0])
    return boards.tiles(lines, kinds=kinds, places=_places(lines, campaign, kinds))


def _places(lines: Sequence[BoardLine], campaign: Campaign, kinds: frozenset[str]) -> dict[str, TilePlace]:
    areas = {line.path: line.area_id for line in lines if line.kind in kinds and line.area_id}
    province = campaign.province.area_id
    wanted = [*areas.values(), *([province] if province else [])]
    codes = codes_on(wanted, campaign.starts_on)
    grid = tile_grid(codes.get(province, "")) if province else {}
    return {path: grid[codes[area]] for path, area in areas.items() if codes.get(area) in grid}
