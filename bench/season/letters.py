"""What units send by mail: their Word form, right or wrong in the ways that people get it wrong."""

import datetime as dt
import random
from collections.abc import Collection, Sequence
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from tests.form_files import word_form
from tests.mails import DOCX

from tuanhoc.activities.documents.annex import registration_annex
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.tests.drawn_pdf import saved, scanned
from tuanhoc.web import clock

from .mailbox import ADDRESS, Mailbox
from .world import Course, Kind, Player

Rows = Sequence[dict[str, str]]
#: of a hundred first mails
SHARES = {
    Kind.GOOD: 50, Kind.TWICE: 10, Kind.UNKNOWN: 8, Kind.WORDS: 6,
    Kind.EMPTY: 6, Kind.OUTSIDE: 8, Kind.RENAMED: 4, Kind.PHOTO: 3, Kind.REPLY: 5,
}  # fmt: skip
#: of a hundred units, those that send their form by mail
BY_MAIL = 25


def choose(players: Sequence[Player], bad: Collection[str], turn: random.Random) -> None:
    """Let a share of the units send their form by mail; each kind of mail comes up, however few they are.

    Those whose mailbox takes no mail (``bad``) do not; what is late is right at once, since its sheet is shut next day.
    """
    may = [p for p in players if p.email and p.email.lower() not in bad and not p.by_word
           and p.course in {Course.IN_TIME, Course.LATE}]  # fmt: skip
    turn.shuffle(may)
    chosen = may[: len(players) * BY_MAIL // 100]
    every = [*SHARES, *turn.choices(list(SHARES), list(SHARES.values()), k=len(chosen))]
    kinds = iter(every)
    for player in sorted(chosen, key=lambda p: p.course is Course.LATE):
        player.mail_kind = Kind.GOOD if player.course is Course.LATE else next(kinds)
        if player.mail_kind is not Kind.GOOD:
            player.faults = 0


def send(mailbox: Mailbox, player: Player, rows: Rows, kind: Kind) -> None:
    """Send what the unit sends; noted is the kind of it and when it came."""
    player.mailed_at.append(clock.now())
    raw = _mail(player, kind, _attached(player, rows, kind), _words(player, rows, kind)).as_bytes()
    for _time in range(2 if kind is Kind.TWICE else 1):
        mailbox.take(raw, kind.value, player.key)


def _name(player: Player, kind: Kind, number: int) -> str:
    """Return the file's name, by which the unit's key is found again."""
    ending = "jpg" if kind is Kind.PHOTO else "docx"
    return f"Lich {player.key} {number}.{ending}"


def _attached(player: Player, rows: Rows, kind: Kind) -> tuple[str, bytes] | None:
    name = _name(player, kind, len(player.mailed_at))
    if kind in {Kind.REPLY, Kind.WORDS}:
        return None
    if kind is Kind.PHOTO:
        return name, _photo(player, rows)
    if kind is Kind.RENAMED:
        # The first bytes of Word 97's container and nothing that any program could open.
        return name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + f"{player.name}".encode("utf-16-le") * 40
    if kind is Kind.EMPTY:
        return name, word_form(player.name, [(f"{day:02d}/10", "", "", "") for day in range(1, 8)])
    if kind is Kind.OUTSIDE:
        rows = [row | {"held_on": row["held_on"].replace("/10/", "/11/")} for row in rows]
    if len(rows) % 2:
        lines = [(r["held_on"], r["place"], f"{r['starts_at']}: {r['content']}", "") for r in rows]
        return name, word_form(player.name, lines)
    return name, to_docx(
        registration_annex(unit_name=player.name, year=2022, rows=[_draft(row) for row in rows], submission=None)
    )


def _draft(row: dict[str, str]) -> ActivityDraft:
    day, month, year = map(int, row["held_on"].split("/"))
    hour, minute = map(int, row["starts_at"].split(":"))
    return ActivityDraft(
        held_on=dt.date(year, month, day), starts_at=dt.time(hour, minute), place=row["place"], content=row["content"]
    )


def _photo(player: Player, rows: Rows) -> bytes:
    lines = [(str(n), r["held_on"], r["place"], r["content"], "") for n, r in enumerate(rows, start=1)]
    return saved(scanned(*lines, unit=player.name, size=(1700, 700), widths=(60, 180, 600, 700, 100)))


def _words(player: Player, rows: Rows, kind: Kind) -> str:
    if kind is Kind.REPLY:
        return "Đơn vị đã nhận được công văn, sẽ gửi lịch sau."
    if kind is Kind.WORDS:
        lines = [f"- Ngày {r['held_on']}, {r['starts_at']}, tại {r['place']}: {r['content']}" for r in rows]
        return "\n".join(["Kính gửi Sở, đơn vị đăng ký như sau:", f"Đơn vị: {player.name}", *lines])
    return f"Kính gửi Sở, {player.name} gửi lịch đăng ký Tuần lễ."


def _mail(player: Player, kind: Kind, file: tuple[str, bytes] | None, words: str) -> EmailMessage:
    message = EmailMessage()
    sender = f"{player.key}.moi@hop-thu-rieng.example" if kind is Kind.UNKNOWN else player.email
    message["From"], message["To"], message["Subject"] = sender, ADDRESS, f"Lịch đăng ký Tuần lễ: {player.name}"
    message["Date"], message["Message-ID"] = format_datetime(clock.now()), make_msgid(domain="mau.example")
    message.set_content(words)
    if file:
        main, sub = ("image", "jpeg") if kind is Kind.PHOTO else DOCX
        message.add_attachment(file[1], maintype=main, subtype=sub, filename=file[0])
    return message
