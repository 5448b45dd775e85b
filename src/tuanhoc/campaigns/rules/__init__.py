"""Pure decisions about a Week."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, TypeVar

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import fold, name_key
from tuanhoc.papers.values import USUAL, Layout

from .deadlines import is_late as is_late

#: a duty is near on its due day and the three before
DUTY_NEAR = dt.timedelta(days=3)


def duty_standing(state: str, due_on: dt.date | None, *, today: dt.date) -> str:
    """Return where a duty stands for its owner on a day.

    ``done`` and ``waived`` whatever the day; else ``overdue`` after ``due_on``, the last day that is in time,
    ``near`` on it and the three days before, ``undated`` where no day is set, and ``open``.
    """
    if state in {"done", "waived"}:
        return state
    if due_on is None:
        return "undated"
    if today > due_on:
        return "overdue"
    return "near" if due_on - today <= DUTY_NEAR else "open"


@dataclass(frozen=True, slots=True)
class BasisDraft:
    """A document the plan rests on, as read; ``stale`` says why it no longer stands."""

    symbol: str
    normalized: str
    dated_on: dt.date | None = None
    issuer: str = ""
    stale: str = ""


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """What the plan asks of the agencies it names in ``unit_words``."""

    clause: str
    unit_words: str
    text: str
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """A part of a campaign beside the Week; both days belong to it."""

    name: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """A Week as the coordinator confirmed it, after the plan was read. None: the plan does not say."""

    code: str
    title: str
    year: int
    theme: str
    starts_on: dt.date
    ends_on: dt.date
    opening_on: dt.date | None = None
    registration_closes_at: dt.datetime | None = None
    report_closes_at: dt.datetime | None = None
    report_to: str = ""
    help_name: str = ""
    help_phone: str = ""
    help_hours: str = ""
    bases: Sequence[BasisDraft] = ()
    duties: Sequence[DutyDraft] = ()
    directions: Sequence[tuple[str, str]] = ()
    phases: Sequence[PhaseDraft] = ()


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Who issues a kind of document of the Week and how it is signed: what a province sets without code.

    Blank: not given yet, and left blank on paper. ``symbol`` is what stands after the number (``SGDĐT-GDTX``);
    ``signature`` holds authority and position, a line each; ``recipients`` stand under ``Nơi nhận`` without
    dashes and stops, ``addressees`` after ``Kính gửi``. ``opening`` comes before the sentences the software writes,
    ``closing`` in the place of the last of them.
    """

    superior: str = ""
    issuer: str = ""
    place: str = ""
    symbol: str = ""
    signature: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""
    layout: Layout = USUAL


#: typed where the letterhead of all papers has something and a kind has nothing
NOTHING = "-"
_OF_LINES = ("signature", "recipients", "addressees")
_OF_WORDS = ("superior", "issuer", "place", "symbol", "signer", "opening", "closing")


def laid_over(form: PaperForm, given: Mapping[str, object]) -> PaperForm:
    """Return a form with what a template says laid over it; what is left blank there stays as it is.

    :param given: a template's values as plain JSON: words, lists of lines, ``layout`` by the names of its values.
    """
    words = {n: str(given[n]) for n in _OF_WORDS if given.get(n)}
    changed: dict[str, Any] = {name: "" if word == NOTHING else word for name, word in words.items()}
    for name in _OF_LINES:
        lines = given.get(name)
        if isinstance(lines, list) and lines:
            changed[name] = tuple(line for line in map(str, lines) if line != NOTHING)
    own = given.get("layout")
    if isinstance(own, Mapping):
        known = {f.name for f in fields(Layout)}
        lengths = {n: float(v) for n, v in own.items() if n in known and isinstance(v, int | float)}
        changed["layout"] = replace(form.layout, **lengths)
    return replace(form, **changed)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper a template can be made for; ``""`` is what all of them share.

    ``takes`` names the parts of the form besides letterhead and signature that its papers print.
    """

    code: str
    words: str
    takes: frozenset[str]
    #: issued by the province's committee, not by the coordinator: it shares nothing but recipients and layout
    is_committees: bool = False


PAPER_KINDS: tuple[PaperKind, ...] = (
    PaperKind("", N_("Chung cho mọi văn bản"), frozenset({"recipients"})),
    PaperKind("plan", N_("Kế hoạch tổ chức Tuần lễ"), frozenset({"recipients", "closing"}), is_committees=True),
    PaperKind("invitation", N_("Giấy mời dự lễ khai mạc"), frozenset({"recipients"})),
    PaperKind(
        "schedule", N_("Công văn gửi lịch tổng hợp"), frozenset({"recipients", "addressees", "opening", "closing"})
    ),
    PaperKind("reminder", N_("Công văn đôn đốc"), frozenset({"recipients", "opening", "closing"})),
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What matching a duty needs to know of a roster unit."""

    pk: int
    kind: str
    name: str


