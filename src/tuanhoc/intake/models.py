"""Files on their way in: mail to forms, forms to registrations, a plan to a campaign."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuanhoc.campaigns.models import Campaign, RosterUnit

from .rules.mailing import outcome_words
from .rules.signs import SURE, in_words


class MailMessageQuerySet(models.QuerySet["MailMessage"]):
    def unread(self) -> Self:
        """Kept, and not yet taken apart."""
        return self.filter(state=MailMessage.State.KEPT)

    def waiting(self) -> Self:
        """Those a person is asked about: which Week, whose form, or what becomes of one nobody could read."""
        unsure = Q(state=FormFile.State.READ) & (Q(host=None) | Q(match_score__lt=SURE))
        asked = FormFile.objects.filter(unsure | Q(state=FormFile.State.UNREADABLE), mail=models.OuterRef("pk"))
        return self.filter(state=MailMessage.State.READ).filter(Q(campaign=None) | models.Exists(asked))


class MailMessage(models.Model):
    """One message that came in: dropped in the desk, fetched by IMAP or handed over by a mail server.

    Kept whole before it is taken apart, so that nothing is lost between the two; its attachments that may be
    forms become :class:`FormFile`, the rest is listed. State moves only through ``intake.actions.mails``.
    """

    class State(models.TextChoices):
        KEPT = "kept", _("Chờ đọc")
        READ = "read", _("Đã đọc")
        NO_FORM = "no_form", _("Không có mẫu")
        UNREADABLE = "unreadable", _("Không mở được")
        SET_ASIDE = "set_aside", _("Để sang một bên")

    class Via(models.TextChoices):
        DROP = "drop", _("Tải lên")
        IMAP = "imap", _("Hộp thư")
        SMTP = "smtp", _("Máy chủ thư")

    #: null while it is not known which Week it is for
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="+")
    #: the Weeks it may be for, while that is not known: their coordinators see it
    may_be_for = models.ManyToManyField(Campaign, related_name="+")
    #: what makes it this message: its Message-ID, sender and attachments; without an ID all of it
    identity = models.CharField(max_length=64, unique=True)
    raw_sha256 = models.CharField(max_length=64, db_index=True)
    message_id = models.CharField(max_length=255, blank=True)
    #: null when the message as a whole is larger than a file may be; its attachments are kept all the same
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    via = models.CharField(max_length=4, choices=Via.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    recipients = models.JSONField(default=list)
    subject = models.CharField(max_length=500, blank=True)
    #: name and subject folded, for search
    words = models.CharField(max_length=1100, blank=True)
    is_automatic = models.BooleanField(default=False)
    #: a mail server on its way says that it is not from this sender
    is_doubted = models.BooleanField(default=False)
    #: why it stands where it stands, ``[code, words quoted]``
    why = models.JSONField(default=list)
    #: every part in its order: ``{"name", "bytes", "what", "within"}``, and ``"form"`` where it became one
    parts = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: when it reached us, which decides whether its forms are late
    received_at = models.DateTimeField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=200)
    #: the district whose officer dropped it; null = the coordinator
    taken_in_by = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    #: the machine's time until which a worker is at it
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = MailMessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["campaign", "state"], name="intake_mails")]

    def __str__(self) -> str:
        return self.subject or self.sender or self.identity[:12]

    @property
    def why_in_words(self) -> str:
        """Say why it stands where it stands; blank when there is nothing to say."""
        return outcome_words(self.why, gettext)


class Drop(models.Model):
    """Many files dropped at once, kept first and read by the worker; ``done`` of ``total`` are read.

    State moves only through ``intake.actions.drops``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ đọc")
        READING = "reading", _("Đang đọc")
        DONE = "done", _("Đã đọc xong")
        FAILED = "failed", _("Bị dừng giữa chừng")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    taken_in_by = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    #: what was dropped, ``{"name", "path"}`` each; the path lies in the private storage until it is read
    files = models.JSONField(default=list)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    #: outcome -> how many
    came = models.JSONField(default=dict)
    failed_because = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    dropped_at = models.DateTimeField()
    dropped_by = models.CharField(max_length=200)
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    #: the machine's time until which a worker is at it
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="no_more_read_than_dropped", condition=Q(done__lte=models.F("total")))
        ]

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def is_running(self) -> bool:
        """Whether some of it is still to be read."""
        return self.state in {Drop.State.WAITING, Drop.State.READING}


class FormFileQuerySet(models.QuerySet["FormFile"]):
    def to_confirm(self) -> Self:
        """Forms waiting for a coordinator or a district; a unit's own upload waits for the unit."""
        return self.filter(state=FormFile.State.READ, is_own=False)

    def needing_no_look(self) -> Self:
        """Waiting forms that are sure of their unit and leave nothing to ask."""
        return self.to_confirm().filter(open_points=0, host__isnull=False, match_score__gte=SURE)


