"""Releases of the merged schedule: numbered, frozen."""

from django.db import models


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
