"""The whole of it as the desk does it: rows read from the database, searched, and what was found written there.

Four looks at one Week: the first, one at unchanged activities, one after one unit handed in otherwise, and one at
everything with all findings already there. Each is set beside a bare read of the same rows.
"""

import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable

from .generator import Drawn

AT = dt.datetime(2022, 9, 28, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def whole(drawn: Drawn, count: int) -> None:
    """Print the table."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuanhoc.config.settings.test")
    os.environ.setdefault("TUANHOC_DATA", tempfile.mkdtemp(prefix="tuanhoc-bench-"))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    campaign = _fill(drawn, count)
    floor = min(_both(lambda: _bare(campaign)) for _ in range(3))
    print(f"\nThe whole look, {connection.vendor}, {count:,} activities; load {os.getloadavg()[0]:.1f}\n")
    print(
        "| look | pairs standing | processor s | s by the clock | processor time / bare read |\n|---|--:|--:|--:|--:|"
    )
    print(f"| bare read of the rows, no search | – | {floor[0]:.2f} | {floor[1]:.2f} | 1.0 |")
    for name, prepare in _looks(campaign):
        prepare()
        seconds, clock = _both(lambda: _look(campaign))
        print(f"| {name} | {_standing(campaign):,} | {seconds:.2f} | {clock:.2f} | {seconds / floor[0]:.1f} |")


def _looks(campaign) -> list[tuple[str, Callable[[], object]]]:
    from tuanhoc.findings.models import Search

    def forget() -> None:
        Search.objects.update(stamp="", memory=b"")

    return [
        ("the first", lambda: None),
        ("nothing changed", lambda: None),
        ("one unit handed in otherwise", lambda: _rewrite(campaign, 1)),
        ("twenty units handed in otherwise", lambda: _rewrite(campaign, 20)),
        ("everything again, all findings there", forget),
    ]


def _fill(drawn: Drawn, count: int):
    """Put the drawn rows into an empty database as accepted registrations; return their Week."""
    from bench.board.week import _week

    from tuanhoc.activities.models import Activity, Registration, State
    from tuanhoc.campaigns.models import RosterUnit
    from tuanhoc.units.models import Area, ReportingEdge, Unit

    areas = sorted(drawn.areas.by_id.values(), key=lambda a: len(drawn.areas.chain(a.id)))
    for area in areas:
        Area.objects.create(pk=area.id, level=area.level, name=area.name, parent_id=area.parent_id)
    rows = drawn.rows[:count]
    province = Unit.objects.create(
        pk=900_001, key="tinh", kind="province_committee", name="UBND tỉnh", area_id=areas[0].id
    )
    department = Unit.objects.create(pk=900_002, key="so", kind="department", name="Sở Giáo dục và Đào tạo")
    units = {row.unit_id: row for row in rows}
    Unit.objects.bulk_create(
        Unit(pk=pk, key=f"dv-{pk}", kind="other", name=row.unit_name, area_id=row.area_id) for pk, row in units.items()
    )
    ReportingEdge.objects.bulk_create(ReportingEdge(unit_id=pk, reports_to=province) for pk in (*units, department.pk))
    campaign = _week("tuan-le", province, department, dt.date(2022, 10, 1), opened=AT - dt.timedelta(days=8))
    hosts = dict(RosterUnit.objects.filter(campaign=campaign).values_list("unit", "pk"))
    forms = {
        pk: Registration(host_id=hosts[pk], state=State.ACCEPTED, submitted_at=AT, version=2) for pk in sorted(units)
    }
    Registration.objects.bulk_create(forms.values(), batch_size=500)
    Activity.objects.bulk_create(
        (
            Activity(
                registration=forms[row.unit_id], position=n % 30_000, held_on=row.held_on, ends_on=row.ends_on,
                starts_at=row.starts_at, ends_at=row.ends_at, part_of_day=row.part_of_day, place=row.place,
                content=row.content, host=row.host, note=row.note, contact=row.contact,
                form="online" if row.is_online else "", changed_at=AT,
            )
            for n, row in enumerate(rows)
        ),
        batch_size=1_000,
    )  # fmt: skip
    return campaign


def _bare(campaign) -> int:
    from tuanhoc.activities.models import Activity

    rows = Activity.objects.filter(registration__host__campaign=campaign).select_related(None)
    return sum(len(row) for row in rows.values_list("pk", "registration__host__name", "held_on", "place", "content"))


def _look(campaign) -> None:
    from tuanhoc.findings import actions
    from tuanhoc.findings.rules import words

    words.tokens.cache_clear()
    words.marked.cache_clear()
    actions.look_again(campaign, at=AT)


def _rewrite(campaign, units: int) -> None:
    """Let some units write other words into all their rows, as a form handed in anew does."""
    from django.db.models import F, Value
    from django.db.models.functions import Concat

    from tuanhoc.activities.models import Activity, Registration

    forms = Registration.objects.filter(host__campaign=campaign).order_by("pk")[:units]
    Activity.objects.filter(registration__in=[f.pk for f in forms]).update(
        content=Concat(F("content"), Value(" tại xã")), sequence=F("sequence") + 1
    )


def _standing(campaign) -> int:
    from tuanhoc.findings.models import Finding

    return Finding.objects.filter(campaign=campaign, is_standing=True).count()


def _both(work: Callable[[], object]) -> tuple[float, float]:
    begun, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - begun, time.perf_counter() - clock
