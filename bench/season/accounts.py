"""Every mail that came in is accounted for: a registration, a question to the unit, or something that lies visible."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tuanhoc.activities.models import Activity, Submission
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.actions.bouncing import CAME_BACK
from tuanhoc.notices.models import ClosedAddress, Message
from tuanhoc.notices.post import message_id_of

from .mailbox import Put
from .play import CALLS_ON, EXTENDED_TO, Season
from .world import DAYS, Player

Found = tuple[str, list[str]]


def run(season: Season) -> Iterator[Found]:
    """Yield what must hold of mail, and what does not."""
    yield from _mails(season)
    yield from _rows(season)
    yield from _reports(season)
    yield from _lateness(season)


def _bare(message_id: str) -> str:
    return message_id.strip().strip("<>")


def fates(season: Season) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Return (kind of mail, what became of it) -> how many, and what became of none of the three."""
    rows: dict[str, list[MailMessage]] = defaultdict(list)
    for mail in MailMessage.objects.prefetch_related("forms__registration__host__unit"):
        rows[_bare(mail.message_id)].append(mail)
    told: Counter[tuple[str, str]] = Counter()
    wrong = []
    for put in {put.message_id: put for put in season.mailbox.put}.values():
        found = rows.get(_bare(put.message_id), [])
        fate = _fate(season, put, found[0]) if len(found) == 1 else ""
        told[put.what, fate or "LOST"] += 1
        wrong += [] if fate else [f"{put.what} of {put.key}: {[(m.state, m.why) for m in found] or 'not here'}"]
    return told, wrong


def _fate(season: Season, put: Put, mail: MailMessage) -> str:
    if put.what == "report":
        return "read" if mail.state in {"no_form", "read"} else ""
    if mail.state in {"no_form", "unreadable"}:
        return "listed without a form"
    forms = list(mail.forms.all())
    confirmed = [form for form in forms if form.state == FormFile.State.CONFIRMED]
    if confirmed and all(f.registration and f.registration.host.unit.key == put.key for f in confirmed):
        return "a registration"
    if forms and any(form.state in {"read", "unreadable"} for form in forms):
        return "waits in the inbox"
    if forms and all(form.state == "set_aside" for form in forms) and put.key in season.clerk.to_ask:
        return "a question to the unit"
    if forms and all(form.state == "set_aside" for form in forms) and _has_answered(season, put.key):
        return "put aside, the unit's schedule is in by another way"
    return ""


def reminded_while_waiting(season: Season) -> int:
    """Return how many reminders named a unit that had sent its form by mail and had no receipt yet."""
    sent = {put.key: put.at for put in reversed(season.mailbox.put) if put.key}
    found = 0
    for player in season.players:
        if player.key in sent:
            until = player.receipts[0][2] if player.receipts else float("inf")
            found += sum(
                each.is_reminder and sent[player.key] < each.at < until and player.name in " ".join(each.body.split())
                for each in season.post.to(player.email)
            )
    return found


def _has_answered(season: Season, key: str) -> bool:
    return any(player.key == key and player.receipts for player in season.players)


def _mails(season: Season) -> Iterator[Found]:
    _told, wrong = fates(season)
    yield f"each of {len(season.mailbox.messages)} mails is here once and accounted for", wrong
    yield "each mail bears our mark in its mailbox", season.mailbox.unmarked()
    many = MailMessage.objects.count()
    yield (
        "no mail is here that nobody sent",
        [] if many == len(season.mailbox.messages) else [f"{many} rows for {len(season.mailbox.messages)} mails"],
    )
    yield "every delivery report reached the mailbox", season.post.reports_lost


def _rows(season: Season) -> Iterator[Found]:
    """Say that what a unit wrote stands in its registration, row by row."""
    there: dict[str, set[str]] = defaultdict(set)
    for key, content in Activity.objects.values_list("registration__host__unit__key", "content"):
        there[key].add(" ".join(content.split()))
    by_mail = [p for p in season.players if p.mailed_at]
    yield (
        "every row of a form that came by mail stands in its unit's registration",
        [f"{p.key}: {row['content']}" for p in by_mail if p.receipts for row in season.units.rows_of(p)
         if row["content"] not in there[p.key]],
    )  # fmt: skip
    yield "every unit that sent its form by mail had its receipt", [p.name for p in by_mail if not p.receipts]


