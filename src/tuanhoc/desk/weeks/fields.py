"""Which fields a Week has on the page, and what may be typed into them."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict

from tuanhoc.desk.forms import read_time
from tuanhoc.lib.dates import HANOI, NoSuchDay, day_start, read_day, short
from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import clean, without_controls
from tuanhoc.web.speech import last_minute

#: more duties than any plan has; a wall against runaway posts
MOST_ROWS = 300
LONGEST = 8_000
_ROW = re.compile(r"^(?P<kind>[dbtp])-(?P<n>\d{1,4})-(?P<part>[a-z]{1,12})$")
#: a number is in it, words may stand beside: ``0259 382 2022 (máy lẻ 12)``; numbers of the province may be short: 1022
_PHONE = re.compile(r"\d(?:[\s.\-–()]{0,3}\d){2,}")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name, label, the value of the reading it shows, and how long it may be."""

    name: str
    label: str
    said_as: str = ""
    hint: str = ""
    longest: int = 0
    is_long: bool = False
    required: bool = False
    is_day: bool = False


WEEK = (
    Spec("title", N_("Tên Tuần lễ"), "title", longest=300, is_long=True, required=True),
    Spec("theme", N_("Chủ đề"), "theme", longest=500, is_long=True),
    Spec("year", N_("Năm"), "year", longest=4, required=True),
    Spec("starts_on", N_("Từ ngày"), "starts_on", is_day=True, required=True),
    Spec("ends_on", N_("Đến hết ngày"), "ends_on", is_day=True, required=True),
    Spec("opening_on", N_("Ngày khai mạc"), "opening_on", is_day=True),
)
CLOSING = (
    Spec("registration_day", N_("Ngày cuối nhận đăng ký"), "registration_closes_at", is_day=True),
    Spec("registration_time", N_("Trước giờ (trống: hết ngày)"), "", "17:00"),
    Spec("report_day", N_("Ngày cuối nhận báo cáo"), "report_closes_at", is_day=True),
    Spec("report_time", N_("Trước giờ (trống: hết ngày)"), "", "17:00"),
    Spec("report_to", N_("Thư điện tử nhận báo cáo"), "report_to", "phonggdtx@…", longest=254),
)
HELP = (
    Spec("help_name", N_("Người hoặc phòng hỗ trợ"), longest=120),
    Spec("help_phone", N_("Điện thoại"), longest=40),
    Spec("help_hours", N_("Giờ trực"), "", N_("7:30–17:00, thứ Hai đến thứ Sáu"), longest=120),
)
PLACE = (
    Spec("province", N_("Tỉnh"), required=True),
    Spec("coordinator", N_("Đơn vị điều phối"), required=True),
    Spec("code", N_("Mã đợt (trong địa chỉ trang)"), "", "ninh-thuan-2022", longest=60, required=True),
)
#: A new edition's: the code of the one before it, and whether whoever coordinates that one coordinates this too.
EDITION = ("from", "seats")
#: Columns of a duty, a legal basis, a direction and a phase.
ROWS: Mapping[str, Sequence[Spec]] = {
    "d": (
        Spec("clause", N_("Mục"), longest=20),
        Spec("unit", N_("Đơn vị, như kế hoạch viết"), longest=300, is_long=True),
        Spec("text", N_("Nhiệm vụ"), longest=LONGEST, is_long=True, required=True),
        Spec("due", N_("Hạn"), is_day=True),
    ),
    "b": (
        Spec("normalized", N_("Số, ký hiệu"), "", "17/2022/TT-BTC", longest=120, required=True),
        Spec("dated", N_("Ngày ban hành"), "", is_day=True),
        Spec("issuer", N_("Cơ quan ban hành"), longest=200),
    ),
    "t": (
        Spec("clause", N_("Mục"), longest=20),
        Spec("text", N_("Nội dung"), longest=LONGEST, is_long=True, required=True),
    ),
    "p": (
        Spec("name", N_("Tên giai đoạn"), longest=200, required=True),
        Spec("first", N_("Từ ngày"), "", is_day=True, required=True),
        Spec("last", N_("Đến hết ngày"), "", is_day=True, required=True),
    ),
}
_OF_ROWS = {kind: {"drop", "symbol", *(spec.name for spec in specs)} for kind, specs in ROWS.items()}
#: After the opening: what may still change for everybody.
AFTER_OPENING = ("title", "theme", *(spec.name for spec in (*CLOSING, *HELP)))


