"""Forms on their way from a file to a registration."""

from django.db import models
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