class ConfirmationBatch(models.Model):
    """Forms confirmed at one stroke: taken back together, as far as nobody has looked at them since."""

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    #: the unit whose inbox it was; null = the coordinator's
    taken_in_by = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    #: how many forms were confirmed then, whatever became of them later
    form_count = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "confirmed_at"], name="intake_batches")]

    def __str__(self) -> str:
        return f"{self.confirmed_at:%H:%M %d/%m/%Y}"


class FormFile(models.Model):
    """One uploaded form: what was read, which unit it is believed to be, and what became of it.

    State moves only through ``intake.actions.forms``.
    """

    class State(models.TextChoices):
        READ = "read", _("Chờ xác nhận")
        UNREADABLE = "unreadable", _("Không đọc được")
        CONFIRMED = "confirmed", _("Đã xác nhận")
        SET_ASIDE = "set_aside", _("Đã để sang một bên")

    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, related_name="+")
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices)
    host = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    #: reasons, ``[code, words quoted]`` each
    match_because = models.JSONField(default=list)
    match_score = models.FloatField(default=0)
    #: roster units that may be meant as well, best first
    match_others = models.JSONField(default=list)
    #: the reading as ``tuanhoc form read`` prints it
    reading = models.JSONField(default=dict)
    #: the rows as somebody corrected them, ``[{"key": "0", …}]``; null: as read
    corrected = models.JSONField(null=True, blank=True)
    #: which of the reading's ``unplaced`` were put into a note or set aside
    settled = models.JSONField(default=list)
    #: where they went: place in ``unplaced`` -> ``[row key, field]``; none for what was set aside
    placed = models.JSONField(default=dict, blank=True)
    #: what a person should look at before confirming; 0 = nothing
    open_points = models.PositiveSmallIntegerField(default=0)
    #: counts corrections, so that a second window never overwrites the first unseen
    version = models.PositiveIntegerField(default=0)
    refused_because = models.CharField(max_length=500, blank=True)
    #: the day the paper or mail came in, which decides whether it is late; not when it was uploaded
    received_at = models.DateTimeField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=200)
    #: the unit whose officer uploaded it and whose people may see it; null = the coordinator
    taken_in_by = models.ForeignKey(RosterUnit, models.PROTECT, null=True, blank=True, related_name="+")
    #: the message it came in; null when it was uploaded
    mail = models.ForeignKey(MailMessage, models.PROTECT, null=True, blank=True, related_name="forms")
    #: sent by a contact of its unit: the unit's people may look at it and confirm it as well
    from_contact = models.BooleanField(default=False)
    #: what its rows say, whatever the file: the same content sent again bears the same
    content_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    #: the form with the same content that was here before
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    #: uploaded on a unit's own sheet: its rows go into the draft, handing in stays with the unit
    is_own = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    registration = models.ForeignKey("activities.Registration", models.PROTECT, null=True, blank=True, related_name="+")
    #: what the registration held before this form was confirmed; an undo puts it back
    before = models.JSONField(null=True, blank=True)
    #: the stroke it was confirmed at together with others
    batch = models.ForeignKey(ConfirmationBatch, models.PROTECT, null=True, blank=True, related_name="forms")

    objects = FormFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["campaign", "state"], name="intake_waiting")]
        constraints = [
            models.CheckConstraint(
                name="confirmed_form_has_a_registration",
                condition=~Q(state="confirmed") | Q(registration__isnull=False, host__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_form_is_taken_in_once", fields=["campaign", "stored"], condition=Q(is_own=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def row_count(self) -> int:
        """Rows as they stand, read or corrected."""
        return len(self.reading.get("rows", []) if self.corrected is None else self.corrected)

    @property
    def match_reason(self) -> str:
        """Say why this unit, or why none."""
        return in_words(self.match_because, gettext)

    @property
    def is_unsure(self) -> bool:
        """Whether a person should look at which unit it is."""
        return self.match_score < SURE


class FormPage(models.Model):
    """One page of a form that came as a photo or a scan: the picture a person types from."""

    form = models.ForeignKey(FormFile, models.CASCADE, related_name="pages")
    #: as people count them in the file
    number = models.PositiveSmallIntegerField()
    stored = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    #: a machine read words off it, which stand in the form's reading as suggestions
    is_suggested = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(name="a_page_of_a_form_stands_once", fields=["form", "number"])]

    def __str__(self) -> str:
        return f"{self.form_id}/{self.number}"


class PlanFile(models.Model):
    """One plan on its way to a campaign: what was read, and what the coordinator has corrected so far.

    ``reading`` holds each value with the sentence it came from; ``typed`` what stands in the page's fields,
    as typed, blank until something was saved. Without a file, everything is filled in by hand.
    """

    class State(models.TextChoices):
        READ = "read", _("Đang chuẩn bị")
        PREPARED = "prepared", _("Đã lập đợt")
        SET_ASIDE = "set_aside", _("Đã để sang một bên")

    stored = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    reading = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    campaign = models.ForeignKey("campaigns.Campaign", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="prepared_plan_has_a_campaign", condition=~Q(state="prepared") | Q(campaign__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.name
