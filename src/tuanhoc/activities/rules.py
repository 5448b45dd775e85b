"""Pure decisions about activities: the draft of a row, its warnings, the receipt's digest."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from difflib import SequenceMatcher

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.text import clean, fold
from tuanhoc.papers.values import MARK

from .alignment import RowChange as RowChange  # noqa: PLC0414 - given on through this door
from .alignment import continued as continued  # noqa: PLC0414 - as above
from .alignment import row_differences as row_differences  # noqa: PLC0414 - as above

#: The states of a registration that are a reply, by their codes: handed in, accepted, "nothing to register". A draft
#: is none; nor is what was given back, until it comes again: its unit is asked for it as one that has answered once,
#: never as a silent one. Every page, letter and paper counts by this.
REPLIES = frozenset({"submitted", "accepted", "nil"})
GIVEN_BACK = "returned"


def has_replied(state: str | None) -> bool:
    """Whether a registration in this state is a reply; None: nothing was begun.

    >>> has_replied("nil"), has_replied("returned"), has_replied("draft"), has_replied(None)
    (True, False, False, False)
    """
    return state in REPLIES


@dataclass(frozen=True, slots=True)
class ActivityDraft:
    """One row as entered: by web form, Word or Excel alike. Absent moments are None, absent words ""."""

    held_on: dt.date | None = None
    ends_on: dt.date | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    part_of_day: str = ""
    place: str = ""
    content: str = ""
    note: str = ""
    form: str = ""
    link: str = ""
    audience: str = ""
    audience_groups: tuple[str, ...] = field(default=())
    expected_people: int | None = None
    host: str = ""
    contact: str = ""
    contact_is_public: bool = False
    area_id: int | None = None
    fee: str = ""
    is_public: bool = True
    source: str = ""
    #: what was typed into a field and could not be read, kept until somebody mends it: (field, words)
    unread: tuple[tuple[str, str], ...] = ()

    def is_blank(self) -> bool:
        """Whether nobody wrote anything in it: a pre-printed day alone is not content."""
        words = (self.place, self.content, self.note, self.host, self.audience, self.contact, self.link, self.fee)
        return not (
            any(words) or self.unread or self.starts_at or self.ends_at or self.part_of_day or self.expected_people
        )


#: How a row says that it was copied from an earlier Week and nobody has looked at it since: ``chép từ 2022``.
COPIED = "chép từ "


def copied_from(source: str) -> int | None:
    """Return the year a row was copied from, None when it was not.

    >>> copied_from("chép từ 2022"), copied_from("Bảng 1, dòng 3")
    (2022, None)
    """
    year = source.removeprefix(COPIED)
    return int(year) if source.startswith(COPIED) and year.isascii() and year.isdecimal() and len(year) == 4 else None


_LINK_IN_WORDS = re.compile(
    r"https?://\S|\bwww\.\w|\b(?:zoom\.us|meet\.google\.com|teams\.microsoft\.com)\b", re.IGNORECASE
)


def has_link_in_words(row: ActivityDraft) -> bool:
    """Whether an address of the web stands among the words of a row, where it is copied with them.

    >>> has_link_in_words(ActivityDraft(content="Diễn đàn tại https://hop.example/tinhdoan"))
    True
    """
    return any(_LINK_IN_WORDS.search(words) for words in (row.content, row.place, row.note))


def keep_mark(row: ActivityDraft, standing: Collection[ActivityDraft]) -> ActivityDraft:
    """Return the row with its mark of a copy only as long as it is, word for word, one of those standing."""
    if copied_from(row.source) is None or bare(row) in {bare(other) for other in standing}:
        return row
    return replace(row, source="")


def bare(row: ActivityDraft) -> ActivityDraft:
    """Return the row without what the house adds to it by itself: its area, and the groups its words name."""
    return replace(row, audience_groups=(), area_id=None)


#: What to say of a field that could not be read.
UNREAD: Mapping[str, str] = {
    "held_on": N_("Ngày chưa đọc được, ví dụ 03/10/2022."),
    "ends_on": N_("Ngày kết thúc chưa đọc được, ví dụ 05/10/2022."),
    "starts_at": N_("Giờ bắt đầu chưa đọc được, ví dụ 07:30."),
    "ends_at": N_("Giờ kết thúc chưa đọc được, ví dụ 09:00."),
    "link": N_("Đường dẫn chưa đúng, ví dụ https://meet.google.com/…"),
    "expected_people": N_("Số người dự kiến cần là một số."),
    "contact": N_("Phần liên hệ dài hơn mức nhận được: vui lòng rút gọn."),
}


def with_a_web_link(row: ActivityDraft) -> ActivityDraft:
    """Return the row with a link that leads to a page, or none: anything else stands as words in its note.

    Pages and calendars make links of links, and a form may hold ``javascript:`` for one.
    """
    if not row.link or row.link.lower().startswith(("https://", "http://")):
        return row
    return replace(row, link="", note="\n".join(filter(None, (row.note, row.link))))


#: Who an activity is for: code -> words on screen.
AUDIENCES: Mapping[str, str] = {
    "children": N_("Thiếu nhi"),
    "students": N_("Học sinh, sinh viên"),
    "parents": N_("Phụ huynh"),
    "elderly": N_("Người cao tuổi"),
    "workers": N_("Công nhân, người lao động"),
    "farmers": N_("Nông dân"),
    "women": N_("Phụ nữ"),
    "teachers": N_("Giáo viên, cán bộ"),
    "everyone": N_("Mọi người"),
}

_AUDIENCE_WORDS = (
    ("children", r"thieu nhi|mam non|tre em|tieu hoc|cac chau|be "),
    ("students", r"hoc sinh|sinh vien|hoc vien|doan vien|thanh nien"),
    ("parents", r"phu huynh|cha me|ba me"),
    ("elderly", r"cao tuoi|huu tri|cuu chien binh|nguoi gia"),
    ("workers", r"cong nhan|nguoi lao dong|doan vien cong doan"),
    ("farmers", r"nong dan|trong trot|chan nuoi|nong nghiep|trong nho"),
    ("women", r"phu nu|hoi vien phu nu"),
    ("teachers", r"giao vien|can bo|cong chuc|vien chuc|nha giao"),
    ("everyone", r"nhan dan|nguoi dan|moi nguoi|cong dong|toan dan|quan chung"),
)


def audience_groups(*words: str) -> tuple[str, ...]:
    """Return the groups that the row's own words name; none when they name nobody."""
    text = fold(" ".join(words)) + " "
    return tuple(code for code, pattern in _AUDIENCE_WORDS if re.search(rf"\b(?:{pattern})", text))


