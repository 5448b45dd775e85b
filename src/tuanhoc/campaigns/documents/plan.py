"""The plan (kế hoạch) set in the official layout from what the Week is.

The order and headings are those of the plan of 2022; what the Week does not hold has no heading, and the
numbers close up.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import BasisDraft, DutyDraft, PaperForm, PhaseDraft, week_name
from tuanhoc.lib.dates import HANOI, in_words, short
from tuanhoc.papers.values import Annex, OfficialDocument, Paragraph, Style

from .heads import ended, letterhead, numbered

#: the letters that number points (Decree 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6)
LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class PlanContents:
    """What a plan says, however it came to be known. None and blank: it does not say."""

    title: str
    year: int
    starts_on: dt.date
    ends_on: dt.date
    coordinator: str
    theme: str = ""
    opening_on: dt.date | None = None
    registration_closes_at: dt.datetime | None = None
    report_closes_at: dt.datetime | None = None
    report_to: str = ""
    #: aims and demands, a paragraph each
    purpose: tuple[str, ...] = ()
    bases: Sequence[BasisDraft] = field(default=())
    phases: Sequence[PhaseDraft] = field(default=())
    directions: Sequence[tuple[str, str]] = field(default=())
    duties: Sequence[DutyDraft] = field(default=())


def contents_of(campaign: Campaign, *, purpose: Sequence[str] = ()) -> PlanContents:
    """Return what a Week's plan would say. Four queries."""
    return PlanContents(
        title=campaign.title, year=campaign.year, starts_on=campaign.starts_on, ends_on=campaign.ends_on,
        coordinator=campaign.coordinator.name, theme=campaign.theme, opening_on=campaign.opening_on,
        registration_closes_at=campaign.registration_closes_at, report_closes_at=campaign.report_closes_at,
        report_to=campaign.report_to, purpose=tuple(purpose),
        bases=[
            BasisDraft(b.symbol, b.normalized, b.dated_on, b.issuer, b.stale)
            for b in campaign.legal_bases.order_by("pk")
        ],
        phases=[PhaseDraft(p.name, p.starts_on, p.ends_on) for p in campaign.phases.order_by("starts_on", "pk")],
        directions=[(d.clause, d.text) for d in campaign.directions.order_by("pk")],
        duties=[DutyDraft(d.clause, d.unit_words, d.text, d.due_on) for d in campaign.duties.order_by("pk")],
    )  # fmt: skip


def left_out(contents: PlanContents) -> list[BasisDraft]:
    """Return the bases the plan does not print: what no longer stands is no ground to stand on."""
    return [basis for basis in contents.bases if basis.stale]


def cited_though_stale(contents: PlanContents) -> list[tuple[str, BasisDraft]]:
    """Return (clause, basis) where a sentence of the plan still cites such a basis: printed as written."""
    texts = [*contents.directions, *((duty.clause, duty.text) for duty in contents.duties)]
    return [
        (clause, basis)
        for basis in left_out(contents)
        for clause, text in texts
        if basis.symbol in text or basis.normalized in text
    ]


def plan(contents: PlanContents, *, form: PaperForm, annexes: tuple[Annex, ...] = ()) -> OfficialDocument:
    """Lay out the plan; number and date are left open.

    :param annexes: the form units register on.
    """
    about = f"tổ chức {week_name(contents.title)}"
    sections = [
        ("Mục đích, yêu cầu", list(contents.purpose)),
        ("Chủ đề", [f"Chủ đề của Tuần lễ: {_quoted(contents.theme)}."] if contents.theme else []),
        ("Thời gian tổ chức", _days(contents)),
        ("Nội dung hoạt động", _directions(contents)),
        ("Tổ chức thực hiện", _duties(contents, is_attached=bool(annexes))),
    ]
    body = [Paragraph(_basis(basis), Style.BASIS) for basis in contents.bases if not basis.stale]
    body.append(Paragraph(f"{form.issuer} ban hành Kế hoạch {about} (sau đây gọi tắt là Tuần lễ), cụ thể như sau:"))
    for number, (heading, texts) in enumerate((s for s in sections if s[1]), start=1):
        body.append(Paragraph(f"{number}. {heading}", Style.HEADING))
        body += map(Paragraph, texts)
    body.append(Paragraph(_closing(contents, about=about, form=form)))
    document = OfficialDocument(
        letterhead=letterhead(form, year=contents.year),
        kind="KẾ HOẠCH",
        subject=f"{about[0].upper()}{about[1:]}",
        body=tuple(body),
        signature=form.signature,
        signer=form.signer,
        recipients=form.recipients,
        annexes=annexes,
        layout=form.layout,
    )
    return numbered(document, number="", issued_on=None)


def _closing(contents: PlanContents, *, about: str, form: PaperForm) -> str:
    if form.closing:
        return ended(form.closing)
    return (
        f"Trên đây là Kế hoạch {about}. Đề nghị các cơ quan, đơn vị liên quan nghiêm túc triển khai thực hiện. Trong "
        f"quá trình thực hiện, nếu có vướng mắc, đề nghị các cơ quan, đơn vị phản ánh về {contents.coordinator} "
        "để được hướng dẫn, phối hợp giải quyết./."
    )


