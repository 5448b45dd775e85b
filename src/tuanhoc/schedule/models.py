"""Releases of the merged schedule, numbered and frozen; and what comes back of it from Word."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """A numbered, frozen edition of the merged schedule."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    released_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    #: the lines as plain JSON values, in reading order (see ``rules.Line``)
    lines = models.JSONField()
    #: who issued it, as plain JSON values (see ``rules.Issuer``); empty in releases older than this field
    issuer = models.JSONField(default=dict)
    #: first and last days of the Week, then of its phases, as they were; empty in releases older than this field
    windows = models.JSONField(default=list)
    #: how many lines take place, and how many changed against the release before, by ``rules.Kind``; empty in
    #: releases older than this field. A list of releases need not read their lines.
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(name="releases_are_numbered", fields=["campaign", "number"])]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.number}"


class PrintedDraft(models.Model):
    """The lines of a draft that left as a Word file: when it comes back edited, it is compared with these."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    #: the unit whose own schedule it is; null = the whole campaign's
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, null=True, blank=True, related_name="+")
    printed_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    #: the lines as packed JSON (see ``rules.frozen``); the same lines are kept once
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["campaign", "printed_at"], name="drafts_by_moment")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.printed_at:%Y-%m-%d %H:%M}"


class EditedSchedule(models.Model):
    """A merged schedule that came back from Word with changes to propose."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, null=True, blank=True, related_name="+")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    #: what it was printed from; both null: not known, compared with what stood when it came
    release = models.ForeignKey(Release, models.PROTECT, null=True, blank=True, related_name="+")
    draft = models.ForeignKey(PrintedDraft, models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=200)
    #: rows that stand as they were printed
    unchanged = models.PositiveIntegerField()
    #: words of the paper that are in no row: ``[["bảng 3, dòng 2", "Xin xếp xe đưa đón"]]``
    loose = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class ProposedChange(models.Model):
    """One change that an edited schedule proposes, for somebody to accept or decline."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ xem")
        ACCEPTED = "accepted", _("Đã nhận")
        DECLINED = "declined", _("Không nhận")

    class Kind(models.TextChoices):
        CHANGED = "changed", _("Sửa")
        ADDED = "added", _("Thêm")
        REMOVED = "removed", _("Bỏ")

    edited = models.ForeignKey(EditedSchedule, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: the line it is about; of an added one, what was made of it
    activity = models.ForeignKey("activities.Activity", models.SET_NULL, null=True, blank=True, related_name="+")
    #: whose line it is; null: the paper names no unit of the roster
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, null=True, blank=True, related_name="+")
    #: fields as printed and as they stand in the paper now (see ``comeback.FIELDS``), and the whole line
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    line = models.JSONField(default=dict)
    where = models.CharField(max_length=200, blank=True)
    confidence = models.FloatField(default=1)
    #: what a careful colleague would ask about it (see ``comeback.words``)
    codes = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    #: what an undo writes back, and the activity's ``sequence`` it may be undone at
    undo = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="proposed_changes_are_numbered", fields=["edited", "number"]),
            models.CheckConstraint(
                name="a_decided_change_says_when", condition=Q(state="waiting") | Q(decided_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edited_id} {self.number} {self.kind}"
