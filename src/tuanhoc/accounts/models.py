"""People, their seats, and signed personal links."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuanhoc.lib.actor import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who signs in by ``email``; without a password, by mailed code or passkey only."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an operator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address."""

    email = models.EmailField(_("Địa chỉ thư"), unique=True)
    name = models.CharField(_("Họ và tên"), max_length=120, blank=True)
    #: of the letters written to this person, as last chosen for the pages
    language = models.CharField(max_length=5, default="vi")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email


class Seat(models.Model):
    """A role at a unit, or a coordinator's seat. ``campaign_id`` is a bare number: campaigns is a room above."""

    class RoleChoice(models.TextChoices):
        OFFICER = Role.OFFICER.value, _("Chuyên viên")
        HEAD = Role.HEAD.value, _("Thủ trưởng")
        COORDINATOR = Role.COORDINATOR.value, _("Điều phối")
        VIEWER = Role.VIEWER.value, _("Chỉ xem")

    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    role = models.CharField(max_length=20, choices=RoleChoice.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    campaign_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_is_at_a_unit_or_on_a_campaign",
                condition=Q(role="coordinator", campaign_id__isnull=False, unit=None)
                | (~Q(role="coordinator") & Q(campaign_id=None, unit__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id or self.campaign_id}"


class PersonalLink(models.Model):
    """A signed link that lets one unit without an account work on one campaign.

    The address carries a signature over ``token``; only ``token``'s digest is kept, so a copy
    of the database opens no door. It expires, can be revoked, and reaches its one unit only.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    campaign_id = models.BigIntegerField()
    role = models.CharField(max_length=20, choices=Seat.RoleChoice.choices, default=Role.OFFICER.value)
    holder = models.CharField(max_length=120, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class LinkRequest(models.Model):
    """Something said about a unit's link from outside, for the coordinator to settle: lost, renamed, wrong person."""

    class Kind(models.TextChoices):
        LOST = "lost", _("Đề nghị cấp lại liên kết")
        RENAMED = "renamed", _("Đơn vị đã đổi tên")
        NOT_ME = "not_me", _("Không phải người phụ trách")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    campaign_id = models.BigIntegerField()
    #: null when no unit bears the name that was typed
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    unit_words = models.CharField(max_length=200, blank=True)
    link = models.ForeignKey(PersonalLink, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    words = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign_id", "answered_at"], name="accounts_requests_open")]
        # Two constraints, because a database takes one null for another than the next.
        constraints = [
            models.UniqueConstraint(
                name="the_same_of_a_unit_waits_once",
                fields=["campaign_id", "kind", "unit", "unit_words", "email", "phone"],
                condition=Q(answered_at=None, unit__isnull=False),
            ),
            models.UniqueConstraint(
                name="the_same_of_a_name_waits_once",
                fields=["campaign_id", "kind", "unit_words", "email", "phone"],
                condition=Q(answered_at=None, unit=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_words}"


class SignIn(models.Model):
    """One try to sign in, kept for half a year: who looks after the accounts sees what was not them.

    ``at`` is the machine's time, whatever day the sample shows.
    """

    class Method(models.TextChoices):
        PASSWORD = "password", _("bằng mật khẩu")
        CODE = "code", _("bằng mã qua thư")
        SECOND_FACTOR = "second_factor", _("bằng hai lớp")
        PASSKEY = "passkey", _("bằng khóa trên máy")

    #: null when nobody has the address that was typed
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_ins")
    email = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()
    succeeded = models.BooleanField()
    #: blank when it failed
    method = models.CharField(max_length=20, choices=Method.choices, blank=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="accounts_sign_ins")]

    def __str__(self) -> str:
        return f"{self.email} {self.at:%Y-%m-%d %H:%M}"
