"""Read answers about papers."""

import datetime as dt
from dataclasses import dataclass

from tuanhoc.activities.models import Registration
from tuanhoc.activities.queries import in_force
from tuanhoc.activities.rules import has_replied
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.queries.deadlines import LET_IN_UNTIL
from tuanhoc.units.models import Unit

from . import rules
from .models import OfficialPaper, Scope


@dataclass(frozen=True, slots=True)
class Replies:
    """How many replied, and who did not in time."""

    expected: int
    replied: int
    overdue: tuple[rules.Waiting, ...]


def replies(scope: Scope, *, at: dt.datetime) -> Replies:
    """Return who still owes a schedule at ``at``, whom an exception lets in left out. Two queries, however many."""
    states = dict(Registration.objects.filter(host__in=scope.expected).values_list("host_id", "state"))
    fields = ("pk", "name", "kind", "rank", "closes_at")
    units = list(scope.expected.in_reading_order().values_list(*fields, LET_IN_UNTIL))
    silent = [unit for unit in units if not has_replied(states.get(unit[0]))]
    # On paper, which is Vietnamese whatever language the screen speaks.
    waiting = [
        rules.Waiting(
            name=name, level=_LEVELS.get(kind, "Đơn vị khác"), rank=rank, order=order,
            closes_at=in_force(closes_at, until, at=at), state=states.get(pk, ""),
        )
        for order, (pk, name, kind, rank, closes_at, until) in enumerate(silent)
    ]  # fmt: skip
    return Replies(len(units), len(units) - len(silent), tuple(rules.overdue(waiting, at=at)))


_LEVELS = {
    Unit.Kind.DEPARTMENT.value: "Sở, ban, ngành",
    Unit.Kind.DISTRICT_COMMITTEE.value: "UBND huyện, thành phố",
    Unit.Kind.COMMUNE_COMMITTEE.value: "UBND xã, phường, thị trấn",
    Unit.Kind.DISTRICT_OFFICE.value: "Phòng Giáo dục và Đào tạo",
    Unit.Kind.ASSOCIATION.value: "Hội Khuyến học",
    Unit.Kind.UNION.value: "Tổ chức chính trị - xã hội",
    Unit.Kind.MEDIA.value: "Cơ quan báo chí",
    Unit.Kind.LIBRARY.value: "Thư viện",
    Unit.Kind.MUSEUM.value: "Bảo tàng",
    Unit.Kind.CULTURE_CENTRE.value: "Trung tâm văn hóa, thể thao",
    Unit.Kind.CONTINUING_CENTRE.value: "Trung tâm GDNN-GDTX",
    Unit.Kind.COMMUNITY_CENTRE.value: "Trung tâm học tập cộng đồng",
    Unit.Kind.SCHOOL_PRE.value: "Trường mầm non",
    Unit.Kind.SCHOOL_PRIMARY.value: "Trường tiểu học",
    Unit.Kind.SCHOOL_LOWER.value: "Trường trung học cơ sở",
    Unit.Kind.SCHOOL_UPPER.value: "Trường trung học phổ thông",
    Unit.Kind.UNIVERSITY.value: "Trường đại học, cao đẳng, trung cấp",
    Unit.Kind.COMPANY.value: "Doanh nghiệp",
}


def draft(scope: Scope, kind: str) -> OfficialPaper | None:
    """Return what was typed for the next paper of a kind; None: nothing yet. One query."""
    return OfficialPaper.objects.filter(campaign=scope.campaign, host=scope.host, kind=kind, number="").first()


def issued(scope: Scope, kind: str | None = None) -> list[OfficialPaper]:
    """Return the papers that have their number, newest first, without their contents. One query."""
    papers = OfficialPaper.objects.filter(campaign=scope.campaign, host=scope.host).exclude(number="")
    if kind is not None:
        papers = papers.filter(kind=kind)
    return list(papers.defer("contents").order_by("-issued_on", "-pk"))


def plan_of(campaign: Campaign) -> OfficialPaper | None:
    """Return the Week's plan as last signed; None while it has no number. One query."""
    plans = OfficialPaper.objects.filter(campaign=campaign, host=None, kind=OfficialPaper.Kind.PLAN)
    return plans.exclude(number="").order_by("-issued_on", "-pk").first()
