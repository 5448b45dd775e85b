"""The Week's fields as a page shows them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tuanhoc.campaigns.queries import Asked, asked, prospects
from tuanhoc.intake.rules import stale_warning
from tuanhoc.lib.dates import last_day
from tuanhoc.units.models import Unit

from .fields import CLOSING, HELP, PLACE, ROWS, WEEK, Reader, Spec, in_words, row_numbers


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field: what stands in it, what is wrong with it, and what the plan says on it.

    ``source`` is the sentence the plan's value came from; ``unsaid``: the plan is silent on it.
    """

    name: str
    label: str
    value: str
    error: str = ""
    hint: str = ""
    is_long: bool = False
    required: bool = False
    is_day: bool = False
    source: Mapping[str, Any] | None = None
    unsaid: bool = False
    words: str = ""
    options: Sequence[tuple[str, str]] = ()
    #: the hour that stands beside a last day
    beside: "ShownField | None" = None

    @property
    def field_id(self) -> str:
        """The field's id on the page."""
        return f"f-{self.name}"

    @property
    def error_id(self) -> str:
        """The id of what is wrong with it; blank when nothing is."""
        return f"e-{self.name}" if self.error else ""

    @property
    def lines(self) -> int:
        """How tall a text field stands without growing by itself."""
        return min(12, max(2, sum(1 + len(line) // 70 for line in self.value.split("\n"))))


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A duty, a legal basis or a direction."""

    fields: Sequence[ShownField]
    drop: str
    dropped: bool
    hidden: tuple[str, str] | None = None
    where: str = ""
    stale: str = ""
    asked: Asked | None = None

    @property
    def wrong(self) -> bool:
        return any(field.error for field in self.fields)


@dataclass(frozen=True, slots=True)
class ShownWeek:
    """All fields of a Week in their groups."""

    week: Sequence[ShownField]
    closing: Sequence[ShownField]
    help: Sequence[ShownField]
    place: Sequence[ShownField]
    duties: Sequence[ShownRow]
    bases: Sequence[ShownRow]
    directions: Sequence[ShownRow]
    warnings: Sequence[str]
    phases: Sequence[ShownRow] = ()

    @property
    def has_theme(self) -> bool:
        return any(field.name == "theme" and field.value.strip() for field in self.week)

    @property
    def unsaid(self) -> list[str]:
        """Labels of what the plan is silent on."""
        return [field.label for field in (*self.week, *self.closing) if field.unsaid]

    @property
    def said_count(self) -> int:
        return sum(field.source is not None for field in (*self.week, *self.closing))

    @property
    def directions_wrong(self) -> bool:
        return any(row.wrong for row in self.directions)

    @property
    def stale_count(self) -> int:
        return sum(bool(row.stale) and not row.dropped for row in self.bases)

    @property
    def unmatched_count(self) -> int:
        return sum(row.asked is not None and not row.asked.words and not row.dropped for row in self.duties)


_TIMES = {spec.name.replace("_time", "_day"): spec for spec in CLOSING if spec.name.endswith("_time")}


class Page:
    """Builds the shown fields from what was typed, what is wrong, and what the plan said."""

    def __init__(
        self,
        typed: Mapping[str, str],
        errors: Mapping[str, str],
        reading: Mapping[str, Any] | None = None,
        known_stale: Mapping[str, str] | None = None,
    ) -> None:
        self.typed = typed
        self.errors = errors
        self.reading = reading
        self.known_stale = known_stale or {}

    def field(self, spec: Spec, name: str = "", options: Sequence[tuple[str, str]] = ()) -> ShownField:
        name = name or spec.name
        source = (self.reading or {}).get(spec.said_as) if spec.said_as else None
        closing = name.removesuffix("_day") if name.endswith("_day") else ""
        return ShownField(
            name=name,
            label=_(spec.label),
            value=self.typed.get(name, ""),
            error=_(self.errors[name]) if name in self.errors else "",
            hint=_(spec.hint) if spec.hint else "",
            is_day=spec.is_day,
            is_long=spec.is_long,
            required=spec.required,
            source=source,
            unsaid=self.reading is not None and bool(spec.said_as) and source is None,
            words=in_words(self.typed, closing) if closing else "",
            options=options,
            beside=self.field(_TIMES[name]) if name in _TIMES else None,
        )

    def rows(self, kind: str, reads: Sequence[Asked] = ()) -> list[ShownRow]:
        found = (self.reading or {}).get({"d": "duties", "b": "legal_bases", "t": "directions"}.get(kind, "")) or []
        rows = []
        for place, n in enumerate(row_numbers(self.typed, kind)):
            prefix = f"{kind}-{n}-"
            symbol = self.typed.get(f"{prefix}symbol", "")
            rows.append(
                ShownRow(
                    fields=[self.field(spec, prefix + spec.name) for spec in ROWS[kind]],
                    drop=f"{prefix}drop",
                    dropped=bool(self.typed.get(f"{prefix}drop")),
                    hidden=(f"{prefix}symbol", symbol) if symbol else None,
                    where=found[n]["where"] if n < len(found) else "",
                    stale=self._stale(prefix) if kind == "b" else "",
                    asked=reads[place] if reads else None,
                )
            )
        return rows

    def _stale(self, prefix: str) -> str:
        read = Reader(self.typed)
        normalized = read.given(f"{prefix}normalized")
        dated_on = read.day(f"{prefix}dated")
        return self.known_stale.get(normalized) or stale_warning(normalized, dated_on=dated_on, year=read.of_year)


def unusual(typed: Mapping[str, str]) -> dict[str, str]:
    """Say what is unusual of a Week as typed, by a code for each; nothing of it stops anybody."""
    read = Reader(typed)
    first, last, opens = read.day("starts_on"), read.day("ends_on"), read.day("opening_on")
    closes, reports = read.closing("registration"), read.closing("report")
    told = {}
    if first and last and (last - first).days > 31:
        told["long"] = _("Tuần lễ dài hơn một tháng: vui lòng xem lại hai ngày.")
    if first and read.given("year") and first.year != read.of_year:
        told["year"] = _("Năm của Tuần lễ và năm của ngày bắt đầu khác nhau.")
    if opens and first and last and not first <= opens <= last:
        told["opening"] = _("Ngày khai mạc nằm ngoài các ngày của Tuần lễ.")
    if closes and last and last_day(closes) > last:
        told["registration"] = _("Hạn đăng ký đến sau khi Tuần lễ kết thúc.")
    if reports and closes and reports <= closes:
        told["report"] = _("Hạn báo cáo không đến sau hạn đăng ký.")
    if reports and last and last_day(reports) < last:
        told["report_in_week"] = _("Hạn báo cáo đến trước khi Tuần lễ kết thúc.")
    return told


def newly_unusual(typed: Mapping[str, str], before: Mapping[str, str], *, at: dt.datetime) -> dict[str, str]:
    """Say what is unusual of a correction that was not so of what stands: it is asked about once before it is saved."""
    told = {code: words for code, words in unusual(typed).items() if code not in unusual(before)}
    reports = Reader(typed).closing("report")
    if reports and reports <= at and reports != Reader(before).closing("report"):
        told["report_past"] = _("Hạn báo cáo này đã qua.")
    return told


def said_stale(reading: Mapping[str, Any] | None) -> dict[str, str]:
    """Return, by standing symbol, why the reader found a legal basis stale."""
    bases = [found["value"] for found in (reading or {}).get("legal_bases") or []]
    return {basis["normalized"]: basis["stale"] for basis in bases if basis["stale"]}


def show(
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    day: dt.date,
    reading: Mapping[str, Any] | None = None,
    known_stale: Mapping[str, str] | None = None,
    options: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    province: Unit | None = None,
    coordinator: Unit | None = None,
) -> ShownWeek:
    """Return the page's fields; duties are matched to the units that stand under ``province`` on ``day``."""
    page = Page(typed, errors, reading, known_stale)
    people = prospects(province, coordinator, day) if province and coordinator else []
    words = [typed.get(f"d-{n}-unit", "") for n in row_numbers(typed, "d")]
    return ShownWeek(
        week=[page.field(spec) for spec in WEEK],
        closing=[page.field(spec) for spec in CLOSING if not spec.name.endswith("_time")],
        help=[page.field(spec) for spec in HELP],
        place=[page.field(spec, options=(options or {}).get(spec.name, ())) for spec in PLACE],
        duties=page.rows("d", asked(words, people, coordinator) if people else ()),
        bases=page.rows("b"),
        directions=page.rows("t"),
        warnings=list(unusual(typed).values()),
        phases=page.rows("p"),
    )