def kept(post: QueryDict) -> dict[str, str]:
    """Return what was typed into known fields, as typed."""
    names = {*EDITION, *(spec.name for spec in (*WEEK, *CLOSING, *HELP, *PLACE))}
    typed = {}
    for name in post:
        row = _ROW.match(name)
        if name in names or (row and row["part"] in _OF_ROWS[row["kind"]] and int(row["n"]) < MOST_ROWS):
            typed[name] = without_controls(str(post[name]))[:LONGEST]
    return typed


def row_numbers(typed: Mapping[str, str], kind: str) -> list[int]:
    """Return the numbers of the rows of a kind that stand on the page, in order."""
    return sorted({int(row["n"]) for name in typed if (row := _ROW.match(name)) and row["kind"] == kind})


def moment(day: dt.date | None, time: dt.time | None) -> dt.datetime | None:
    """Return the first moment too late: the hour on the last day, or the end of that day."""
    if day is None:
        return None
    if time is None:
        return day_start(day + dt.timedelta(days=1))
    return dt.datetime.combine(day, time, HANOI)


def as_day_and_time(closes_at: dt.datetime | None) -> tuple[str, str]:
    """Return a deadline as the page's two fields: 01/10 00:00 is ("30/09/2022", "")."""
    if closes_at is None:
        return "", ""
    here = closes_at.astimezone(HANOI)
    if here.time() == dt.time():
        return short(here.date() - dt.timedelta(days=1)), ""
    return short(here.date()), f"{here:%H:%M}"


class Reader:
    """Reads typed fields and collects, by field, what could not be read."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self.typed = typed
        self.errors: dict[str, str] = {}
        year = clean(typed.get("year", ""))
        self.of_year = int(year) if year.isdecimal() and len(year) == 4 else 2000

    def given(self, name: str) -> str:
        return clean(self.typed.get(name, ""))

    def require(self, specs: Sequence[Spec], prefix: str = "") -> None:
        """Note required fields left blank, and words longer than their column."""
        for spec in specs:
            value = self.given(prefix + spec.name)
            if spec.required and not value:
                self.errors[prefix + spec.name] = N_("Cần điền.")
            elif spec.longest and len(value) > spec.longest:
                self.errors[prefix + spec.name] = N_("Dài quá mức nhận được. Vui lòng viết gọn lại.")

    def _parsed(self, name: str, read: Callable[[str], object], complaint: str) -> object:
        text = self.given(name)
        if not text:
            return None
        try:
            return read(text)
        except NoSuchDay:
            self.errors.setdefault(name, N_("Lịch không có ngày này. Vui lòng xem lại ngày và tháng."))
            return None
        except (ValueError, ValidationError):
            self.errors.setdefault(name, complaint)
            return None

    def day(self, name: str) -> dt.date | None:
        value = self._parsed(name, self._a_day, N_("Ngày chưa đọc được, ví dụ 03/10/2022."))
        return value if isinstance(value, dt.date) else None

    def _a_day(self, text: str) -> dt.date:
        return read_day(text, year=self.of_year)

    def closing(self, name: str) -> dt.datetime | None:
        """Return the deadline of ``{name}_day`` and ``{name}_time``."""
        day = self.day(f"{name}_day")
        time = self._parsed(f"{name}_time", read_time, N_("Giờ chưa đọc được, ví dụ 17:00."))
        if time is not None and day is None and f"{name}_day" not in self.errors:
            self.errors[f"{name}_day"] = N_("Vui lòng điền cả ngày.")
        return moment(day, time if isinstance(time, dt.time) else None)

    def year(self) -> int:
        text = self.given("year")
        if not (text.isdecimal() and 2000 <= int(text) <= 2100):
            self.errors.setdefault("year", N_("Năm gồm bốn chữ số, ví dụ 2022."))
            return self.of_year
        return int(text)

    def address(self, name: str) -> str:
        self._parsed(name, validate_email, N_("Địa chỉ thư chưa đúng, ví dụ phong@tinh.edu.vn."))
        return self.given(name)

    def phone(self, name: str) -> str:
        self._parsed(name, _a_phone, N_("Số điện thoại chưa đúng, ví dụ 0259 382 2022."))
        return self.given(name)

    def code(self) -> str:
        if not _CODE.fullmatch(self.given("code")):
            self.errors.setdefault("code", N_("Chỉ dùng chữ thường không dấu, số và dấu gạch ngang."))
        return self.given("code")


def _a_phone(text: str) -> str:
    if not _PHONE.search(text):
        raise ValueError(text)
    return text


def in_words(typed: Mapping[str, str], name: str) -> str:
    """Return ``đến hết 23:59 ngày 30/9/2022`` of the two fields of a deadline; blank while unreadable."""
    closes_at = Reader(typed).closing(name)
    return last_minute(closes_at) if closes_at else ""
