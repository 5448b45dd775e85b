"""The province of a run: units in their tree, people to reach there, accounts, the Week prepared from the plan.

Set up through the product's own actions, before the season begins; from then on everything goes through its pages.
"""

import csv
import datetime as dt
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import Campaign
from tuanhoc.files.actions import keep
from tuanhoc.intake import rules as intake
from tuanhoc.intake.plan import as_json, read_plan
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.papers.reading import read
from tuanhoc.sample.building.opening import AREAS, CORRECTIONS, DATA, PLAN
from tuanhoc.units import actions as units
from tuanhoc.units.models import Unit
from tuanhoc.units.rules import Person

from .browser import Browser

CODE = "ninh-thuan-2022"
COORDINATOR = ("dieu-phoi@so.example", "Chuyên viên Sở GDĐT (bench)")
#: working days of the season; the call is opened on the first
DAYS = [dt.date(2022, 9, day) for day in (19, 20, 21, 22, 23, 26, 27, 28, 29, 30)] + [
    dt.date(2022, 10, day) for day in (3, 4, 5, 6, 7)
]
#: the lock falls in the morning of the first; who asks then is let in on the second
EXCEPTION_ON, UNLOCKED_ON = 12, 13
SET_UP_AT = dt.datetime(2022, 9, 16, 9, tzinfo=HANOI)
#: the last puts every address off once
DOMAINS = ("mau.example", "truong.mau.example", "xam.mau.example")
GREYLISTING = DOMAINS[-1]
#: above the roster: not asked
ABOVE = ("bo", "ubnd-58", "so-gddt")
_FEW_MAIL = {"commune_committee", "community_centre", "school_pre", "school_primary", "school_lower"}
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đàng", "Châu", "Katơr", "Pinăng", "Huỳnh", "Bùi", "Đạo")
_MIDDLES = ("Thị", "Văn", "Ngọc", "Thanh", "Minh", "Thu")
_GIVEN = ("Lan", "Hùng", "Nga", "Bình", "Hạnh", "Sơn", "Yến", "Phúc", "Thảo", "Dũng", "Vy", "Khoa", "Trinh", "Long")


class Course(Enum):
    """What a unit does in the season."""

    IN_TIME = "in time"
    NIL = "nil"
    LATE = "late"
    DRAFT = "begun, never sent"
    SILENT = "silent"
    EXCEPTION = "late, by an exception"
    UNLOCKED = "late, asked to be unlocked"


class Kind(Enum):
    """What a unit's mail is like."""

    GOOD = "a right form"
    TWICE = "a right form, the same mail twice"
    UNKNOWN = "a right form from an address nobody knows"
    WORDS = "the schedule in the mail's own words"
    EMPTY = "an empty table"
    OUTSIDE = "days outside the Week"
    RENAMED = "a .doc called .docx"
    PHOTO = "a photo of the form"
    REPLY = "a reply without a form"


#: those that somebody has to ask about; the unit then sends a right one
WRONG = frozenset({Kind.EMPTY, Kind.OUTSIDE, Kind.RENAMED, Kind.PHOTO, Kind.REPLY})


@dataclass
class Player:
    """A unit of the run: whom it is reached by and what it will do, on which day and half of it."""

    key: str
    name: str
    kind: str
    email: str
    course: Course
    #: (index of the day, 0 morning or 1 afternoon)
    acts_at: tuple[int, int] | None
    #: how often its rows come without a place, and come back
    faults: int = 0
    by_word: bool = False
    #: what its first mail is like; None: it writes on the sheet
    mail_kind: Kind | None = None
    #: the season's time of every form or mail it sent to the mailbox
    mailed_at: list[dt.datetime] = field(default_factory=list)
    #: (the season's time before and after) of its first handing in on the sheet
    handed_in_at: tuple[dt.datetime, dt.datetime] | None = None
    #: told by telephone of what the mail could not bring, from that day on
    phoned_from: int | None = None
    link: str | None = None
    browser: Browser | None = None
    host_pk: str = ""
    #: (number, sha256, machine's time) of every receipt seen in an answer
    receipts: list[tuple[str, str, float]] = field(default_factory=list)
    #: numbers of those that came by mail, for a form that went by mail
    by_mail: set[str] = field(default_factory=set)
    is_nil: bool = False
    answered_at: float = 0.0
    has_begun: bool = False


def chosen_rows(many: int) -> list[dict[str, str]]:
    """Return units file rows for ``many`` expected units: those of the sample, then more schools in every commune."""
    rows = list(csv.DictReader((DATA / "units.csv").read_text(encoding="utf-8-sig").splitlines()))
    first = [row for row in rows if row["key"] in ABOVE]
    rest = [row for row in rows if row["key"] not in ABOVE]
    return first + list(_in_turn(rest, many))


def _in_turn(rows: list[dict[str, str]], many: int) -> Iterator[dict[str, str]]:
    """Give each district one of its own in turn, parents before children, so that few units still are a tree."""
    parents = {row["key"]: row["parent_key"] for row in rows}

    def district(key: str) -> str:
        while key in parents and not key.startswith("ubnd-5"):
            key = parents[key]
        return key

    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(district(row["key"]), []).append(row)
    schools = [row for row in rows if row["kind"] in {"school_pre", "school_primary", "school_lower"}]
    given = 0
    queues = [iter(group) for group in groups.values()]
    while queues and given < many:
        for queue in list(queues):
            row = next(queue, None)
            if row is None:
                queues.remove(queue)
            elif given < many:
                given += 1
                yield row
    number = 2
    while given < many:
        for row in schools[: many - given]:
            given += 1
            yield {**row, "key": f"{row['key']}-{number}", "name": _numbered(row["name"], number), "is_real": "0"}
        number += 1


