"""The Week: one edition, its legal bases, duties and frozen roster."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuanhoc.lib.dates import day_start, last_day

from .rules.deadlines import LEVELS, Allowed


class Campaign(models.Model):
    """One edition of the Week in one province."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("Đang chuẩn bị")
        OPEN = "open", _("Đang mở đăng ký")
        CLOSED = "closed", _("Đã kết thúc")

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=300)
    year = models.PositiveSmallIntegerField()
    theme = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREPARING)
    province = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    coordinator = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    opening_on = models.DateField(null=True, blank=True)
    #: first moments that are too late; null while the plan does not say
    registration_closes_at = models.DateTimeField(null=True, blank=True)
    report_closes_at = models.DateTimeField(null=True, blank=True)
    report_to = models.EmailField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    #: since when units past their own deadline may only read; null: late is taken, and marked
    locks_from = models.DateTimeField(null=True, blank=True)
    #: the help line every unit page shows
    help_name = models.CharField(max_length=120, blank=True)
    help_phone = models.CharField(max_length=40, blank=True)
    help_hours = models.CharField(max_length=120, blank=True)
    #: the head of the merged schedule; blank until issued
    issuer_superior = models.CharField(max_length=120, blank=True)
    issuer_name = models.CharField(max_length=120, blank=True)
    issue_place = models.CharField(max_length=60, blank=True)
    issue_number = models.CharField(max_length=60, blank=True)
    parent_document = models.CharField(max_length=200, blank=True)
    signature_lines = models.TextField(blank=True, help_text="one per line")
    signer_name = models.CharField(max_length=120, blank=True)
    #: units hand in by their head's confirmation ("trình thủ trưởng")
    head_confirms = models.BooleanField(default=False)
    plan_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    #: the edition it was made from; null: none, or made before this was kept
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="week_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="open_call_has_a_time_and_a_deadline",
                condition=Q(state="preparing") | Q(opened_at__isnull=False, registration_closes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def links_close_at(self) -> dt.datetime:
        """Until when units' links open: closing it, the end of the report's last day, or of 30 days after the Week."""
        day = last_day(self.report_closes_at) if self.report_closes_at else self.ends_on + dt.timedelta(days=30)
        return min(filter(None, (self.closed_at, day_start(day + dt.timedelta(days=1)))))

    @property
    def windows(self) -> tuple[tuple[dt.date, dt.date], ...]:
        """Spans of days in which its activities are expected: the Week and its phases. One query, unless prefetched."""
        return ((self.starts_on, self.ends_on), *((p.starts_on, p.ends_on) for p in self.phases.all()))


class PaperTemplate(models.Model):
    """One edition of how a kind of paper of a Week is headed, signed and set; the highest number stands.

    Written once: changing, resetting and going back each make another edition. ``kind`` is one of
    ``rules.PAPER_KINDS``, blank for what all papers share; ``values`` as ``rules.laid_over`` takes them, empty
    after a reset.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="paper_templates")
    kind = models.CharField(max_length=20, blank=True)
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="paper_templates_are_numbered", fields=["campaign", "kind", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Phase(models.Model):
    """A part of a campaign beside the Week itself: a month of promotion before it, the school year after it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="phases")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="phase_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on")))
        ]

    def __str__(self) -> str:
        return self.name


class LegalBasis(models.Model):
    """A document the plan rests on; ``stale`` says why it no longer stands, blank when it does."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="legal_bases")
    symbol = models.CharField(max_length=120)
    normalized = models.CharField(max_length=120)
    dated_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    stale = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.normalized


class Direction(models.Model):
    """What the plan proposes to do in the Week (section 4 of the plan of 2022)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="directions")
    clause = models.CharField(max_length=20)
    text = models.TextField()

    def __str__(self) -> str:
        return self.clause


class RosterUnitQuerySet(models.QuerySet["RosterUnit"]):
    def within(self, unit: "RosterUnit") -> Self:
        """The unit itself and those under it."""
        return self.filter(campaign_id=unit.campaign_id, path__startswith=unit.path)

    def in_reading_order(self) -> Self:
        """Higher units first, then Vietnamese order."""
        return self.order_by("rank", "name_order", "pk")

    def locked(self, at: dt.datetime) -> Self:
        """Those that may only read at that moment, as ``rules.deadlines.is_locked`` says."""
        let_in = DeadlineException.objects.open_at(at).filter(host=models.OuterRef("pk"))
        return self.filter(campaign__locks_from__lte=at, closes_at__lte=at).exclude(models.Exists(let_in))

    def of_level(self, code: str) -> Self:
        """Those of one level of deadlines."""
        return self.filter(kind__in=[k for level in LEVELS if level.code == code for k in level.kinds])


class RosterUnit(models.Model):
    """A unit as it stood when the call opened. Written once, never recomputed.

    Reforms rename, merge and close units; the rates of a past Week must not move.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="roster")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    rank = models.PositiveSmallIntegerField()
    #: place in Vietnamese order among the units of the roster
    name_order = models.PositiveIntegerField(default=0)
    name_key = models.CharField(max_length=200)
    area = models.ForeignKey("units.Area", models.PROTECT, null=True, blank=True, related_name="+")
    #: unit ids from the root down, each between slashes: ``/1/17/1021/``
    path = models.CharField(max_length=200)
    #: who looks at its registration; null = the coordinator
    reviewer = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    #: its own deadline: of its level or of all, or where an exception moved it to
    closes_at = models.DateTimeField()
    #: null for units there when the call opened; a unit may join later, with a reason
    joined_at = models.DateTimeField(null=True, blank=True)
    joined_because = models.CharField(max_length=300, blank=True)

    objects = RosterUnitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_unit_is_expected_once", fields=["campaign", "unit"])]
        indexes = [models.Index(fields=["campaign", "path"], name="roster_by_path")]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """What the plan asks of one unit or kind of unit, as written; matched to units when the call opens."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="duties")
    clause = models.CharField(max_length=20)
    unit_words = models.CharField(max_length=300)
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    owners = models.ManyToManyField(RosterUnit, through="Assignment", related_name="duties")

    def __str__(self) -> str:
        return self.clause


