"""Messages: a row each, before anything leaves."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MessageQuerySet(models.QuerySet["Message"]):
    def free(self, *, at: dt.datetime) -> Self:
        """Those a worker may take: waiting, or taken by a worker that has not come back."""
        return self.filter(Q(state="queued") | Q(state="sending", claimed_until__lt=at))

    def forgotten(self, *, at: dt.datetime, due_before: dt.datetime) -> Self:
        """Those whose worker has not come back, and those that should have left by ``due_before``."""
        lost = Q(state="queued", due_at__lt=due_before) | Q(state="sending", claimed_until__lt=at)
        return self.filter(lost).order_by("pk")


class Message(models.Model):
    """One e-mail: queued, being sent, sent, or failed and why.

    ``due_at`` and ``claimed_until`` are the machine's time; the others are the Week's.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ gửi")
        SENDING = "sending", _("Đang gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")

    about = models.CharField(max_length=120, unique=True, help_text="one message per happening and receiver")
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, related_name="+")
    #: the unit it concerns
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, null=True, related_name="+")
    receiver = models.CharField(max_length=120, blank=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    #: the body has a mark where a personal link is put at the moment of sending; the link itself is never kept
    carries_link = models.BooleanField(default=False)
    #: whose link that is: an officer's, or a head's, which only confirms
    link_role = models.CharField(max_length=20, default="officer")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failed_because = models.TextField(blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_sent_message_has_a_time", condition=~Q(state="sent") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="a_message_being_sent_is_claimed", condition=~Q(state="sending") | Q(claimed_until__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="notices_unsent", condition=Q(state__in=["queued", "sending"])),
            models.Index(fields=["campaign", "state"], name="notices_by_campaign"),
        ]

    def __str__(self) -> str:
        return self.subject
