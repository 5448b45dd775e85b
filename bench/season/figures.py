"""What a run is told by: messages, shares, clicks, pages, processor time."""

import argparse
import os
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import islice
from statistics import median

from tuanhoc.activities.models import Registration, Submission
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.notices.models import Call, Message

from . import accounts, checks, pages
from .browser import until_answered
from .house import House, Killer
from .pages import percentile
from .play import Season
from .post import Post
from .world import COORDINATOR, GREYLISTING, Player

_FLOOR_PAGES = 150


def spoil_addresses(post: Post, players: Sequence[Player], turn: random.Random) -> None:
    """Let three in a hundred addresses be refused for good, two come back later, three be put off; and one domain."""
    addresses = sorted({player.email.lower() for player in players if player.email})
    turn.shuffle(addresses)
    some = iter(addresses)
    few = [max(1, len(addresses) * share // 100) for share in (3, 2, 3)]
    reasons = ("550 5.1.1 No such user here", "552 5.2.2 Mailbox full")
    post.never = {address: reasons[n % 3 == 2] for n, address in enumerate(islice(some, few[0]))}
    post.comes_back = set(islice(some, few[1]))
    post.shy = {address: turn.randint(1, 2) for address in islice(some, few[2])}
    post.greylisting = {GREYLISTING}


def measure_floor(season: Season, house: House) -> None:
    """Note what the processor spends on one page with hardly anything on it."""
    browser = season.browser("floor")
    until_answered(lambda: browser.get("/l/xin-lai/"))
    before = sum(web.seconds for web in house.webs)
    for _time in range(_FLOOR_PAGES):
        browser.get("/l/xin-lai/")
    season.floor_seconds = (sum(web.seconds for web in house.webs) - before) / _FLOOR_PAGES


def report(
    asked: argparse.Namespace, season: Season, house: House, killers: Sequence[Killer], *, drained: tuple[float, int],
    took: float,
) -> int:  # fmt: skip
    """Print everything; return 1 when something that must hold does not."""
    spent = {"web": sum(p.seconds for p in house.webs), "workers": sum(p.seconds for p in house.workers)}
    times = pages.Times(house)
    lines = [
        "", "WHAT IS ASKED", *_persons(season), *_shares(season), *_clicks(season), times.slowest(),
        "", "MAIL AND TELEPHONE", *_letters(season), *_mails(season), *_bounces(season), *_calls(season),
        "", "WAITING AT THE END", *_waiting(season),
        "", "TIME", f"{took:.0f} s of machine time; {drained[1]} hourly digests let go at once; "
        f"load at the end {os.getloadavg()[0]:.1f}", *_phases(season), *times.table(),
        *pages.processor(asked, season, spent),
    ]  # fmt: skip
    print("\n".join(lines))
    if killers:
        print(f"killed -9: web {killers[0].kills} times, workers {killers[1].kills} times; "
              f"{season.traffic.lost} answers lost of {season.traffic.requests}, each asked for again")  # fmt: skip
    for trouble in season.troubles[:20]:
        print(f"  trouble: {trouble}")
    print("\nWHAT MUST HOLD")
    return checks.run(season, house, killed=bool(killers))


def _phases(season: Season) -> list[str]:
    return [f"seconds: {', '.join(f'{what} {spent:.0f}' for what, spent in season.phases.items() if spent >= 0.5)}"]


def _shares(season: Season) -> list[str]:
    first = {}
    for key, late in Submission.objects.order_by("-pk").values_list("registration__host__unit__key", "is_late"):
        first[key] = late
    states = dict(Registration.objects.values_list("host__unit__key", "state"))
    counts: Counter[str] = Counter()
    for player in season.players:
        state = states.get(player.key)
        if state == "nil":
            counts["nil"] += 1
        elif player.key in first:
            counts["late" if first[player.key] else "on time"] += 1
        else:
            counts["begun, not sent" if state else "silent"] += 1
    total = len(season.players)
    shares = ", ".join(f"{what} {n} ({n / total:.1%})" for what, n in counts.most_common())
    turns = Counter(Submission.objects.values_list("registration", flat=True))
    again = Counter(turns.values())
    by_word = FormFile.objects.filter(state="confirmed", is_own=True).count()
    by_mail = FormFile.objects.filter(state="confirmed", is_own=False).count()
    back = Counter(season.given_back.values())
    return [
        f"units: {shares}",
        f"handed in once {again[1]}, twice {again[2]}, three times {again[3]}; given back once {back[1]}, "
        f"twice {back[2]}; by a Word form on the sheet {by_word}, by mail {by_mail}; "
        f"states now {dict(Counter(states.values()))}; changed after acceptance {season.changed}",
    ]


def _persons(season: Season) -> list[str]:
    queued = [letter for letter in season.post.taken if not letter.is_sign_in]
    people = {p.email.lower(): 0 for p in season.players if p.email and p.email.lower() not in season.post.bad}
    by_day: Counter[tuple[str, str]] = Counter()
    seen: set[str] = set()
    reminders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for letter in queued:
        if letter.message_id in seen:
            continue
        seen.add(letter.message_id)
        if letter.to in people:
            people[letter.to] += 1
            by_day[letter.to, letter.day] += 1
        if letter.is_reminder:
            reminders[letter.to, letter.day].add(letter.message_id)
    counts = list(people.values())
    reminded = Counter(to for to, _day in reminders)
    return [
        f"messages to a person: median {median(counts):.0f}, p95 {percentile(counts, 0.95):.0f}, max {max(counts)}; "
        f"in one day at most {max(by_day.values(), default=0)}; "
        f"to {len(people)} people for {len(season.players)} units",
        f"reminders: {sum(map(len, reminders.values()))} to {len(reminded)} people, to one person at most "
        f"{max(reminded.values(), default=0)} in the season and {max(map(len, reminders.values()), default=0)} a day; "
        f"rounds {season.rounds}",
    ]


def _letters(season: Season) -> list[str]:
    officers = {COORDINATOR[0], *(email for email, _name in season.officers)}
    of_officers = Counter(letter.to for letter in season.post.taken if not letter.is_sign_in and letter.to in officers)
    return [
        f"messages: {dict(Counter(Message.objects.values_list('state', flat=True)))}; to an officer: "
        f"coordinator {of_officers[COORDINATOR[0]]}, districts "
        f"{sorted(n for to, n in of_officers.items() if to != COORDINATOR[0])}",
    ]


def _mails(season: Season) -> list[str]:
    told, _wrong = accounts.fates(season)
    many = sum(number for (what, _fate), number in told.items() if what != "report")
    clerk = season.clerk
    reminded = accounts.reminded_while_waiting(season)
    return [
        f"mails in: {len(season.mailbox.put)} put into the mailbox, {many} of units and "
        f"{sum(told.values()) - many} delivery reports, the same one twice counted once:",
        *(f"  {what} -> {fate}: {number}" for (what, fate), number in sorted(told.items()) if what != "report"),
        f"inbox: confirmed at one stroke {clerk.at_one_stroke}, file by file {clerk.by_hand}, put aside {clerk.aside}, "
        f"units asked {len(clerk.to_ask)}; "
        f"reminders to a unit that had written by mail and had no receipt yet: {reminded}",
        *(f"  not confirmed: {refused}" for refused in clerk.refused[:10]),
    ]


def _bounces(season: Season) -> list[str]:
    failed = Counter(
        why[:60] for why in Message.objects.filter(state="failed").values_list("failed_because", flat=True)
    )
    post = season.post
    return [
        f"bounces: {len(post.never)} addresses refused at once, {len(post.comes_back)} given back later; "
        f"failed messages {dict(failed)}",
        f"put off: {post.refusals} times refused or put off by a mailbox, {len(post.greylisted)} addresses by a "
        f"greylisting domain",
    ]


def _waiting(season: Season) -> list[str]:
    states = Counter(Registration.objects.values_list("state", flat=True))
    forms = Counter(FormFile.objects.filter(is_own=False).values_list("state", flat=True))
    mails = Counter(MailMessage.objects.values_list("state", flat=True))
    return [
        f"registrations to review {states['submitted']}, given back and not in again {states['returned']}, "
        f"begun {states['draft']}; forms in the inbox {forms['read']}, unreadable {forms['unreadable']}; "
        f"mails not read {mails['kept']}; "
        f"letters not sent {Message.objects.filter(state__in=['queued', 'sending']).count()}",
    ]


def _clicks(season: Season) -> list[str]:
    days = sorted({day for _who, day, _method in season.traffic.clicks if day})
    of = season.traffic.clicks
    told = [
        f"{day[5:]}: {of.get(('coordinator', day, 'GET'), 0)}+{of.get(('coordinator', day, 'POST'), 0)}" for day in days
    ]
    total = {
        who: [sum(n for (w, _d, m), n in of.items() if w == who and m == method) for method in ("GET", "POST")]
        for who in ("coordinator", "inbox", "district", "unit")
    }
    officers = max(1, len(season.officers))
    return [
        f"clicks, pages opened + buttons pressed: coordinator {total['coordinator'][0]} + {total['coordinator'][1]} "
        f"in the season, and at the inbox {total['inbox'][0]} + {total['inbox'][1]}",
        f"  without the inbox, by day: {', '.join(told)}",
        f"clicks of a district officer {total['district'][0] / officers:.0f} + {total['district'][1] / officers:.0f}; "
        f"a unit {total['unit'][0] / len(season.players):.1f} + {total['unit'][1] / len(season.players):.1f}",
    ]


def _calls(season: Season) -> list[str]:
    told = [
        f"{day[5:]}: {len(rows)} units, {len({(row[0], row[2]) for row in rows})} people, "
        f"still to be phoned {sum(row[8].startswith('Cần gọi') for row in rows)} units"
        for day, rows in season.calls.items()
    ]
    reached = Counter(Call.objects.filter(outcome="reached").values_list("person", flat=True))
    return [
        f"call list: {'; '.join(told)}; "
        f"phoned {len(reached)} people, none more than {max(reached.values(), default=0)} times"
    ]