class Assignment(models.Model):
    """A duty as one owner has it, and how far it is in the owner's own words. ``host`` null: the coordinator itself.

    Late is a fact beside the state: it follows from the duty's ``due_on``.
    """

    class State(models.TextChoices):
        NOT_BEGUN = "none", _("Chưa bắt đầu")
        IN_PROGRESS = "doing", _("Đang làm")
        DONE = "done", _("Đã xong")
        NOT_APPLICABLE = "waived", _("Không áp dụng")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="assignments")
    host = models.ForeignKey(
        RosterUnit, models.PROTECT, null=True, related_name="assignments", db_column="rosterunit_id"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOT_BEGUN)
    words = models.TextField(blank=True)
    #: what keeps the owner from going on, in its words; blank when nothing does
    obstacle = models.CharField(max_length=300, blank=True)
    evidence_link = models.URLField(max_length=500, blank=True)
    evidence_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    #: counts what was said, so that of two people at once the second sees the first
    version = models.PositiveIntegerField(default=0)

    class Meta:
        # As the table of owners has had it from the start, under whatever name the database gave it.
        unique_together = (("duty", "host"),)
        constraints = [
            models.UniqueConstraint(
                name="the_coordinator_owns_a_duty_once", fields=["duty"], condition=Q(host__isnull=True)
            ),
            models.CheckConstraint(name="not_applicable_says_why", condition=~Q(state="waived") | ~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.host_id} {self.state}"


class JoinRequest(models.Model):
    """A company, university or club asks from the public page to take part. Never public.

    ``forgotten_at``: its personal data was blanked, by the rule that a declined one is not kept.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("Doanh nghiệp")
        UNIVERSITY = "university", _("Trường đại học, cao đẳng, trung cấp")
        CLUB = "club", _("Câu lạc bộ, nhóm tự học")
        OTHER = "other", _("Tổ chức khác")

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ trả lời")
        ACCEPTED = "accepted", _("Đã nhận")
        DECLINED = "declined", _("Không nhận")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    unit_name = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    #: what it wants to do
    wish = models.TextField(blank=True)
    person = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    #: where it stands in the roster, once accepted
    host = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "state"], name="campaigns_join_requests")]
        constraints = [
            models.CheckConstraint(
                name="an_accepted_request_stands_in_the_roster",
                condition=~Q(state="accepted") | Q(host__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.unit_name


class LevelDeadline(models.Model):
    """The deadline of one level of units, where it is not the Week's."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="level_deadlines")
    #: code of ``rules.deadlines.LEVELS``
    level = models.CharField(max_length=20)
    closes_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="a_level_has_one_deadline", fields=["campaign", "level"])]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.level}"


class DeadlineMove(models.Model):
    """One change of deadlines: what they were, what they became, and how many units it moved.

    ``before`` and ``after`` hold moments by level, the common one under ``""``; a level left out has that.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="deadline_moves")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.CharField(max_length=300, blank=True)
    moved_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.made_at:%d/%m/%Y}"


class DeadlineExceptionQuerySet(models.QuerySet["DeadlineException"]):
    def open_at(self, at: dt.datetime) -> Self:
        """Those that let their unit in at that moment."""
        standing = Q(taken_back_at=None) | Q(taken_back_at__gt=at)
        return self.filter(standing, given_at__lte=at, ends_at__gt=at)


class DeadlineException(models.Model):
    """Leave for one unit to write until ``ends_at``, with the reason; several over time, none is ever removed."""

    host = models.ForeignKey(RosterUnit, models.PROTECT, related_name="exceptions")
    reason = models.CharField(max_length=300)
    given_at = models.DateTimeField()
    #: first moment that is too late
    ends_at = models.DateTimeField()
    #: in time until then; otherwise let in, and late
    moves_deadline = models.BooleanField()
    by_name = models.CharField(max_length=200)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.CharField(max_length=200, blank=True)

    objects = DeadlineExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="exception_ends_after_it_is_given", condition=Q(ends_at__gt=F("given_at")))
        ]
        indexes = [models.Index(fields=["host", "ends_at"], name="exception_by_host")]

    def __str__(self) -> str:
        return f"{self.host_id} {self.ends_at:%d/%m/%Y}"

    @property
    def allowed(self) -> Allowed:
        """It as the rules take it."""
        return Allowed(self.given_at, self.ends_at, self.moves_deadline, self.taken_back_at)


class UnlockRequest(models.Model):
    """A locked unit asks to be let in; asked again while it waits, its last words stand."""

    host = models.ForeignKey(RosterUnit, models.PROTECT, related_name="unlock_requests")
    words = models.TextField()
    asked_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    #: null while it waits
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    #: what it was let in with; null: it was not, or not alone
    exception = models.ForeignKey(DeadlineException, models.PROTECT, null=True, blank=True, related_name="+")
    #: the change of deadlines that let it in with others
    move = models.ForeignKey(DeadlineMove, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_unlock_asked_at_a_time", fields=["host"], condition=Q(answered_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.host_id} {self.asked_at:%d/%m/%Y}"