def says_it_came_back(row: Message) -> bool:
    """Whether a row says that its letter was given back; one that was not needed any more then still does."""
    return row.state in {"failed", "dropped"} and CAME_BACK.partition("%")[0].strip() in row.failed_because


def _reports(season: Season) -> Iterator[Found]:
    back = season.post.comes_back
    given_back = {letter.message_id for letter in season.post.taken if letter.to in back}
    rows = {message_id_of(row): row for row in Message.objects.filter(to__in=_spellings(season, back))}
    yield (
        f"each of {len(given_back)} letters that came back later is written down as failed",
        [f"{rows[i].about} {rows[i].state}" if i in rows else i for i in given_back
         if i not in rows or not says_it_came_back(rows[i])],
    )  # fmt: skip
    closed = set(ClosedAddress.objects.filter(why="bounced").values_list("address", flat=True))
    yield "each address whose letter came back is closed, and no other", sorted(back ^ closed)
    reminders = [letter for letter in season.post.taken if letter.to in back and letter.is_reminder]
    yield "no reminder went to an address that is closed", [f"{each.day} {each.to}" for each in reminders]
    missing, phoned, days = [], set[str](), {DAYS[n].isoformat() for n in CALLS_ON}
    for day, names in sorted(season.unreached.items()):
        listed = {row[5] for row in season.calls.get(day, ())}
        # Whoever was phoned is not phoned again.
        missing += [f"{day} {name}" for name in names - listed - phoned]
        phoned |= listed if day in days else set()
    yield f"{sum(map(len, season.unreached.values()))} silent units without mail stood on the call list", missing


def _spellings(season: Season, addresses: set[str]) -> list[str]:
    return [player.email for player in season.players if player.email.lower() in addresses]


def _lateness(season: Season) -> Iterator[Found]:
    """Compare what is stored with the bench's own reckoning: the plan's day, the extension, the moment it was sent."""
    first: dict[str, Submission] = {}
    for submission in Submission.objects.select_related("registration__host__unit").order_by("-pk"):
        first[submission.registration.host.unit.key] = submission
    forms = dict(FormFile.objects.filter(state="confirmed", is_own=False).values_list("host__unit__key", "name"))
    wrong = []
    for player in season.players:
        submission = first.get(player.key)
        if submission is None:
            continue
        for moment in _moments(player, forms.get(player.key)):
            if submission.is_late != (moment >= _deadline()):
                wrong.append(f"{player.name}: {moment:%d/%m %H:%M}, stored late={submission.is_late}")
    late = sum(submission.is_late for submission in first.values())
    yield f"late or in time ({late} of {len(first)} late) is as reckoned from the moment each was sent", wrong
    again = Submission.objects.exclude(pk__in=[each.pk for each in first.values()])
    yield (
        "what came back and was handed in again is as late as it was the first time",
        [s.number for s in again.select_related("registration__host__unit")
         if s.is_late != first[s.registration.host.unit.key].is_late],
    )  # fmt: skip


def _moments(player: Player, form_name: str | None) -> Sequence[dt.datetime]:
    if form_name is not None and player.mailed_at:
        number = form_name.rpartition(".")[0].rpartition(" ")[2]
        return player.mailed_at[int(number) - 1 if number.isdecimal() and number in {"1", "2"} else 0 :][:1]
    return player.handed_in_at or ()


def _deadline() -> dt.datetime:
    """Return the first moment too late: extended for all before the first deadline came, so that there is but one."""
    day, month, year = map(int, EXTENDED_TO.split("/"))
    return dt.datetime(year, month, day, tzinfo=HANOI) + dt.timedelta(days=1)
