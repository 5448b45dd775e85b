"""Files on their way in: forms to registrations, a plan to a campaign."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FormFile(models.Model):
    """One uploaded form: what was read, which unit it is believed to be, and what became of it."""

    class State(models.TextChoices):
        READ = "read", _("Chờ xác nhận")
        UNREADABLE = "unreadable", _("Không đọc được")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        SET_ASIDE = "set_aside", _("Đã để sang một bên")

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices)
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, null=True, blank=True, related_name="+")
    match_reason = models.CharField(max_length=300, blank=True)
    match_score = models.FloatField(default=0)
    #: the reading as ``tuanhoc form read`` prints it
    reading = models.JSONField(default=dict)
    refused_because = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    registration = models.ForeignKey("activities.Registration", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["campaign", "state"], name="intake_waiting")]

    def __str__(self) -> str:
        return self.name


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