def _numbered(name: str, number: int) -> str:
    bare = name.removesuffix(" (mẫu)")
    return f"{bare} {number} (mẫu)"


def people_of(rows: list[dict[str, str]], turn: random.Random) -> dict[str, Person]:
    """Return who is reached at each unit: every tenth of those with mail looks after two to four; some have no mail."""
    people: dict[str, Person] = {}
    shared: tuple[Person, int] | None = None
    for n, row in enumerate(rows):
        if row["key"] in ABOVE:
            continue
        if shared and shared[1] and row["kind"] in _FEW_MAIL:
            people[row["key"]], shared = shared[0], (shared[0], shared[1] - 1)
            continue
        name = f"{turn.choice(_FAMILIES)} {turn.choice(_MIDDLES)} {turn.choice(_GIVEN)} (mẫu)"
        has_mail = row["kind"] not in _FEW_MAIL or turn.random() < 0.75
        person = Person(
            name=name, role="Đầu mối Tuần lễ", phone=f"0259 {n // 1000:03d} {n % 1000:03d}0",
            email=f"{row['key']}@{turn.choices(DOMAINS, [6, 3, 1])[0]}" if has_mail else "", is_in_charge=True,
        )  # fmt: skip
        people[row["key"]] = person
        if has_mail and row["kind"] in _FEW_MAIL and turn.random() < 0.08:
            shared = (person, turn.randint(1, 3))
    return people


def draw(row: dict[str, str], person: Person, turn: random.Random) -> Player:
    """Draw what a unit will do."""
    course = turn.choices(
        [Course.IN_TIME, Course.NIL, Course.LATE, Course.DRAFT, Course.SILENT, Course.EXCEPTION, Course.UNLOCKED],
        [70, 6, 10, 3, 8.4, 1.3, 1.3],
    )[0]
    days = {
        # Few at once, more after each reminder, most on the last days.
        Course.IN_TIME: turn.choices(range(1, 11), [6, 5, 10, 6, 4, 5, 12, 10, 14, 12])[0],
        Course.NIL: turn.choices([2, 6, 9, 10], [1, 2, 3, 3])[0],
        Course.LATE: 11,
        Course.DRAFT: turn.randint(2, 8),
        Course.EXCEPTION: EXCEPTION_ON,
        Course.UNLOCKED: UNLOCKED_ON,
    }
    day = days.get(course)
    faults = turn.choices([0, 1, 2], [84, 12, 4])[0] if course in {Course.IN_TIME, Course.LATE} else 0
    return Player(
        row["key"], row["name"], row["kind"], person.email, course,
        None if day is None else (day, 1 if day in {EXCEPTION_ON, UNLOCKED_ON} else turn.randint(0, 1)), faults,
        by_word=course is Course.IN_TIME and not faults and turn.random() < 0.09,
    )  # fmt: skip


def set_up(many: int, turn: random.Random) -> tuple[list[Player], list[tuple[str, str]]]:
    """Load the province, prepare the Week, seat the officers; return the units and the district officers' accounts."""
    rows = chosen_rows(many)
    for name in AREAS:
        units.load_areas((DATA / "areas" / name).read_text(encoding="utf-8-sig"))
    people = people_of(rows, turn)
    out = io.StringIO()
    written = csv.DictWriter(out, [*rows[0], "contact_name", "contact_role", "phone", "email"])
    written.writeheader()
    for row in rows:
        person = people.get(row["key"])
        told = (person.name, person.role, person.phone, person.email) if person else ("",) * 4
        written.writerow(row | dict(zip(("contact_name", "contact_role", "phone", "email"), told, strict=True)))
    checked = units.check(units.rows_of_csv(out.getvalue()))
    if checked.problems:
        raise RuntimeError(f"the bench's own units file: {checked.problems[:3]}")
    units.load_units(checked, by=SYSTEM, at=SET_UP_AT)
    campaign = _prepared()
    officers = _seated(campaign, rows)
    return [draw(row, people[row["key"]], turn) for row in rows if row["key"] in people], officers


def _prepared() -> Campaign:
    data = (DATA / PLAN).read_bytes()
    said = as_json(read_plan(read(data, PLAN)))
    campaign = campaigns.prepare_campaign(
        intake.campaign_draft(said, code=CODE), province=Unit.objects.get(key="ubnd-58"),
        coordinator=Unit.objects.get(key="so-gddt"), plan_file=keep(data, at=SET_UP_AT), by=SYSTEM, at=SET_UP_AT,
    )  # fmt: skip
    campaigns.correct_campaign(campaign, CORRECTIONS, by=SYSTEM, at=SET_UP_AT)
    return campaign


def _seated(campaign: Campaign, rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    coordinator = User.objects.create_user(COORDINATOR[0], name=COORDINATOR[1])
    accounts.give_seat(coordinator, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=SET_UP_AT)
    officers = []
    for row in rows:
        if row["kind"] == "district_committee":
            email, name = f"chuyen-vien-{row['key']}@huyen.example", f"Chuyên viên {row['name']}"
            user = User.objects.create_user(email, name=name)
            unit = Unit.objects.get(key=row["key"])
            accounts.give_seat(user, Role.OFFICER, unit=unit, by=SYSTEM, at=SET_UP_AT)
            officers.append((email, name))
    return officers
