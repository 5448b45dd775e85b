"""Pairs of activities worth a question, and what officers made of them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Search(models.Model):
    """The last search through a Week's activities; ``stamp`` says of what they were then."""

    campaign = models.OneToOneField("campaigns.Campaign", models.PROTECT, related_name="+")
    stamp = models.CharField(max_length=200, blank=True)
    searched_at = models.DateTimeField(null=True, blank=True)
    activity_count = models.PositiveIntegerField(default=0)
    #: what the next look needs of this one (``rules.looking``); a megabyte for 20,000 activities, so read only there
    memory = models.BinaryField(default=b"", blank=True)

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.searched_at}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def listed(self) -> Self:
        """Those that stand, and those that an officer settled by cancelling one, which ends them."""
        return self.filter(Q(is_standing=True) | Q(verdict="replaced"))

    def open(self) -> Self:
        """Those nobody has decided."""
        return self.filter(is_standing=True, verdict="open")


class Finding(models.Model):
    """Two activities that look like one event, or want one hall or one speaker at once.

    Known by its ``pair``, a digest of both rows: when a row changes in day, place or content it is another
    finding, asked anew with the ``earlier`` verdict beside it; when it is not found any more its verdict is kept.
    """

    class Kind(models.TextChoices):
        TWICE = "twice", _("Có thể trùng")
        HALL = "hall", _("Trùng nơi, trùng giờ")
        SPEAKER = "speaker", _("Trùng người nói")

    class Verdict(models.TextChoices):
        OPEN = "open", _("Chưa xem")
        TOGETHER = "together", _("Cùng tổ chức")
        DIFFERENT = "different", _("Khác nhau")
        REPLACED = "replaced", _("Thay thế")

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    pair = models.CharField(max_length=60)
    first_host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, related_name="+")
    second_host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, related_name="+")
    #: rows of a draft come and go; the verdict stays
    first = models.ForeignKey("activities.Activity", models.SET_NULL, null=True, related_name="+")
    second = models.ForeignKey("activities.Activity", models.SET_NULL, null=True, related_name="+")
    score = models.FloatField()
    #: codes of ``rules.REASONS``
    reasons = models.JSONField(default=list)
    #: the speaker's name; blank otherwise
    about = models.CharField(max_length=200, blank=True)
    is_standing = models.BooleanField(default=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    note = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    #: of a replaced pair, the activity that was cancelled for it
    cancelled = models.ForeignKey("activities.Activity", models.SET_NULL, null=True, related_name="+")
    #: ``{"verdict": "together", "by": "Chị Lan", "at": "2022-09-28T09:30:00+07:00"}`` of the pair before a row changed
    earlier = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.CharField(max_length=200, blank=True)
    #: counts decisions, so that of two officers the second sees what the first made of it
    version = models.PositiveIntegerField(default=0)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_pair_is_found_once", fields=["campaign", "kind", "pair"]),
            models.CheckConstraint(
                name="a_verdict_says_when", condition=Q(verdict="open") | Q(decided_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["campaign", "is_standing", "verdict"], name="findings_by_verdict")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_id} {self.second_id}"
