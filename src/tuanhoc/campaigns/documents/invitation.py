"""The invitation to the opening ceremony (giấy mời), as form 1.7 of Decree 30/2020/NĐ-CP sets it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.lib.dates import in_words, weekday
from tuanhoc.papers.values import Letters, OfficialDocument, Paragraph

from .heads import letterhead

#: room to write by hand what is not known yet
_OPEN = "." * 40


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the coordinator decides of the ceremony; blank stays open on paper."""

    held_on: dt.date | None = None
    starts_at: dt.time | None = None
    place: str = ""
    chaired_by: str = ""
    content: str = ""
    #: who is asked to come, a line each; nobody named: all units of the Week
    guests: tuple[str, ...] = ()
    #: what guests should know: a line each
    notes: tuple[str, ...] = ()


def invitation(asked: Invitation, *, title: str, year: int, form: PaperForm) -> OfficialDocument:
    """Lay out one invitation for all that are asked; number and date are left open.

    :param title: ``Tuần lễ hưởng ứng học tập suốt đời năm 2022``.
    """
    guests = asked.guests or ("Đại diện các cơ quan, đơn vị tham gia Tuần lễ",)
    lines = [_invited(form.issuer, guests[0]) if len(guests) == 1 else f"{form.issuer} trân trọng kính mời:"]
    lines += _ended([f"- {guest}" for guest in guests]) if len(guests) > 1 else []
    lines.append(f"Tới dự Lễ khai mạc {title}.")
    lines += [f"Nội dung: {_stopped(asked.content)}"] if asked.content else []
    lines += [
        f"Chủ trì: {_stopped(asked.chaired_by or _OPEN)}",
        f"Thời gian: {_when(asked)}.",
        f"Địa điểm: {_stopped(asked.place or _OPEN)}",
        *map(_stopped, asked.notes),
        f"{form.issuer} rất mong đại biểu tới dự./.",
    ]
    return OfficialDocument(
        letterhead=letterhead(form, year=year),
        kind="GIẤY MỜI",
        subject=f"Dự Lễ khai mạc {title}",
        body=tuple(map(Paragraph, lines)),
        signature=form.signature,
        signer=form.signer,
        recipients=("Như thành phần mời", *form.recipients),
        layout=form.layout,
    )


def addressed_to_each(document: OfficialDocument, names: Iterable[str]) -> Letters:
    """Return the invitation once for each of ``names``, in place of its list of guests."""
    issuer = document.letterhead.issuer
    texts = [block.text if isinstance(block, Paragraph) else "" for block in document.body]
    rest = document.body[next(n for n, text in enumerate(texts) if text.startswith("Tới dự ")) :]
    recipients = ("Như trên", *(name for name in document.recipients if name != "Như thành phần mời"))
    return Letters(
        tuple(
            replace(document, body=(Paragraph(_invited(issuer, name)), *rest), recipients=recipients) for name in names
        )
    )


def _invited(issuer: str, guest: str) -> str:
    return f"{issuer} trân trọng kính mời: {_stopped(guest)}"


def _when(asked: Invitation) -> str:
    hour = f"{asked.starts_at:%H} giờ {asked.starts_at:%M} phút" if asked.starts_at else "..... giờ ..... phút"
    if asked.held_on is None:
        return f"{hour}, ngày ..... tháng ..... năm ........"
    return f"{hour}, {weekday(asked.held_on)}, {in_words(asked.held_on)}"


def _stopped(text: str) -> str:
    return text if text.endswith(_OPEN) else f"{text.rstrip(' ;.')}."


def _ended(lines: Sequence[str]) -> list[str]:
    return [f"{line.rstrip(' ;.')}{'.' if n == len(lines) else ';'}" for n, line in enumerate(lines, start=1)]
