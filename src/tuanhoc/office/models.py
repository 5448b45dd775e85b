"""Papers of a Week on their way to a signature."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import Campaign, RosterUnit, RosterUnitQuerySet


class OfficialPaper(models.Model):
    """A paper of a Week: a draft that follows the Week until it has number and date, then kept as signed."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Kế hoạch")
        INVITATION = "invitation", _("Giấy mời dự lễ khai mạc")
        REMINDER = "reminder", _("Công văn đôn đốc")

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    #: the unit that issues it for those under it; null: the coordinator (or the committee, for the plan)
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    #: what somebody typed for it, by name of the field
    typed = models.JSONField(default=dict)
    #: with its symbol: ``2108/SGDĐT-GDTX``; blank while it is a draft
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    #: the document as it was signed (see ``papers.keeping``); empty while a draft follows the Week
    contents = models.JSONField(default=dict, blank=True)
    #: who wrote the number down, and when
    numbered_by = models.CharField(max_length=200, blank=True)
    numbered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_numbered_paper_has_a_day",
                condition=Q(number="", issued_on=None, numbered_at=None)
                | (~Q(number="") & Q(issued_on__isnull=False, numbered_at__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["campaign", "kind"], name="papers_of_a_week")]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.pk}"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose papers: the coordinator's of a Week, or those a unit of the roster sends to the ones under it."""

    campaign: Campaign
    host: RosterUnit | None = None

    @property
    def sender(self) -> str:
        """Name of the unit that sends, as a sentence gives it."""
        return self.host.name if self.host else self.campaign.coordinator.name

    @property
    def expected(self) -> RosterUnitQuerySet:
        """The units it asks."""
        if self.host is None:
            return RosterUnit.objects.filter(campaign=self.campaign)
        return RosterUnit.objects.within(self.host).exclude(pk=self.host.pk)
