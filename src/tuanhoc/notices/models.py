"""Messages: a row each, before anything leaves; reminders and calls: who was told of which unit, and when."""

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
        DROPPED = "dropped", _("Không cần gửi nữa")

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
    #: a reminder: whoever gets it may ask for no more; written anew when it leaves (see ``Reminder``)
    is_reminder = models.BooleanField(default=False)
    #: whose link that is: an officer's, or a head's, which only confirms
    link_role = models.CharField(max_length=20, default="officer")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: a try was cut off before its outcome was written down: the server may have taken the letter
    may_have_left = models.BooleanField(default=False)
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


class Round(models.Model):
    """One press of the button: the reminders an officer sent together."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    #: the Week's day it was pressed on, in Viet Nam
    day = models.DateField()
    pressed_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    #: the office's own sentence in its letters, as it was then
    own_words = models.CharField(max_length=500, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="rounds_are_numbered", fields=["campaign", "number"])]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.number}"


class Reminder(models.Model):
    """One unit told at one step of the ladder to one address; a message holds several.

    Counted against the deadline it spoke of: a moved deadline has steps of its own.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reminders")
    message = models.ForeignKey(Message, models.PROTECT, related_name="reminders")
    host = models.ForeignKey("campaigns.RosterUnit", models.PROTECT, related_name="+")
    #: of its receiver, in lower case
    address = models.CharField(max_length=254)
    #: working days from the last day in time, negative before it
    step = models.SmallIntegerField()
    #: told to the unit above, which is asked to help
    is_below = models.BooleanField(default=False)
    closes_at = models.DateTimeField()
    day = models.DateField()
    #: the first day on which the unit above may be asked to help
    helped_on = models.DateField()
    #: its letter was stopped before it left: the step counts as not told
    is_stopped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_step_is_told_once",
                fields=["host", "address", "closes_at", "step", "is_below"],
                condition=Q(is_stopped=False),
            )
        ]
        indexes = [models.Index(fields=["day"], name="notices_reminders_by_day")]

    def __str__(self) -> str:
        return f"{self.host_id} {self.step:+d} {self.address}"


class ReminderSettings(models.Model):
    """What the office of a Week says in its reminders, and its own free and worked days beside the State's."""

    campaign = models.OneToOneField("campaigns.Campaign", models.CASCADE, related_name="+")
    own_words = models.CharField(max_length=500, blank=True)
    #: ISO days
    free_days = models.JSONField(default=list, blank=True)
    worked_days = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return str(self.campaign_id)


class ClosedAddress(models.Model):
    """An address that gets no reminders, and why; other notices are still tried."""

    class Why(models.TextChoices):
        DECLINED = "declined", _("Đã xin thôi nhận thư nhắc")
        REFUSED = "refused", _("Máy chủ thư không nhận")
        BOUNCED = "bounced", _("Thư bị trả về")

    #: in lower case
    address = models.CharField(max_length=254)
    #: null: for every Week
    campaign = models.ForeignKey("campaigns.Campaign", models.CASCADE, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    #: what the mail server said
    said = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_address_closes_once_a_week", fields=["address", "campaign"]),
            models.UniqueConstraint(name="an_address_closes_once", fields=["address"], condition=Q(campaign=None)),
            models.CheckConstraint(
                name="declining_is_of_a_week",
                condition=Q(why="declined", campaign__isnull=False) | (~Q(why="declined") & Q(campaign=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.why}"


class Snooze(models.Model):
    """A unit left out of the reminders until a day, and why."""

    host = models.OneToOneField("campaigns.RosterUnit", models.CASCADE, related_name="+")
    #: the first day it is written to again
    until = models.DateField()
    reason = models.CharField(max_length=200)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host_id} {self.until}"


class Call(models.Model):
    """One step of phoning one person of a Week: somebody is at it, or what came of it. Never changed."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Đang gọi")
        REACHED = "reached", _("Đã gọi")
        NO_ANSWER = "no_answer", _("Không nghe máy")
        LATER = "later", _("Hẹn gọi lại")
        LEFT = "left", _("Chưa gọi")

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    #: who is phoned: ``tel:`` and the number, else ``host:`` and the roster unit that has no number
    person = models.CharField(max_length=60)
    #: counts the person's entries: of two officers who write the same one, one is told
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    again_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    #: the district that phoned one of its own units; blank: whoever coordinates the Week
    for_name = models.CharField(max_length=300, blank=True)
    by_user_id = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="calls_are_numbered", fields=["campaign", "person", "number"])]

    def __str__(self) -> str:
        return f"{self.person} {self.number} {self.outcome}"
