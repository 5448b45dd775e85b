"""Registrations, their activities, what was handed in and what was said of it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import Campaign, RosterUnit


class State(models.TextChoices):
    """Late is a fact beside the state; a unit without a registration has not begun."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ xem")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã chấp nhận")
    NIL = "nil", _("Không có hoạt động")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def within(self, unit: RosterUnit) -> Self:
        """Registrations of the unit and of those under it."""
        return self.filter(host__campaign_id=unit.campaign_id, host__path__startswith=unit.path)

    def editable(self) -> Self:
        """Those their unit may still write in."""
        return self.filter(state__in=[State.DRAFT, State.RETURNED])

    def awaiting_review(self) -> Self:
        """Oldest first."""
        return self.filter(state=State.SUBMITTED).order_by("submitted_at", "pk")


class Registration(models.Model):
    """The annex one unit fills in for one campaign. State moves only through ``activities.actions``."""

    host = models.OneToOneField(RosterUnit, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    #: counts saves, so that a second window never overwrites the first unseen
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    entered_on_behalf = models.BooleanField(default=False)
    #: why the unit has nothing to register, in its own words; only beside ``NIL``
    nil_reason = models.CharField(max_length=300, blank=True)
    #: the unit's own theme; blank: the campaign's
    theme = models.CharField(max_length=300, blank=True)
    signed_scan = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="submitted_registration_has_a_time",
                condition=Q(state__in=["draft", "nil"]) | Q(submitted_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.host_id} {self.state}"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def public(self, campaign: Campaign) -> Self:
        """What the portal shows: accepted and public; cancelled ones too, marked."""
        return self.filter(
            registration__host__campaign=campaign,
            registration__state=State.ACCEPTED,
            is_public=True,
            held_on__isnull=False,
        )


class Activity(models.Model):
    """One line of the annex: day, place, content, note, and what the screen collects beyond paper."""

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("Trực tiếp")
        ONLINE = "online", _("Trực tuyến")
        BOTH = "both", _("Trực tiếp và trực tuyến")

    class PartOfDay(models.TextChoices):
        MORNING = "morning", _("Sáng")
        AFTERNOON = "afternoon", _("Chiều")
        EVENING = "evening", _("Tối")

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    held_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    part_of_day = models.CharField(max_length=10, choices=PartOfDay.choices, blank=True)
    place = models.CharField(max_length=500, blank=True)
    content = models.TextField(blank=True)
    note = models.TextField(blank=True)
    form = models.CharField(max_length=10, choices=Form.choices, blank=True)
    link = models.URLField(max_length=500, blank=True)
    audience = models.CharField(max_length=300, blank=True)
    #: codes of ``rules.AUDIENCES`` between commas: ``,children,parents,``
    audience_groups = models.CharField(max_length=120, blank=True)
    expected_people = models.PositiveIntegerField(null=True, blank=True)
    host = models.CharField(max_length=300, blank=True)
    contact = models.CharField(max_length=300, blank=True)
    contact_is_public = models.BooleanField(default=False)
    area = models.ForeignKey("units.Area", models.PROTECT, null=True, blank=True, related_name="+")
    fee = models.CharField(max_length=120, blank=True, help_text="blank = free")
    is_public = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    #: what the unit said when it moved or cancelled it after acceptance
    change_reason = models.CharField(max_length=300, blank=True)
    #: iCalendar SEQUENCE: one more with every change after acceptance
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    #: where in the file it came from; blank when typed
    source = models.CharField(max_length=120, blank=True)
    #: what was typed and could not be read: ``[["starts_at", "25h"]]``
    unread = models.JSONField(default=list, blank=True)
    #: folded words for search, and the same with their marks
    search_folded = models.TextField(blank=True)
    search_marked = models.TextField(blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(held_on=None) | Q(ends_on__gte=models.F("held_on")),
            )
        ]
        indexes = [models.Index(fields=["held_on"], name="activity_by_day")]

    def __str__(self) -> str:
        return self.content[:60]


class Submission(models.Model):
    """One handing-in: the rows as they stood, frozen, and the receipt given for them."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="submissions")
    number = models.CharField(max_length=40, unique=True)
    submitted_at = models.DateTimeField()
    is_late = models.BooleanField()
    #: the unit's own deadline as it stood then; null: handed in before this was kept
    closes_at = models.DateTimeField(null=True, blank=True)
    rows = models.JSONField()
    #: of the canonical JSON of ``rows``; printed on the receipt and on the annex
    sha256 = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    #: taken back before anybody looked at it; its number stays used
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number


class ReviewBatch(models.Model):
    """Registrations decided at one stroke, alone or many together, and taken back together."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    #: as written, placeholders and all
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    by_user_id = models.BigIntegerField(null=True, blank=True)
    decided_count = models.PositiveIntegerField(default=0)
    #: what was left as it is and why: ``[{"registration": 3, "unit": "…", "why": "decided", "by": "…", "at": "…"}]``
    left = models.JSONField(default=list)
    #: all of it was taken back
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "-decided_at"], name="review_batches_latest")]

    def __str__(self) -> str:
        return f"{self.decided_count} {'accepted' if self.accepted else 'returned'}"