#: The words after a kind's own that only say of where: "Phòng GDĐT các huyện, thành phố" asks no committee.
_OF_WHERE = r"(?:,? (?:va dao tao|cac|cap|va|huyen|quan|thi xa|thanh pho|xa|phuong|thi tran|dac khu|tinh)\b[,/]?)*"
#: Words for kinds of unit, folded. The plan says "UBND các huyện, thành phố" for seven committees.
_KINDS = tuple(
    (re.compile(pattern + _OF_WHERE), kind)
    for pattern, kind in (
        (r"phong (?:gd|giao duc)[\w&]*", "district_office"),
        (r"hoi khuyen hoc (?:cac|huyen|cap)", "association"),
        (r"(?:hoc tap cong dong|ttht?cd)", "community_centre"),
        (r"(?:gdnn|gdtx|giao duc thuong xuyen)(?:\s?[-–]\s?gdtx)?", "continuing_centre"),
        (r"(?:\bthpt\b|trung hoc pho thong)", "school_upper"),
        (r"(?:\bthcs\b|trung hoc co so)", "school_lower"),
        (r"tieu hoc", "school_primary"),
        (r"mam non", "school_pre"),
        (r"(?:dai hoc|cao dang|trung cap)", "university"),
        (r"co quan (?:thong tin|bao chi|truyen thong)", "media"),
        (r"cac thu vien", "library"),
        (r"cac bao tang", "museum"),
        (r"doanh nghiep", "company"),
        (r"(?:doan the|to chuc chinh tri)", "union"),
        (r"(?:\bcac so\b|\bso, (?:ban|nganh))", "department"),
    )
)
_COMMITTEES = (
    (
        re.compile(r"\bcac (?:huyen|quan|thi xa|thanh pho)|ubnd (?:cap huyen|huyen ?[,/])|ubnd huyen$"),
        "district_committee",
    ),
    (
        re.compile(r"\b(?:cac|va) (?:xa|phuong|thi tran|dac khu)\b|ubnd (?:cap xa|xa ?[,/])|ubnd xa$"),
        "commune_committee",
    ),
)
_SHORT = (
    (r"\buy ban nhan dan\b", "ubnd"),
    (r"\bgd ?& ?dt\b|\bgddt\b|\bgd dt\b", "giao duc va dao tao"),
    (r"\btt ?& ?tt\b|\btttt\b", "thong tin va truyen thong"),
    (r"\bvh ?,? ?tt ?& ?dl\b|\bvhttdl\b", "van hoa the thao va du lich"),
    (r"\bkh ?& ?cn\b|\bkhcn\b", "khoa hoc va cong nghe"),
    (r"\bpt ?[-&]? ?th\b", "phat thanh va truyen hinh"),
)


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    """Return a name's words for comparing: usual short forms written out, "tỉnh Ninh Thuận" as "tỉnh"."""
    folded = re.sub(r"\([^)]*\)", " ", fold(name))
    folded = re.sub(r"^\s*(?:giam doc|thu truong|hieu truong|chu tich(?= (?:ubnd|uy ban|hoi))) ", "", folded)
    for short, whole in _SHORT:
        folded = re.sub(short, whole, folded)
    return name_key(re.sub(r"\btinh (?!doan\b|uy\b)[^,;.()]*?(?=[,;.()]| va |$)", "tinh", folded))


