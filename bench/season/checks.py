"""What must hold after a run, whatever was killed in it; each said, and one that does not hold fails the run."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from tuanhoc.activities.models import Submission
from tuanhoc.intake.models import FormFile
from tuanhoc.notices.models import Message
from tuanhoc.notices.post import message_id_of
from tuanhoc.outbox.models import Event

from . import accounts
from .house import House
from .play import Season
from .post import Post, Taken

#: seconds after a 250 in which a kill still falls before our commit, beside the time the server lingers
SLACK = 3.0
Found = tuple[str, list[str]]


def run(season: Season, house: House, *, killed: bool) -> int:
    """Print each; return 1 when one fails."""
    failed = 0
    repeats = _repeats(season)
    for name, wrong in (
        *_receipts(season), *_events(), *messages(season.post), *_reminders(season), *accounts.run(season),
        *_answers(season), *_of_repeats(repeats, house, killed=killed),
        ("nobody of the bench was left with trouble", season.troubles),
    ):  # fmt: skip
        failed += bool(wrong)
        print(f"{'FAILS' if wrong else 'holds'}: {name}{f' ({len(wrong)})' if wrong else ''}")
        for each in wrong[:5]:
            print(f"    {each}")
    if killed:
        print(f"repeats: {sum(len(letters) - 1 for letters in repeats.values())} letters went out a second time, "
              f"of {len(season.post.taken)}")  # fmt: skip
    return 1 if failed else 0


def _receipts(season: Season) -> Iterator[Found]:
    kept = {s.number: s for s in Submission.objects.all()}
    given = {number: sha for player in season.players for number, sha, _at in player.receipts}
    yield (
        f"each of {len(given)} receipts seen in an answer is in the database with its SHA-256",
        [n for n, sha in given.items() if n not in kept or kept[n].sha256 != sha],
    )
    yield "each kept SHA-256 is that of the kept rows", [n for n, s in kept.items() if _digest(s.rows) != s.sha256]
    # A form that came by mail is handed in by whoever confirms it; every other time by a press of the unit's own.
    confirmed = Counter(
        FormFile.objects.filter(state=FormFile.State.CONFIRMED, is_own=False)
        .values_list("registration__host__unit__key", flat=True)
    )  # fmt: skip
    there: dict[str, set[str]] = defaultdict(set)
    for key, number in Submission.objects.values_list("registration__host__unit__key", "number"):
        there[key].add(number)
    unseen = {p.key: there[p.key] - {number for number, _sha, _at in p.receipts} for p in season.players}
    yield (
        "nothing was handed in twice by one press",
        [f"{p.key}: {sorted(unseen[p.key])} besides {[number for number, _sha, _at in p.receipts]}"
         for p in season.players if len(unseen[p.key]) > confirmed[p.key] - len(p.by_mail)],
    )  # fmt: skip


def _digest(rows: object) -> str:
    said = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _events() -> Iterator[Found]:
    left = Event.objects.filter(delivered_at=None)
    yield f"each of {Event.objects.count()} events is delivered", [f"{e.name} {e.last_error}" for e in left[:20]]


def messages(post: Post) -> Iterator[Found]:
    """Hold what the mail server took against the rows."""
    rows = {message_id_of(row): row for row in Message.objects.all()}
    out = sorted({letter.message_id for letter in post.taken})
    apart = Counter(why for ident in out if ident in rows and (why := _apart(rows[ident], post)))
    yield (
        f"each of {len(rows)} messages is sent, failed and why, or no longer needed",
        [f"{r.about} {r.state}" for r in rows.values() if r.state not in {"sent", "failed", "dropped"}
         or (r.state != "sent" and not r.failed_because)],
    )  # fmt: skip
    yield (
        "what is written down as sent was taken by the mail server",
        [row.about for ident, row in rows.items() if row.state == "sent" and ident not in out],
    )
    yield (
        "what the mail server took is written down as sent"
        + "".join(f"; {n} more {why}" for why, n in sorted(apart.items())),
        [
            f"{rows[ident].about} {rows[ident].state}" if ident in rows else f"no row: {ident}"
            for ident in out
            if ident not in rows or (rows[ident].state != "sent" and not _apart(rows[ident], post))
        ],
    )
    yield (
        "only addresses failed that refuse their mail or give it back",
        [f"{r.to} {r.failed_because}" for r in rows.values() if r.state == "failed" and r.to.lower() not in post.bad],
    )


def _apart(row: Message, post: Post) -> str:
    """Return what a row says of a letter that was taken, other than that it is sent; blank when nothing true."""
    if row.to.lower() in post.comes_back and accounts.says_it_came_back(row):
        return "given back later"
    return "said to have left perhaps" if row.may_have_left and row.state in {"failed", "dropped"} else ""


def _reminders(season: Season) -> Iterator[Found]:
    answered = {
        p.name: p.answered_at for p in season.players if p.answered_at and len(p.receipts) <= 1 and not p.faults
    }
    wrong, days = [], defaultdict(set)
    for letter in season.post.taken:
        if letter.is_reminder:
            days[letter.to, letter.day].add(letter.message_id)
            # Who is greeted, and who will be asked to help, may have answered long ago.
            said = re.sub(r"^Kính gửi [^\n]*\n", "", letter.body.lstrip())
            words = re.sub(r"nhờ .*? cùng hỗ trợ", "", " ".join(said.split()))
            wrong += [
                f"{letter.day} {name}" for name, at in answered.items() if letter.at > at + SLACK and name in words
            ]
    yield "no reminder about a unit that had answered", wrong
    yield "nobody had two reminders in a day", [f"{key} {len(ids)}" for key, ids in days.items() if len(ids) > 1]
    wanting = {p.key for p in season.players if p.acts_at and p.course.value != "begun, never sent"}
    missing = [p.name for p in season.players if p.key in wanting and not p.receipts and not p.is_nil]
    yield "every unit that wanted to answer got its answer", missing


def _answers(season: Season) -> Iterator[Found]:
    yield f"no page of {season.traffic.requests} was an error of ours", season.traffic.broken


def _repeats(season: Season) -> dict[tuple[str, str], list[Taken]]:
    """Return what was taken more than once, by Message-ID and receiver."""
    taken: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for letter in season.post.taken:
        taken[letter.message_id, letter.to].append(letter)
    return {key: letters for key, letters in taken.items() if len(letters) > 1}


def _of_repeats(repeats: dict[tuple[str, str], list[Taken]], house: House, *, killed: bool) -> Iterator[Found]:
    if not killed:
        yield "no letter went out twice", [str(key) for key in repeats]
        return
    kills = sorted(at for worker in house.workers for at in worker.killed_at)
    wrong, gaps = [], []
    for key, letters in repeats.items():
        for before in letters[:-1]:
            after = [at - before.at for at in kills if 0 <= at - before.at <= SLACK]
            gaps += after[:1]
            wrong += [] if after else [str(key)]
    longest = f"; at most {max(gaps) * 1000:.0f} ms after the 250" if gaps else ""
    yield f"each repeat bears the same Message-ID, and a worker was killed right after the first{longest}", wrong
