"""``tuanhoc user invite EMAIL``: let a person in, the first administrator of a fresh installation included.

It stands in this room because a coordinator's seat is on a campaign, which accounts cannot know of.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.campaigns import access
from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal import actions as journal
from tuanhoc.lib.actor import Actor, Role
from tuanhoc.lib.refusal import Refusal
from tuanhoc.units.models import Unit
from tuanhoc.web import clock

AT_UNITS = tuple(role.value for role in (Role.OFFICER, Role.HEAD, Role.VIEWER))


class Command(BaseCommand):
    help = "Người dùng: mời vào làm việc (invite)."

    def add_arguments(self, parser: CommandParser) -> None:
        invite = parser.add_subparsers(dest="verb", required=True).add_parser("invite", help="mời một người")
        invite.add_argument("email", help="địa chỉ thư, dùng để đăng nhập")
        invite.add_argument("--name", default="", help="họ và tên")
        invite.add_argument("--operator", action="store_true", help="quản trị hệ thống")
        invite.add_argument("--coordinator", metavar="CAMPAIGN", default="", help="điều phối đợt này")
        invite.add_argument("--unit", metavar="KEY", default="", help="mã đơn vị")
        invite.add_argument("--role", choices=AT_UNITS, help="vai trò tại đơn vị (mặc định: officer)")
        invite.add_argument("--as", dest="as_whom", default="", metavar="SEAT", help="địa chỉ thư hoặc số vai trò")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["role"] and not options["unit"]:
            raise CommandError("--role cần đi cùng --unit.", returncode=2)
        email = options["email"].strip().lower()
        try:
            validate_email(email)
            user, made = self._invite(email, options, at=clock.now())
        except ValidationError as wrong:
            raise CommandError(f"“{email}” không phải là địa chỉ thư.", returncode=2) from wrong
        except Refusal as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{'Đã mời' if made else 'Đã có'} {user} <{user.email}>")
        if user.is_superuser:
            self.stdout.write("  quản trị hệ thống")
        for seat in user.seats.select_related("unit").order_by("pk"):
            self.stdout.write(f"  {seat.get_role_display()} {seat.unit or _code(seat.campaign_id)}")
        self.stdout.write(f"Đăng nhập bằng mã gửi qua thư: {settings.SITE_URL}/lam-viec/")

    @transaction.atomic
    def _invite(self, email: str, options: dict[str, Any], *, at: dt.datetime) -> tuple[User, bool]:
        by = access.actor_named(options["as_whom"])
        if not by.is_operator:
            raise CommandError("Chỉ quản trị hệ thống mời được người dùng.")
        user = User.objects.filter(email=email).first()
        made = user is None
        if user is None:
            user = User.objects.create_user(email, name=options["name"])
            journal.write(
                "accounts.user.invite", by=by, on=user, at=at,
                details={"email": email, **journal.change("state", journal.ABSENT, "active")},
            )  # fmt: skip
        if options["operator"] and not user.is_superuser:
            user.is_superuser = user.is_staff = True
            user.save(update_fields=["is_superuser", "is_staff"])
            journal.write(
                "accounts.user.make_operator", by=by, on=user, at=at, details=journal.change("is_operator", False, True)
            )
        _seat(user, options, by=by, at=at)
        return user, made


def _seat(user: User, options: dict[str, Any], *, by: Actor, at: dt.datetime) -> None:
    if code := options["coordinator"]:
        campaign = Campaign.objects.filter(code=code).first()
        if campaign is None:
            raise CommandError(f"Không có đợt nào mang mã “{code}”.")
        accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=by, at=at)
    if key := options["unit"]:
        unit = Unit.objects.filter(key=key).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị nào mang mã “{key}”.")
        accounts.give_seat(user, Role(options["role"] or Role.OFFICER.value), unit=unit, by=by, at=at)


def _code(campaign_id: int | None) -> str:
    return Campaign.objects.values_list("code", flat=True).filter(pk=campaign_id or 0).first() or ""
