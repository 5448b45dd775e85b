"""Messages: a row each, before anything leaves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One e-mail: queued, sent, or failed and why."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ gửi")
        SENT = "sent", _("Đã gửi")
        FAILED = "failed", _("Không gửi được")

    about = models.CharField(max_length=120, unique=True, help_text="one message per happening and receiver")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failed_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.subject
