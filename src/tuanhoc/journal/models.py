"""The journal's one table: written once, never changed; ``protection`` has the database see to it."""

from django.db import models


class Entry(models.Model):
    """One thing somebody did: who, when, what, on which row, with what before and after."""

    at = models.DateTimeField()
    what = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200, blank=True)
    by_user_id = models.BigIntegerField(null=True, blank=True)
    by_link_id = models.BigIntegerField(null=True, blank=True)
    on_kind = models.CharField(max_length=60)
    on_id = models.BigIntegerField()
    #: the Week it belongs to, a bare number: campaigns is a room above; null for what belongs to none
    campaign_id = models.BigIntegerField(null=True, blank=True)
    #: path of the roster unit it is about; of a unit outside a roster its id alone, ``/12/``; blank for several or none
    unit_path = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    #: what search finds: person, fields, values and codes, folded; a copy of what stands above, nothing more
    words = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(fields=["on_kind", "on_id"], name="journal_by_thing"),
            models.Index(fields=["unit_path", "at"], name="journal_by_unit"),
            models.Index(fields=["campaign_id", "id"], name="journal_by_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on_kind} {self.on_id}"


class EntryUnit(models.Model):
    """One unit an entry is about: by it a unit reads its own trail, of a Week and outside, and of what names many."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="units")
    #: a bare number: units is a room above
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_id", "entry"], name="journal_unit_named_once")]

    def __str__(self) -> str:
        return f"{self.entry} {self.unit_id}"