def names_unit(unit_words: str, name: str) -> bool:
    """Whether the plan's words are this unit's name, spelling and usual short forms aside.

    >>> names_unit("Sở GD&ĐT", "Sở Giáo dục và Đào tạo")
    True
    """
    return _key(unit_words) == _key(name)


def owners(unit_words: str, roster: Iterable[Expected]) -> list[int]:
    """Return the roster units a duty is asked of.

    A name in full wins ("Sở Thông tin và Truyền thông"). Otherwise every unit named within the words is
    taken, and every unit of a kind named in the plural ("Báo Ninh Thuận, các sở, ban, ngành"). Nothing is
    guessed: words that match nobody give an empty list, which the coordinator sees.
    """
    expected = list(roster)
    wanted = _key(unit_words)
    by_name = [u.pk for u in expected if _key(u.name) == wanted]
    if by_name:
        return by_name
    named, folded = _named_within(unit_words, expected)
    kinds = _kinds_in(folded)
    return [u.pk for u in expected if u.pk in named or u.kind in kinds]


def _named_within(unit_words: str, expected: Sequence[Expected]) -> tuple[set[int], str]:
    """Return the units whose whole name stands in the words, and the folded words without those names."""
    left, folded = f" {_key(unit_words)} ", fold(unit_words)
    found = set()
    for unit in sorted(expected, key=lambda u: -len(_key(u.name))):
        name = _key(unit.name)
        if " " in name and f" {name} " in left:
            found.add(unit.pk)
            left = left.replace(f" {name} ", " | ", 1)
            folded = re.sub(r"\W+".join(map(re.escape, name.split())), "|", folded, count=1)
    return found, folded


def _kinds_in(folded: str) -> set[str]:
    kinds = set()
    left = re.sub(r"\buy ban nhan dan\b", "ubnd", folded)
    for pattern, kind in _KINDS:
        if pattern.search(left):
            kinds.add(kind)
            left = pattern.sub("|", left)
    return kinds | {kind for pattern, kind in _COMMITTEES if pattern.search(left)}


#: Below a district these are looked at by it; where there are no districts, all but the commune by their commune.
_REVIEWED_BELOW = frozenset({
    "commune_committee", "community_centre", "school_pre", "school_primary", "school_lower", "continuing_centre",
    "culture_centre",
})  # fmt: skip
Above = TypeVar("Above")


def reviewer(kind: str, above: Sequence[tuple[str, Above]]) -> Above | None:
    """Return who looks at a unit's registration; None: the coordinator.

    :param above: kind and body of the units over it, from the root down.

    Until 2025 the district, as the plan of 2022 works; since then communes answer to the province, and
    schools to lower secondary and learning centres to their commune.
    """
    if kind not in _REVIEWED_BELOW:
        return None
    for wanted in ("district_committee", "commune_committee"):
        found = [body for other, body in above if other == wanted]
        if found:
            return found[-1]
    return None


def days_of(starts_on: dt.date, ends_on: dt.date) -> list[dt.date]:
    """Return the days of the Week, first to last."""
    return [starts_on + dt.timedelta(days=n) for n in range((ends_on - starts_on).days + 1)]


def week_name(title: str) -> str:
    """Return the Week's own name out of a plan's title: "Tổ chức Tuần lễ …" is what the plan is about.

    >>> week_name("TỔ CHỨC TUẦN LỄ HƯỞNG ỨNG HỌC TẬP SUỐT ĐỜI NĂM 2026")
    'Tuần lễ hưởng ứng học tập suốt đời năm 2026'
    """
    found = re.search(r"tuần lễ.*", title, re.IGNORECASE)
    if found is None:
        return title
    name = found[0]
    plain = name.lower()
    if name.isupper() and re.fullmatch(r"tuần lễ (?:hưởng ứng )?học tập suốt đời(?: năm \d{4})?", plain):
        name = plain
    return name[0].upper() + name[1:]