def _quoted(theme: str) -> str:
    words = theme.strip(" .")
    return words if words.startswith("“") and words.endswith("”") else f"“{words}”"


#: part of a symbol -> type of document
_TYPES = {
    "QĐ": "Quyết định", "KH": "Kế hoạch", "TT": "Thông tư", "TTLT": "Thông tư liên tịch", "NĐ": "Nghị định",
    "NQ": "Nghị quyết", "CT": "Chỉ thị", "CTr": "Chương trình", "HD": "Hướng dẫn", "TB": "Thông báo", "KL": "Kết luận",
    "BC": "Báo cáo",
}  # fmt: skip


def _basis(basis: BasisDraft) -> str:
    tokens = re.split(r"[/-]", basis.normalized or basis.symbol)
    is_letter = re.fullmatch(r"\d+/[A-ZĐ]+(?:-[A-ZĐ]+)?", basis.symbol) is not None
    found = next((_TYPES[token] for token in tokens if token in _TYPES), "Công văn" if is_letter else "Văn bản")
    said = "Thực hiện" if found == "Công văn" else "Căn cứ"
    day = f" {in_words(basis.dated_on)}" if basis.dated_on else ""
    of = f" của {basis.issuer}" if basis.issuer else ""
    return f"{said} {found} số {basis.normalized or basis.symbol}{day}{of}"


def _days(contents: PlanContents) -> list[str]:
    first, last = short(contents.starts_on), short(contents.ends_on)
    when = f"trong ngày {first}" if first == last else f"từ ngày {first} đến ngày {last}"
    opening = contents.opening_on
    also = f", trong đó Lễ khai mạc Tuần lễ được tổ chức vào ngày {short(opening)}" if opening else ""
    texts = [f"Tuần lễ được tổ chức {when}{also}."]
    if contents.phases:
        texts.append("Các giai đoạn:")
        texts += _listed(
            [f"- {p.name}: từ ngày {short(p.starts_on)} đến ngày {short(p.ends_on)}" for p in contents.phases]
        )
    return texts


def _directions(contents: PlanContents) -> list[str]:
    if not contents.directions:
        return []
    tops = [clause for clause, _text in contents.directions if not _is_below(clause)]
    names = _lettered(len(tops))
    texts = ["Các cơ quan, đơn vị tổ chức các hoạt động phù hợp với điều kiện và tình hình thực tế, cụ thể như sau:"]
    for clause, text in contents.directions:
        texts.append(f"{'- ' if _is_below(clause) else next(names)}{text}")
    return texts


def _is_below(clause: str) -> bool:
    """Whether a clause stands under a point: ``4.b.1``, not ``4.b``."""
    return clause.count(".") > 1


def _duties(contents: PlanContents, *, is_attached: bool) -> list[str]:
    of_each: dict[str, list[DutyDraft]] = {}
    for duty in contents.duties:
        of_each.setdefault(duty.unit_words, []).append(duty)
    texts, names = [], _lettered(len(of_each))
    for whom, duties in of_each.items():
        texts.append(f"{next(names)}{whom}")
        texts += [f"{'- ' if len(duties) > 1 else ''}{_asked(duty)}" for duty in duties]
    return texts + _deadlines(contents, is_attached=is_attached)


def _asked(duty: DutyDraft) -> str:
    if duty.due_on is None or short(duty.due_on) in duty.text:
        return duty.text
    words = duty.text.rstrip(" ;.")
    return f"{words} (chậm nhất ngày {short(duty.due_on)}){duty.text[len(words) :].strip() or '.'}"


def _deadlines(contents: PlanContents, *, is_attached: bool) -> list[str]:
    texts, to = [], contents.coordinator
    if contents.registration_closes_at:
        on = " (theo mẫu tại Phụ lục)" if is_attached else ""
        until = _before(contents.registration_closes_at)
        texts.append(f"Các cơ quan, đơn vị đăng ký lịch hoạt động Tuần lễ{on} về {to} {until}.")
    if contents.report_closes_at:
        address = f" theo địa chỉ thư điện tử {contents.report_to}" if contents.report_to else ""
        texts.append(
            f"Kết thúc Tuần lễ, các cơ quan, đơn vị báo cáo kết quả bằng văn bản về {to}{address} "
            f"{_before(contents.report_closes_at)} để tổng hợp, báo cáo theo quy định."
        )
    return texts


def _before(closes_at: dt.datetime) -> str:
    """Return ``trước ngày 01/10/2022``, with the hour where it is not midnight."""
    local = closes_at.astimezone(HANOI)
    hour = f"{local:%H} giờ {local:%M} phút " if (local.hour, local.minute) != (0, 0) else ""
    return f"trước {hour}ngày {short(local.date())}"


def _lettered(count: int) -> Iterator[str]:
    """Yield the marks of ``count`` points: ``a) ``; dashes where there are more than letters."""
    return iter([f"{letter}) " for letter in LETTERS] if count <= len(LETTERS) else ["- "] * count)


def _listed(lines: Sequence[str]) -> list[str]:
    return [f"{line}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, start=1)]