def place_in_words(form: str, place: str) -> str:
    """Return the place as the paper prints it: of what is held online it says so, which the screen asks apart.

    >>> place_in_words("online", "")
    'Trực tuyến'
    """
    # A place that says "trực tuyến" in the unit's own words, as one read back from the paper, says it once.
    if form not in {"online", "both"} or "truc tuyen" in fold(place):
        return place
    if form == "both":
        return f"{place} và trực tuyến" if place else "Trực tiếp và trực tuyến"
    return f"Trực tuyến, {place}" if place else "Trực tuyến"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something about a row worth a second look. Never blocks a draft."""

    code: str
    text: str


def warnings(row: ActivityDraft, *, windows: Sequence[tuple[dt.date, dt.date]]) -> list[Warned]:
    """Return what a careful colleague would ask about this row.

    :param windows: first and last days of the Week and of its phases.
    """
    day, unread = row.held_on, dict(row.unread)
    outside = day is not None and not _in(day, windows)
    wrong_year = outside and day is not None and any(_in(other, windows) for other in _in_years_of(day, windows))
    found = [
        *((True, "unread", UNREAD[name]) for name in unread if name in UNREAD),
        (day is None and "held_on" not in unread, "no_date", N_("Chưa có ngày.")),
        (wrong_year, "wrong_year", N_("Năm khác với năm của Tuần lễ, có lẽ viết nhầm: xin kiểm tra lại.")),
        (outside and not wrong_year, "outside_week", N_("Ngày nằm ngoài Tuần lễ: vẫn nhận, xin kiểm tra lại.")),
        (copied_from(row.source) is not None, "copied", N_("Chép từ năm trước, xin kiểm tra lại.")),
        (
            copied_from(row.source) is not None and has_link_in_words(row),
            "old_link",
            N_("Trong câu chữ còn đường dẫn của năm trước: xin thay đường dẫn mới hoặc bỏ đi."),
        ),
        (not row.content, "no_content", N_("Chưa có nội dung.")),
        (not row.place and row.form != "online", "no_place", N_("Chưa có địa điểm.")),
        (
            row.form in {"online", "both"} and not row.link,
            "no_link",
            N_("Chưa có đường dẫn tham gia: có thể bổ sung sau."),
        ),
        (
            row.starts_at is not None and row.ends_at is not None and row.ends_at <= row.starts_at
            and row.ends_on in {None, row.held_on},
            "bad_time",
            N_("Giờ kết thúc trước giờ bắt đầu."),
        ),
    ]  # fmt: skip
    return [Warned(code, text) for wrong, code, text in found if wrong]


def _in(day: dt.date, windows: Sequence[tuple[dt.date, dt.date]]) -> bool:
    return any(first <= day <= last for first, last in windows)


def _in_years_of(day: dt.date, windows: Sequence[tuple[dt.date, dt.date]]) -> list[dt.date]:
    years = {moment.year for window in windows for moment in window} - {day.year}
    # 29 February has no like in most years.
    return [] if (day.month, day.day) == (2, 29) else [day.replace(year=year) for year in years]


def canonical(rows: Iterable[ActivityDraft]) -> str:
    """Return the canonical JSON of submitted rows: sorted keys, no spaces, ISO days and times."""
    return json.dumps([frozen(row) for row in rows], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def frozen(row: ActivityDraft) -> dict[str, object]:
    """Return a row as plain JSON values."""
    return {
        name: value.isoformat()
        if isinstance(value, dt.date | dt.time)
        else list(value)
        if isinstance(value, tuple)
        else value
        for name, value in asdict(row).items()
    }


def key_of(row: ActivityDraft) -> tuple[str, ...]:
    """Return the words by which a row is known again: what, then where and when."""
    return tuple(str(value or "") for value in (row.content, row.place, row.held_on, row.starts_at, row.note))


def row_changes(before: Sequence[ActivityDraft], after: Sequence[ActivityDraft]) -> list[dict[str, object]]:
    """Return what became of the rows of a registration, for the journal: ``what`` is changed, added or removed.

    ``row`` counts as people do, in the new order (a lost row's in the old); ``before`` and ``after`` hold only the
    fields that differ, as plain JSON, and are empty where there was, or is, no row. Rows that merely moved in the
    list are not told of.
    """
    old, new = [_told(row) for row in before], [_told(row) for row in after]
    keys = [[json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows] for rows in (old, new)]
    changes: list[dict[str, object]] = []
    for tag, first, last, begin, end in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for offset in range(max(last - first, end - begin)):
            is_old, is_new = first + offset < last, begin + offset < end
            was, now = old[first + offset] if is_old else {}, new[begin + offset] if is_new else {}
            fields = [name for name in {**was, **now} if was.get(name) != now.get(name)]
            changes.append({
                "what": "changed" if is_old and is_new else "added" if is_new else "removed",
                "row": (begin if is_new else first) + offset + 1,
                "before": {name: was[name] for name in fields if name in was},
                "after": {name: now[name] for name in fields if name in now},
            })  # fmt: skip
    return changes


#: follow from the others, or from where the row came
_NOT_TOLD = frozenset({"audience_groups", "area_id", "source", "unread"})


def _told(row: ActivityDraft) -> dict[str, object]:
    usual = frozen(ActivityDraft())
    return {k: v for k, v in frozen(row).items() if k not in _NOT_TOLD and v != usual[k]}


def receipt_digest(rows: Iterable[ActivityDraft]) -> str:
    """Return the SHA-256 of the canonical JSON of the submitted rows, in hex."""
    return hashlib.sha256(canonical(rows).encode("utf-8")).hexdigest()


#: What people type who look for a form. In person is what everybody expects: nobody asks for it by name.
_FORM_WORDS: Mapping[str, str] = {"online": "trực tuyến online", "both": "trực tuyến online"}


def search_texts(row: ActivityDraft, unit_name: str) -> tuple[str, str]:
    """Return (folded, marked) words for search: content, place, host, audience, note, the unit's name and the form."""
    form = _FORM_WORDS.get(row.form, "")
    text = clean(" ".join((row.content, row.place, row.host, row.audience, row.note, unit_name, form)))
    return fold(text), text.lower()


def annex_mark(number: int, cells: Sequence[str], *, has_time: bool, link: str) -> str:
    """Return the bookmark of a row of the annex: the digest of its words, and how they are to be read back.

    ``t``: its content begins with the hours; ``a``: its note ends in the link, which stands there for itself;
    ``s``: the link is said within the note. Who types over the row makes the digest wrong, and the mark worthless.

    :param cells: day, place, content and note as printed.
    """
    last = cells[-1].rsplit("\n", 1)[-1]
    how = ("t" if has_time else "") + ("" if not link else "a" if last == link else "s")
    return f"{MARK}{number}_{_digest_of(cells)}{f'_{how}' if how else ''}"


def how_marked(mark: str, cells: Sequence[str]) -> str | None:
    """Return how a row of the annex is to be read; None when it is no longer the row that was printed."""
    found = re.fullmatch(rf"{MARK}\d+_([0-9a-f]{{16}})(?:_([tas]+))?", mark)
    return (found[2] or "") if found and found[1] == _digest_of(cells) else None


def _digest_of(cells: Sequence[str]) -> str:
    # Lines and spaces, which programs set as they like, are not the words.
    said = "\x1f".join("\n".join(lines_of(cell)) for cell in cells)
    return hashlib.sha256(said.encode("utf-8", "ignore")).hexdigest()[:16]


def lines_of(text: str) -> list[str]:
    """Return the written lines of a text, each with single spaces.

    >>> lines_of("Khai  mạc \\n\\n Hội sách")
    ['Khai mạc', 'Hội sách']
    """
    return [line for line in map(clean, text.splitlines()) if line]
