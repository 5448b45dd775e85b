"""Uploaded files: one row per content."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A file's content, kept once under its SHA-256; who may read it is decided by what points at it.

    One in quarantine was made to do harm, did, or could not be looked at: ``files.actions.contents`` refuses it.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()
    quarantined_at = models.DateTimeField(null=True, blank=True)
    #: the sentence that was shown, blank outside quarantine
    quarantined_because = models.CharField(max_length=500, blank=True)
    #: what the scanner calls it; such a file is never handed out
    virus = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_file_in_quarantine_has_a_reason",
                condition=Q(quarantined_at__isnull=True, quarantined_because="", virus="")
                | (Q(quarantined_at__isnull=False) & ~Q(quarantined_because="")),
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the content lies in the private storage."""
        return f"{self.sha256[:2]}/{self.sha256}"

    @property
    def is_quarantined(self) -> bool:
        """Whether it is handed out with care, or, infected, not at all."""
        return self.quarantined_at is not None
