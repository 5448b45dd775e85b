"""The season played: every unit's steps and every reviewer's, in order of time, each through its action."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Registration
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor, Role, SeatValue
from tuanhoc.outbox.actions import deliver_waiting
from tuanhoc.sample import rules

from . import fates, pools
from .afterwards import later_steps
from .opening import open_the_call

SEED = 20221001
#: Kinds that always take part in time: the portal is not itself without them.
_SURE = frozenset({"district_committee", "library", "museum", "media"})
Step = tuple[dt.datetime, Callable[[dt.datetime], object]]


def play(
    say: Callable[[str], None],
    *,
    at_stage: Callable[[rules.Stage], None] = lambda stage: None,
    until: rules.Stage = rules.STAGES[-1],
    every: int = 1,
) -> None:
    """Run the Week forward from an empty database; ``at_stage`` is called as each stage is reached.

    :param until: the last stage played.
    :param every: only each n-th unit takes part: a smaller sample for tests.
    """
    turn = random.Random(SEED)  # noqa: S311 - the sample must come out the same every time
    campaign = open_the_call(turn, say)
    steps = sorted([*_steps(campaign, turn, every=every), *later_steps(campaign)], key=lambda step: step[0])
    for stage in rules.STAGES[: rules.STAGES.index(until) + 1]:
        done = [step for step in steps if step[0] <= stage.at]
        steps = steps[len(done) :]
        with transaction.atomic():
            for at, act in done:
                act(at)
        while deliver_waiting(at=stage.at):
            pass
        at_stage(stage)
        say(f"  {stage.at:%d/%m/%Y} {stage.title}: {Registration.objects.count()} bản đăng ký")


def _steps(campaign: Campaign, turn: random.Random, *, every: int) -> Iterator[Step]:
    lines = pools.load()
    names = {officer.unit_key: officer.name for officer in rules.DISTRICT_OFFICERS}
    hosts = campaign.roster.select_related("campaign", "unit", "area", "reviewer__unit").order_by("pk")
    for number, host in enumerate(hosts):
        if host.unit.key == rules.SCHOOL_KEY or (number % every and host.kind != "district_committee"):
            continue
        fate = fates.draw(turn, must_take_part=host.kind in _SURE)
        yield from _Season(host, lines.draw(host, turn), _reviewer(host, names), fate).steps()


def _reviewer(host: RosterUnit, names: dict[str, str]) -> Actor:
    if host.reviewer is None:
        return coordinator(host.campaign)
    seat = SeatValue(Role.OFFICER, unit_id=host.reviewer.unit_id)
    return Actor(name=names[host.reviewer.unit.key], seats=(seat,))


def coordinator(campaign: Campaign) -> Actor:
    """Return the provincial officer."""
    return Actor(name=rules.COORDINATOR.name, seats=(SeatValue(Role.COORDINATOR, campaign_id=campaign.pk),))


@dataclass(slots=True)
class _Season:
    """What one unit and its reviewer do, each when its moment comes."""

    host: RosterUnit
    rows: list[ActivityDraft]
    reviewer: Actor
    fate: fates.Fate
    _begun: Registration | None = None

    def steps(self) -> Iterator[Step]:
        fate = self.fate
        turns: list[tuple[dt.datetime | None, Callable[[dt.datetime], object]]] = [
            (fate.begun_at, self._begin),
            (fate.handed_in_at, self._say_nil if fate.course is fates.Course.NIL else self._hand_in),
            (fate.reviewed_at, self._give_back),
            (fate.corrected_at, self._correct),
            (fate.accepted_at, self._accept),
        ]
        return ((at, act) for at, act in turns if at is not None)

    @property
    def _officer(self) -> Actor:
        return Actor(name=self.host.name, seats=(SeatValue(Role.OFFICER, unit_id=self.host.unit_id),))

    @property
    def _registration(self) -> Registration:
        if self._begun is None:
            raise LookupError(f"{self.host} has not begun")
        return self._begun

    def _begin(self, at: dt.datetime) -> None:
        registration = self._begun = activities.begin_registration(self.host, by=self._officer, at=at)
        registration.host = self.host
        if self.fate.course is fates.Course.NIL:
            return
        rows = self.rows
        if self.fate.reviewed_at is not None:
            # What the reviewer will find missing.
            rows = [*rows[:-1], replace(rows[-1], place="")]
        activities.save_rows(registration, rows, by=self._officer, at=at)

    def _say_nil(self, at: dt.datetime) -> None:
        activities.declare_nil(self._registration, by=self._officer, at=at)

    def _hand_in(self, at: dt.datetime) -> None:
        activities.submit_registration(self._registration, by=self._officer, at=at)

    def _give_back(self, at: dt.datetime) -> None:
        last = len(self.rows) - 1
        activities.return_registration(
            self._registration,
            reason="Đề nghị bổ sung địa điểm cụ thể để đưa vào lịch tổng hợp.",
            lines=[{"position": last, "text": "Chưa có địa điểm: xin ghi rõ hội trường, phòng hoặc sân nào."}],
            by=self.reviewer,
            at=at,
        )

    def _correct(self, at: dt.datetime) -> None:
        registration = self._registration
        activities.save_rows(registration, self.rows, by=self._officer, at=at)
        self._hand_in(at)

    def _accept(self, at: dt.datetime) -> None:
        activities.accept_registration(self._registration, by=self.reviewer, at=at)
