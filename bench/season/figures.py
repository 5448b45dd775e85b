"""What a run is told by: messages, shares, clicks, pages, processor time."""

import argparse
import datetime as dt
import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from statistics import median

from tuanhoc.activities.models import Registration, Submission
from tuanhoc.intake.models import FormFile
from tuanhoc.notices.models import Call, Message

from . import checks
from .browser import until_answered
from .house import House, Killer
from .play import Season
from .post import Post
from .world import COORDINATOR, Player

#: the page with hardly anything on it
FLOOR = ("accounts:ask", "GET")
_FLOOR_PAGES = 150


def spoil_addresses(post: Post, players: Sequence[Player], turn: random.Random) -> None:
    """Let three in a hundred addresses be refused for good, and as many for a time."""
    addresses = sorted({player.email.lower() for player in players if player.email})
    turn.shuffle(addresses)
    few = max(1, len(addresses) * 3 // 100)
    reasons = ("550 5.1.1 No such user here", "552 5.2.2 Mailbox full")
    post.never = {address: reasons[n % 3 == 2] for n, address in enumerate(addresses[:few])}
    post.shy = {address: turn.randint(1, 2) for address in addresses[few : 2 * few]}


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
    lines = [
        f"{took:.0f} s of machine time, {drained[0]:.0f} s of them the end; "
        f"{drained[1]} hourly digests let go at once; load at the end {os.getloadavg()[0]:.1f}",
        *_shares(season), *_letters(season), *_clicks(season), *_calls(season), *_pages(house),
        *_processor(asked, season, spent),
    ]  # fmt: skip
    print("\n".join(["", *lines]))
    if killers:
        print(f"killed -9: web {killers[0].kills} times, workers {killers[1].kills} times; "
              f"{season.traffic.lost} answers lost of {season.traffic.requests}, each asked for again")  # fmt: skip
    for trouble in season.troubles[:20]:
        print(f"  trouble: {trouble}")
    return checks.run(season, house, killed=bool(killers))


def _percentile(values: Sequence[float], share: float) -> float:
    found = sorted(values)
    return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


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
    by_word = FormFile.objects.filter(state="confirmed").count()
    return [
        f"units: {shares}",
        f"handed in once {again[1]}, twice {again[2]}, three times {again[3]}; "
        f"by a Word form with a wrong day {by_word}; "
        f"states now {dict(Counter(states.values()))}; changed after acceptance {season.changed}",
    ]


def _letters(season: Season) -> list[str]:
    officers = {COORDINATOR[0], *(email for email, _name in season.officers)}
    queued = [letter for letter in season.post.taken if letter.is_queued]
    people = {p.email.lower(): 0 for p in season.players if p.email and p.email.lower() not in season.post.never}
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
    of_officers = Counter(letter.to for letter in queued if letter.to in officers)
    failed = Counter(
        why[:60] for why in Message.objects.filter(state="failed").values_list("failed_because", flat=True)
    )
    states = dict(Counter(Message.objects.values_list("state", flat=True)))
    reminded = Counter(to for to, _day in reminders)
    return [
        f"messages to a person: median {median(counts):.0f}, p95 {_percentile(counts, 0.95):.0f}, max {max(counts)}; "
        f"in one day at most {max(by_day.values(), default=0)}; "
        f"to {len(people)} people for {len(season.players)} units",
        f"reminders: {sum(map(len, reminders.values()))} to {len(reminded)} people, to one person at most "
        f"{max(reminded.values(), default=0)} in the season and {max(map(len, reminders.values()), default=0)} a day; "
        f"rounds {season.rounds}",
        f"to an officer: coordinator {of_officers[COORDINATOR[0]]}, districts "
        f"{sorted(n for to, n in of_officers.items() if to != COORDINATOR[0])}",
        f"rows of messages: {states}; put off by a mail server {season.post.refusals} times; failed: {dict(failed)}",
    ]


def _clicks(season: Season) -> list[str]:
    days = sorted({day for _who, day, _method in season.traffic.clicks if day})
    of = season.traffic.clicks
    told = [
        f"{day[5:]}: {of.get(('coordinator', day, 'GET'), 0)}+{of.get(('coordinator', day, 'POST'), 0)}" for day in days
    ]
    total = {
        who: [sum(n for (w, _d, m), n in of.items() if w == who and m == method) for method in ("GET", "POST")]
        for who in ("coordinator", "district", "unit")
    }
    officers = max(1, len(season.officers))
    return [
        f"coordinator, pages opened + buttons pressed: {total['coordinator'][0]} + {total['coordinator'][1]} "
        f"in the season: {', '.join(told)}",
        f"a district officer {total['district'][0] / officers:.0f} + {total['district'][1] / officers:.0f}; "
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


def _pages(house: House) -> list[str]:
    took: dict[tuple[str, str], list[float]] = defaultdict(list)
    for web in house.webs:
        for line in (house.folder / f"{web.name}.log").read_text(encoding="utf-8", errors="replace").splitlines():
            if '"tuanhoc.access"' in line:
                said = json.loads(line)
                took[said["route"], said["message"].split(" ", 1)[0]].append(said["ms"])
    floor = took.get(FLOOR, [1.0])
    rows = [
        f"pages, ms as the server says, ratio to a page with hardly anything on it in the same run "
        f"(p50 {median(floor):.0f}, p95 {_percentile(floor, 0.95):.0f}, n {len(floor)}):",
        "| page | n | p50 | p95 | max | p50 / floor | p95 / floor |", "|---|--:|--:|--:|--:|--:|--:|",
    ]  # fmt: skip
    slowest = sorted(took.items(), key=lambda item: -median(item[1]))[:14]
    for (route, method), values in slowest:
        p50, p95 = median(values), _percentile(values, 0.95)
        ratios = f"{p50 / median(floor):.1f} | {p95 / _percentile(floor, 0.95):.1f}"
        rows.append(f"| {method} {route} | {len(values)} | {p50:.0f} | {p95:.0f} | {max(values):.0f} | {ratios} |")
    return rows


def _processor(asked: argparse.Namespace, season: Season, spent: dict[str, float]) -> list[str]:
    each = spent["web"] / max(1, season.traffic.requests)
    scale = 1000 / asked.units
    letters = max(1, sum(letter.is_queued for letter in season.post.taken))
    return [
        f"processor, seconds for 1,000 units: web {spent['web'] * scale:.0f}, workers {spent['workers'] * scale:.0f}; "
        f"{season.traffic.requests} requests, each {each * 1000:.0f} ms = "
        f"{each / max(season.floor_seconds, 1e-6):.1f} times a page "
        f"with hardly anything on it ({season.floor_seconds * 1000:.1f} ms); "
        f"{letters} letters, each {spent['workers'] / letters * 1000:.0f} ms of a worker",
        f"measured {dt.datetime.now(dt.UTC):%d %B %Y %H:%M} UTC",
    ]
