"""What was read, held against the truth: rows, lost words, confidence."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from tuanhoc.intake.form import FormReading, Row, Window, read_form
from tuanhoc.papers.reading import read

from .files import cells, lines, written
from .paper import Paper

#: Words that say when, of the form's print, or in front of a list: what they say is in a row's days and hours.
_WHEN = """suốt ngày tháng năm thứ hai ba tư sáu bảy chủ nhật cn sáng chiều tối buổi cả tuần lễ trong từ đến h g giờ nt
như trên hằng và các vào lúc t2 t3 t4 t5 t6 t7 h30 h00 g30 g00"""
_SAYS_WHEN = set(_WHEN.split())
#: Words in front of what they announce, which say nothing in a line of their own.
_ANNOUNCE = "tại thời gian địa điểm thành phần đơn vị tên cơ quan đăng ký ubnd huyện phố tai sang hoặc sở ngành"
_LABELS = set(_ANNOUNCE.split())
_DAY_OR_HOUR = re.compile(r"\d{1,6}|\d{1,2}[hg]\d{0,2}|[ivx]+|[a-z]")


@dataclass
class Score:
    """Sums over many papers."""

    true: int = 0
    given: int = 0
    right: int = 0
    sure: int = 0
    sure_wrong: int = 0
    right_unsure: int = 0
    cells: int = 0
    units: int = 0
    units_right: int = 0
    lost: list[tuple[str, str, list[str]]] = field(default_factory=list)
    wrong: list[tuple[Paper, list[tuple[str, str, str]], list[Row]]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.true + self.given) if self.true + self.given else 1.0


def score(papers: list[Paper], window: Window) -> Score:
    """Read every paper and add up how far the reading is the truth."""
    total = Score()
    for paper in papers:
        _add(total, paper, read_form(read(written(paper), paper.name), window))
    return total


def _add(total: Score, paper: Paper, reading: FormReading) -> None:
    left = Counter(_told(t.days, t.place, t.content) for t in paper.truth)
    total.true += len(paper.truth)
    total.given += len(reading.rows)
    wrong: list[Row] = []
    for row in reading.rows:
        told = _told(days_of(row), row.place, row.content)
        sure = row.confidence >= 0.9
        total.sure += sure
        if left[told]:
            left[told] -= 1
            total.right += 1
            total.right_unsure += not sure
        else:
            total.sure_wrong += sure
            wrong.append(row)
    if wrong or +left:
        total.wrong.append((paper, sorted((+left).elements()), wrong))
    if paper.unit:
        total.units += 1
        total.units_right += _plain(reading.organisation or "").lower() == _plain(paper.unit).lower()
    _look_for_words(total, paper, reading)


def _told(days: str, place: str, content: str) -> tuple[str, str, str]:
    return days, _plain(place), _plain(content)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip(" .;,")


def days_of(row: Row) -> str:
    if row.date_from is None or row.date_to is None:
        return "-"
    first, last = f"{row.date_from:%d/%m}", f"{row.date_to:%d/%m}"
    return first if first == last else f"{first}-{last}"


def texts_of(reading: FormReading) -> list[str]:
    """Return all words of a reading: its rows, what was left unplaced, and the unit."""
    texts = [loose.text for loose in reading.unplaced] + [reading.organisation or ""]
    for row in reading.rows:
        beside = (row.host, row.audience, row.contact, row.link)
        texts += [row.place, row.content, row.note, *(text or "" for text in beside)]
    return texts


def _look_for_words(total: Score, paper: Paper, reading: FormReading) -> None:
    """Look for every word of every cell, as often as it stands there, among rows and what was left unplaced."""
    texts = texts_of(reading)
    kept = Counter(word for text in texts for word in _words(text))
    for text in cells(paper):
        total.cells += 1
        _look_for(text, kept, _SAYS_WHEN, paper, total)
    for text in lines(paper):
        _look_for(text, kept, _SAYS_WHEN | _LABELS, paper, total)


def _look_for(text: str, kept: Counter[str], said_otherwise: set[str], paper: Paper, total: Score) -> None:
    asked = [word for word in _words(text) if word not in said_otherwise and not _DAY_OR_HOUR.fullmatch(word)]
    lost = [word for word in asked if not kept[word]]
    kept.subtract(asked)
    if lost:
        total.lost.append((paper.shape, text, lost))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