class Review(models.Model):
    """What the reviewer decided about a submission, with words when it went back."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="reviews")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    #: ``[{"position": 3, "uid": "…", "text": "Thiếu địa điểm"}]``
    lines = models.JSONField(default=list)
    reviewed_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    batch = models.ForeignKey(ReviewBatch, models.PROTECT, null=True, blank=True, related_name="reviews")
    #: the registration's version right after; null: decided before these were counted
    left_version = models.PositiveIntegerField(null=True, blank=True)
    #: the decision was taken back; it counts no more
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_return_says_why", condition=Q(accepted=True) | ~Q(reason="") | ~Q(lines=[]))
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {'accepted' if self.accepted else 'returned'}"


class ReasonTemplate(models.Model):
    """Words a reviewer gives a registration back with, again and again. A campaign's own list."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    #: stands for it in forms; that of a default is the same in every campaign
    code = models.SlugField(max_length=40)
    label = models.CharField(max_length=80)
    #: may hold ``{han}``, ``{don_vi}``, ``{nam}``
    text = models.TextField()
    #: code of the warning whose rows it marks; blank: none
    marks = models.CharField(max_length=20, blank=True)
    used = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_reason_has_one_code", fields=["campaign", "code"])]

    def __str__(self) -> str:
        return self.label


class RowComment(models.Model):
    """Something said about one row between the unit and whoever looks at it. Never public.

    It knows its row by the activity's ``uid``, and keeps the row's words: the row may be taken out later.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="comments")
    activity_uid = models.UUIDField()
    row_words = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    #: said by who looks at it; otherwise by the unit
    by_reviewer = models.BooleanField()
    by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="a_comment_says_something", condition=~Q(text=""))]
        indexes = [models.Index(fields=["registration", "activity_uid"], name="comments_by_row")]

    def __str__(self) -> str:
        return self.text[:60]


class Looking(models.Model):
    """Who has a registration open to decide on it: a hint for the next officer, never a lock."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="looking")
    by_name = models.CharField(max_length=200)
    by_user_id = models.BigIntegerField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.by_name} {self.registration_id}"


class HeadConfirmation(models.Model):
    """A draft handed to the unit's head ("trình thủ trưởng"): the head agrees, and that hands it in, or gives it back.

    A fact beside the state: meanwhile the registration is still a draft. Whether it is late is decided at the
    moment the head agrees, as of any other handing-in; ``handed_up_at`` says that the officer was in time.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang trình thủ trưởng")
        CONFIRMED = "confirmed", _("Thủ trưởng đã đồng ý")
        GIVEN_BACK = "given_back", _("Thủ trưởng đề nghị sửa")
        TAKEN_BACK = "taken_back", _("Đã lấy lại")

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="confirmations")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    #: of the rows as they were handed up: what is changed since has to be looked at again
    sha256 = models.CharField(max_length=64)
    head_name = models.CharField(max_length=120)
    head_email = models.EmailField(blank=True)
    handed_up_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True, blank=True)
    #: what the head asks to have changed
    words = models.TextField(blank=True)
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="handed_to_the_head_once_at_a_time", fields=["registration"], condition=Q(state="waiting")
            ),
            models.CheckConstraint(
                name="an_answered_confirmation_has_a_time", condition=Q(state="waiting") | Q(answered_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.state}"


class BehalfEntry(models.Model):
    """Who phoned when a unit's registration was entered for it ("nhập hộ"). Never public."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="behalf_entries")
    caller_name = models.CharField(max_length=120)
    caller_phone = models.CharField(max_length=40, blank=True)
    called_at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.registration_id} {self.called_at}"


class AnnexArchive(models.Model):
    """The annexes of all units of a campaign, or all its papers, on their way into one zip, and how far it is."""

    class Contents(models.TextChoices):
        ANNEXES = "annexes", _("Phụ lục của các đơn vị")
        SEASON = "season", _("Hồ sơ của đợt")

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        RUNNING = "running", _("Đang làm")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không làm được")
        EXPIRED = "expired", _("Đã hết hạn tải")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    contents = models.CharField(max_length=10, choices=Contents.choices, default=Contents.ANNEXES)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    #: blank forms of units that have not handed in, too
    with_blanks = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    #: the machine's time; a worker that has not said so for a while is dead, and another begins anew
    alive_at = models.DateTimeField()
    #: counts beginnings, so that a worker thought dead writes nothing more
    turn = models.PositiveSmallIntegerField(default=0)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_archive_at_a_time",
                fields=["campaign", "contents"],
                condition=Q(state__in=["waiting", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.state} {self.done}/{self.total}"
