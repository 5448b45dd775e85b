"""Files on their way in: forms to registrations, a plan to a campaign."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import RosterUnit

from .rules.matching import SURE


class FormFileQuerySet(models.QuerySet["FormFile"]):
    def to_confirm(self) -> Self:
        """Forms waiting for a coordinator or a district; a unit's own upload waits for the unit."""
        return self.filter(state=FormFile.State.READ, is_own=False)

    def needing_no_look(self) -> Self:
        """Waiting forms that are sure of their unit and leave nothing to ask."""
        return self.to_confirm().filter(open_points=0, host__isnull=False, match_score__gte=SURE)


class ConfirmationBatch(models.Model):
    """Forms confirmed at one stroke: taken back together, as far as nobody has looked at them since."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    #: the unit whose inbox it was; null = the coordinator's
    taken_in_by = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    #: how many forms were confirmed then, whatever became of them later
    form_count = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "confirmed_at"], name="intake_batches")]

    def __str__(self) -> str:
        return f"{self.confirmed_at:%H:%M %d/%m/%Y}"


class FormFile(models.Model):
    """One uploaded form: what was read, which unit it is believed to be, and what became of it.

    State moves only through ``intake.actions.forms``.
    """

    class State(models.TextChoices):
        READ = "read", _("Chờ xác nhận")
        UNREADABLE = "unreadable", _("Không đọc được")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        SET_ASIDE = "set_aside", _("Đã để sang một bên")

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices)
    host = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    match_reason = models.CharField(max_length=300, blank=True)
    match_score = models.FloatField(default=0)
    #: roster units that may be meant as well, best first
    match_others = models.JSONField(default=list)
    #: the reading as ``tuanhoc form read`` prints it
    reading = models.JSONField(default=dict)
    #: the rows as somebody corrected them, ``[{"key": "0", …}]``; null: as read
    corrected = models.JSONField(null=True, blank=True)
    #: which of the reading's ``unplaced`` were put into a note or set aside
    settled = models.JSONField(default=list)
    #: where they went: place in ``unplaced`` -> ``[row key, field]``; none for what was set aside
    placed = models.JSONField(default=dict, blank=True)
    #: what a person should look at before confirming; 0 = nothing
    open_points = models.PositiveSmallIntegerField(default=0)
    #: counts corrections, so that a second window never overwrites the first unseen
    version = models.PositiveIntegerField(default=0)
    refused_because = models.CharField(max_length=500, blank=True)
    #: the day the paper or mail came in, which decides whether it is late; not when it was uploaded
    received_at = models.DateTimeField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=200)
    #: the unit whose officer uploaded it and whose people may see it; null = the coordinator
    taken_in_by = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    #: uploaded on a unit's own sheet: its rows go into the draft, handing in stays with the unit
    is_own = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    registration = models.ForeignKey("activities.Registration", models.PROTECT, null=True, blank=True, related_name="+")
    #: what the registration held before this form was confirmed; an undo puts it back
    before = models.JSONField(null=True, blank=True)
    #: the stroke it was confirmed at together with others
    batch = models.ForeignKey(ConfirmationBatch, models.PROTECT, null=True, blank=True, related_name="forms")

    objects = FormFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["campaign", "state"], name="intake_waiting")]
        constraints = [
            models.CheckConstraint(
                name="confirmed_form_has_a_registration",
                condition=~Q(state="confirmed") | Q(registration__isnull=False, host__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_form_is_taken_in_once", fields=["campaign", "stored"], condition=Q(is_own=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def row_count(self) -> int:
        """Rows as they stand, read or corrected."""
        return len(self.reading.get("rows", []) if self.corrected is None else self.corrected)

    @property
    def is_unsure(self) -> bool:
        """Whether a person should look at which unit it is."""
        return self.match_score < SURE


class FormPage(models.Model):
    """One page of a form that came as a photo or a scan: the picture a person types from."""

    form = models.ForeignKey(FormFile, models.CASCADE, related_name="pages")
    #: as people count them in the file
    number = models.PositiveSmallIntegerField()
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    #: a machine read words off it, which stand in the form's reading as suggestions
    is_suggested = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_page_of_a_form_stands_once", fields=["form", "number"])]

    def __str__(self) -> str:
        return f"{self.form_id}/{self.number}"


class PlanFile(models.Model):
    """One plan on its way to a campaign: what was read, and what the coordinator has corrected so far.

    ``reading`` holds each value with the sentence it came from; ``typed`` what stands in the page's fields,
    as typed, blank until something was saved. Without a file, everything is filled in by hand.
    """

    class State(models.TextChoices):
        READ = "read", _("Đang chuẩn bị")
        PREPARED = "prepared", _("Đã lập đợt")
        SET_ASIDE = "set_aside", _("Đã để sang một bên")

    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    reading = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prepared_plan_has_a_campaign", condition=~Q(state="prepared") | Q(campaign__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name
