"""The season itself, day by day, each half day: officers first, then units in several threads, then the districts."""

import datetime as dt
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from tuanhoc.lib.dates import HANOI
from tuanhoc.web import clock

from . import letters
from .browser import Broken, Browser, Traffic, until_answered
from .clerk import Clerk
from .house import House
from .mailbox import Mailbox
from .office import Coordinator, Officer
from .post import Post
from .units import Closed, Units
from .world import COORDINATOR, DAYS, EXCEPTION_ON, UNLOCKED_ON, WRONG, Course, Kind, Player

#: index of the day -> what the coordinator does; see ``world.DAYS``
EXTEND_ON, EXTENDED_TO = 8, "03/10/2022"
RELEASES_ON = (9, 12)
#: the list is taken away, and everybody on it is phoned
LISTS_ON, CALLS_ON = (2, 11, 13), (11, 13)
REMIND_ON = (2, 6, 8, 9, 10, 11, 13)
HOURS = (8, 14)
THREADS = 4


@dataclass
class Season:
    """A run: its people, and what is written down of it on the way."""

    players: list[Player]
    house: House
    post: Post
    mailbox: Mailbox
    traffic: Traffic
    turn: random.Random
    site: str
    officers: Sequence[tuple[str, str]]
    #: waits until the queues of the program are empty; returns seconds
    settle: Callable[[float], float]
    say: Callable[[str], None] = print
    troubles: list[str] = field(default_factory=list)
    rounds: list[tuple[str, int]] = field(default_factory=list)
    calls: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    #: names of the units that no letter reaches and that had not answered when the list was taken away
    unreached: dict[str, set[str]] = field(default_factory=dict)
    changed: dict[str, str] = field(default_factory=dict)
    #: names of the units given back, once for each time
    given_back: Counter[str] = field(default_factory=Counter)
    #: what is done -> seconds
    phases: Counter[str] = field(default_factory=Counter)
    floor_every: int = 25
    #: processor seconds of one page with hardly anything on it
    floor_seconds: float = 0.0
    _day: str = ""

    def day(self) -> str:
        return self._day

    def browser(self, who: str) -> Browser:
        return Browser(who, doors=self.house.doors, site=self.site, traffic=self.traffic, day=self.day)

    @contextmanager
    def phase(self, what: str) -> Iterator[None]:
        """Count the seconds of a block."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self.phases[what] += time.monotonic() - begun

    def wait(self, patience: float) -> float:
        """Wait for the post, and count it."""
        with self.phase("waiting for the post"):
            return self.settle(patience)

    def play(self, *, at_start: Callable[[], None] = lambda: None) -> None:
        """Play all days. ``at_start`` is called once everybody is signed in."""
        self._clock(DAYS[0], 7)
        self.units = Units(self.post, self.browser, self.turn)
        self.coordinator = Coordinator(self.browser("coordinator"), self.post, *COORDINATOR)
        self.districts = [Officer(self.browser("district"), self.post, *who) for who in self.officers]
        self.clerk = Clerk(self.coordinator.browser, {p.key: p.name for p in self.players}, self._key_in)
        with self.phase("signing in"):
            for officer in (self.coordinator, *self.districts):
                officer.sign_in()
        at_start()
        returned: list[Player] = []
        for n, day in enumerate(DAYS):
            begun = time.monotonic()
            for half in (0, 1):
                self._clock(day, HOURS[half])
                with self.phase("coordinator"):
                    self._coordinate(n, half)
                returned = self._half_day(n, half, day, returned)
            waited = self.wait(90 if n in REMIND_ON else 20)
            self.collect_receipts()
            self.say(
                f"  {day:%d/%m}: {sum(bool(p.receipts) or p.is_nil for p in self.players)} of {len(self.players)} "
                f"answered, {len(self.post.taken)} letters out, {len(self.mailbox.put)} mails in, "
                f"{time.monotonic() - begun:.0f} s, {waited:.0f} of them waiting for the post at the end"
            )

    def _clock(self, day: dt.date, hour: int) -> None:
        clock.move_to(dt.datetime(day.year, day.month, day.day, hour, tzinfo=HANOI))
        self._day = day.isoformat()

    def _step(self, what: str, step: Callable[[], object]) -> object:
        try:
            return until_answered(step)
        except Exception as error:
            self.troubles.append(f"{self._day} {what}: {type(error).__name__}: {error}"[:400])
            return None

    def _coordinate(self, n: int, half: int) -> None:
        coordinator, step = self.coordinator, self._step
        if not half:
            step("morning", coordinator.look_round)
        if (n, half) == (0, 0):
            step("open the call", coordinator.open_call)
            self.wait(240)
            links = step("links by hand", coordinator.links_by_hand) or {}
            self._tell_by_hand(links, lambda p: not p.email or p.email.lower() in self.post.never)
        if (n, half) == (1, 0):
            # Letters that came back meanwhile: seen among those that failed, told by telephone.
            failed = step("failed letters", coordinator.failed_letters) or set()
            links = step("links by hand", coordinator.links_by_hand) or {}
            self._tell_by_hand(links, lambda p: p.email.lower() in failed)
        if half == 0 and n in REMIND_ON:
            told = step("remind", coordinator.remind)
            self.rounds.append((self._day, told[0] if isinstance(told, tuple) else 0))
            # They leave within minutes; units come back to their desks later.
            self.wait(120)
        if half == 0 and n in LISTS_ON:
            self.unreached[self._day] = {
                p.name for p in self.players if p.email.lower() in self.post.bad and not p.receipts and not p.is_nil
            }
            found = step("call list", coordinator.call_list)
            self.calls[self._day] = found if isinstance(found, list) else []
        if half == 0 and n in CALLS_ON:
            step("phone", coordinator.phone)
        self._special(n, half)

    def _special(self, n: int, half: int) -> None:
        coordinator, step = self.coordinator, self._step
        if (n, half) == (EXTEND_ON, 1):
            step("extend", lambda: coordinator.extend(EXTENDED_TO))
        if (n, half) == (EXCEPTION_ON - 1, 1):
            names = [p.name for p in self.players if p.course is Course.EXCEPTION]
            step("exceptions", lambda: coordinator.give_exceptions(names, "06/10/2022"))
        if (n, half) == (EXCEPTION_ON, 0):
            step("lock", coordinator.lock)
        if (n, half) == (UNLOCKED_ON, 0):
            step("unlock", lambda: coordinator.answer_unlocks("07/10/2022"))
        if half == 1 and n in RELEASES_ON:
            step("release", coordinator.release)

    def _tell_by_hand(self, links: dict[str, str], is_told: Callable[[Player], bool]) -> None:
        for player in self.players:
            if is_told(player):
                player.link = player.link or links.get(player.name)

    def _half_day(self, n: int, half: int, day: dt.date, returned: list[Player]) -> list[Player]:
        self._clock(day, HOURS[half] + 1)
        mending = [lambda p=p: self._mend(p) for p in returned]
        acting = [lambda p=p: self._act(p) for p in self.players if p.acts_at == (n, half)]
        asking = [
            lambda p=p: self._step(p.name, lambda: self.units.ask_to_be_unlocked(p))
            for p in self.players
            if p.course is Course.UNLOCKED and (n, half) == (EXCEPTION_ON, 1)
        ]
        changing = [self._change] if (n, half) == (EXCEPTION_ON, 0) else []
        again = [] if half else [lambda p=p: self._send_again(p) for p in self._asked()]
        with self.phase("units"):
            with ThreadPoolExecutor(THREADS) as pool:
                for done in [pool.submit(one) for one in (*mending, *again, *acting, *asking, *changing)]:
                    done.result()
            self.measure_floor(max(1, len(acting) // self.floor_every))
        if not half:
            return []
        self._clear_the_inbox(day)
        with self.phase("districts and coordinator review"):
            return self._review(day)

    def collect_receipts(self) -> None:
        """Note the receipts that came by mail to those who sent their form by mail."""
        for player in self.players:
            if player.mailed_at:
                self.units.receipt_by_mail(player)

    def end(self, drain: Callable[[], tuple[float, int]]) -> tuple[float, int]:
        """Let everything leave; what was read only then is looked at once more. Return what both drains took."""
        seconds, forward = drain()
        self.collect_receipts()
        self._step("inbox at the end", self.clerk.clear)
        again, more = drain()
        self.collect_receipts()
        return seconds + again, forward + more

    def _clear_the_inbox(self, day: dt.date) -> None:
        """Once a day the coordinator goes through what came by mail."""
        self._clock(day, HOURS[1] + 1)
        self.wait(60)
        with self.phase("inbox"):
            self.coordinator.browser.who = "inbox"
            self._step("inbox", self.clerk.clear)
            self.coordinator.browser.who = "coordinator"

    def _asked(self) -> list[Player]:
        """Return the units that were asked since yesterday; who only wrote that it will send, sends."""
        wrote = {put.key for put in self.mailbox.put if put.what == Kind.REPLY.value}
        keys = {*self.clerk.to_ask, *wrote}
        return [p for p in self.players if p.key in keys and p.mail_kind in WRONG and len(p.mailed_at) == 1
                and p.handed_in_at is None and not p.receipts]  # fmt: skip

    def _send_again(self, player: Player) -> None:
        """Send a right form by mail; every third unit opens its link instead."""
        if sum(map(ord, player.key)) % 3:
            self._step(player.name, lambda: letters.send(self.mailbox, player, self.units.rows_of(player), Kind.GOOD))
        else:
            self._step(player.name, lambda: self.units.hand_in(player))

    def _key_in(self, text: str) -> str:
        """Return the key of the unit that a mail on a page names as its own, the longest name if several."""
        # The page names others as well, whose form it may be.
        named = [p for p in self.players if p.mailed_at and f"Đơn vị: {p.name}" in text]
        return max(named, key=lambda p: len(p.name)).key if named else ""

    def _review(self, day: dt.date) -> list[Player]:
        """Let every officer look at what waits, once a day; return the units that got theirs back."""
        self._clock(day, 16)
        names: list[str] = []
        with ThreadPoolExecutor(2) as pool:
            faulty = self._faulty()
            for found in pool.map(lambda o: self._step(o.name, lambda: o.review(faulty)), self.districts):
                names.extend(found if isinstance(found, list) else ())
        found = self._step("coordinator reviews", lambda: self.coordinator.review(faulty))
        names.extend(found if isinstance(found, list) else ())
        self.given_back.update(set(names))
        return [player for player in self.players if player.name in names and player.faults]

    def _faulty(self) -> set[str]:
        return {player.name for player in self.players if player.faults and (player.receipts or player.mailed_at)}

    def _mend(self, player: Player) -> None:
        player.faults -= 1
        self._step(f"{player.name} mends", lambda: self.units.hand_in(player))

    def _act(self, player: Player) -> None:
        if (kind := player.mail_kind) is not None:
            self._step(player.name, lambda: letters.send(self.mailbox, player, self.units.rows_of(player), kind))
            return
        act = {Course.NIL: self.units.say_nil, Course.DRAFT: self.units.begin}.get(player.course, self.units.hand_in)
        self._step(player.name, lambda: act(player))

    def _change(self) -> None:
        """One unit moves an activity, another cancels one."""
        sure = [
            p for p in self.players if p.receipts and not p.faults and not p.mailed_at and p.course is Course.IN_TIME
        ]
        for player, cancel in zip(sure[:2], (False, True), strict=False):
            done = self._step("change", lambda p=player, c=cancel: self.units.change_one(p, cancel=c))
            self.changed["cancelled" if cancel else "moved"] = player.name if done else ""

    def measure_floor(self, times: int) -> None:
        """Ask for a page with hardly anything on it, under the same load: what pages are compared with."""
        browser = self.browser("floor")
        for _time in range(times):
            self._step("floor", lambda: browser.get("/l/xin-lai/"))


__all__ = ["Broken", "Closed", "Season"]
