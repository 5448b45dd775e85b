"""The season played: every unit's steps and every reviewer's, in order of time, each through its action."""

import datetime as dt
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import Activity, Registration, State
from tuanhoc.activities.rules import ActivityDraft
from tuanhoc.campaigns.models import Campaign, RosterUnit
from tuanhoc.lib.actor import Actor
from tuanhoc.sample import rules

from . import by_word, fates, people, pools, telling
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
    with telling.without_mail():
        for stage in rules.STAGES[: rules.STAGES.index(until) + 1]:
            done = [step for step in steps if step[0] <= stage.at]
            steps = steps[len(done) :]
            for _, of_the_day in itertools.groupby(done, key=lambda step: step[0].date()):
                _act(list(of_the_day))
            telling.tell(at=stage.at)
            at_stage(stage)
            say(_so_far(stage))


def _act(of_the_day: list[Step]) -> None:
    with transaction.atomic():
        for at, act in of_the_day:
            act(at)
    telling.tell(at=of_the_day[-1][0])


def _so_far(stage: rules.Stage) -> str:
    states = Counter(Registration.objects.values_list("state", flat=True))
    told = [f"{states[state]} {str(state.label).lower()}" for state in State if states[state]]
    activities_count = Activity.objects.count()
    return f"  {stage.at:%d/%m/%Y} {stage.title}: {', '.join([*told, f'{activities_count} hoạt động'])}"


def _steps(campaign: Campaign, turn: random.Random, *, every: int) -> Iterator[Step]:
    lines = pools.load()
    roster = campaign.roster.select_related("campaign", "unit", "area", "reviewer__unit").order_by("pk")
    hosts = {host.unit.key: host for host in roster}
    sent = by_word.senders(every)
    yield from by_word.form_steps(campaign, hosts, sent, turn)
    others = [host for key, host in hosts.items() if key not in {*sent.values(), rules.SCHOOL_KEY}]
    for host in others[::every]:
        fate = fates.draw(turn, must_take_part=host.kind in _SURE)
        yield from _Season(host, lines.draw(host, turn), people.reviewer_of(host), fate).steps()


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
        return people.officer_of(self.host)

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
