"""What is under way: the worker, what waits and what failed, and who looks after it."""

import datetime as dt
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db.models import Min
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from tuanhoc.accounts.models import Seat, User
from tuanhoc.lib import workdays
from tuanhoc.lib.actor import Role
from tuanhoc.lib.dates import HANOI
from tuanhoc.notices.models import Message
from tuanhoc.outbox import actions as outbox
from tuanhoc.outbox.models import Event, Worker
from tuanhoc.web import clock

from .finding import Finding, bad, good, note

#: A worker at a long task says nothing meanwhile.
SILENCE = dt.timedelta(minutes=5)
#: What waits longer than this waits for nobody.
LONG = dt.timedelta(minutes=15)
#: The notice for a year is given in the last months of the one before.
_NOTICED_FROM = 11


def worker() -> Iterator[Finding]:
    """Somebody delivers and sends."""
    subject, now = _("Tiến trình nền"), clock.machine()
    living = Worker.objects.filter(seen_at__gte=now - SILENCE).count()
    if living:
        yield good(subject, _("%(count)s đang chạy") % {"count": living})
    elif last := Worker.objects.order_by("-seen_at").first():
        yield bad(subject, _("%(name)s không lên tiếng từ %(at)s: không có thư nào được gửi")
                  % {"name": last.name, "at": last.seen_at.astimezone().strftime("%H:%M %d/%m/%Y")},
                  "systemctl status tuanhoc-worker@1")  # fmt: skip
    else:
        yield bad(subject, _("chưa chạy: không có thư nào được gửi"), "systemctl start tuanhoc-worker@1; tuanhoc work")


def waiting() -> Iterator[Finding]:
    """Nothing waits too long, nothing was given up."""
    now = clock.machine()
    ready = DBTaskResult.objects.ready().order_by().aggregate(oldest=Min("enqueued_at"))["oldest"]
    due = Message.objects.filter(state=Message.State.QUEUED, due_at__lte=now).aggregate(oldest=Min("due_at"))["oldest"]
    for subject, since in ((_("Việc đang chờ"), ready), (_("Thư đang chờ"), due)):
        if since is not None and now - since > LONG:
            yield bad(subject, _("việc cũ nhất chờ từ %(at)s") % {"at": since.astimezone().strftime("%H:%M %d/%m/%Y")},
                      _("Tiến trình nền có chạy không?"))  # fmt: skip
        else:
            yield good(subject, _("không có gì ứ đọng"))
    undelivered = Event.objects.filter(delivered_at=None)
    if given_up := undelivered.filter(tries__gte=outbox.MOST_TRIES).count():
        yield bad(_("Sự kiện"), _("%(count)s sự kiện không chuyển được sau nhiều lần thử") % {"count": given_up},
                  _("Xem cột last_error của bảng outbox_event; mỗi dòng là một thông báo chưa ai nhận."))  # fmt: skip
    elif undelivered.filter(tries__gt=0).exists():
        yield note(_("Sự kiện"), _("có sự kiện đang được thử lại"), _("Xem nhật ký chương trình."))
    else:
        yield good(_("Sự kiện"), _("đã chuyển hết"))


def failures() -> Iterator[Finding]:
    """Mails that did not arrive, tasks that broke off."""
    since = clock.machine() - dt.timedelta(days=7)
    if failed := Message.objects.filter(state=Message.State.FAILED, due_at__gte=since).count():
        yield note(_("Thư hỏng"), _("%(count)s thư trong 7 ngày qua không gửi được") % {"count": failed},
                   _("Trang “Thư gửi các đơn vị” cho biết vì sao."))  # fmt: skip
    else:
        yield good(_("Thư hỏng"), _("không có trong 7 ngày qua"))
    if broken := DBTaskResult.objects.failed().filter(finished_at__gte=since).count():
        yield note(
            _("Việc hỏng"),
            _("%(count)s việc trong 7 ngày qua dừng vì lỗi") % {"count": broken},
            _("Xem nhật ký chương trình."),
        )


def people() -> Iterator[Finding]:
    """Somebody runs it; who coordinates has a second factor."""
    if not User.objects.filter(is_superuser=True, is_active=True).exists():
        yield bad(_("Quản trị"), _("chưa có ai"), "tuanhoc user invite EMAIL --operator")
    else:
        yield good(_("Quản trị"), _("có"))
    seated = Seat.objects.filter(role=Role.COORDINATOR.value, user__is_active=True).values("user_id")
    secured = Authenticator.objects.filter(type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]).values(
        "user_id"
    )
    if bare := User.objects.filter(pk__in=seated).exclude(pk__in=secured).count():
        yield note(_("Bước xác thực thứ hai"), _("%(count)s người điều phối chưa có") % {"count": bare},
                   _("Mỗi người tự thêm khóa hoặc ứng dụng mã ở trang tài khoản."))  # fmt: skip
    else:
        yield good(_("Bước xác thực thứ hai"), _("mọi người điều phối đều có"))


def holidays() -> Iterator[Finding]:
    """The days off of the year that runs, and in its last two months of the next, are those of the notices."""
    subject, today = _("Lịch nghỉ lễ, Tết"), clock.now().astimezone(HANOI).date()
    years = [today.year, *([today.year + 1] if today.month >= _NOTICED_FROM else [])]
    unknown = [str(year) for year in years if not workdays.knows(year)]
    if not unknown:
        yield good(subject, _("có thông báo của các năm đang tính: %(years)s") % {"years": ", ".join(map(str, years))})
        return
    yield note(
        subject,
        _("chưa có thông báo năm %(years)s: đang suy ra từ Bộ luật Lao động và lịch âm, chưa có ngày hoán đổi, làm bù")
        % {"years": ", ".join(unknown)},
        _("Khi có thông báo: ghi ngày nghỉ thêm, ngày làm bù ở phần thiết lập nhắc, hoặc nâng cấp chương trình."),
    )
