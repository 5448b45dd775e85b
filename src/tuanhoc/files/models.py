"""Uploaded files: one row per content."""

from django.db import models


class StoredFile(models.Model):
    """A file's content, kept once under its SHA-256; who may read it is decided by what points at it."""

    sha256 = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def path(self) -> str:
        """Where the content lies in the private storage."""
        return f"{self.sha256[:2]}/{self.sha256}"
