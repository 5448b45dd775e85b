"""What another reading of a file changed, said to whoever asked for it."""

from django.contrib import messages
from django.utils.translation import gettext as _

from tuanhoc.accounts.access import ActorRequest
from tuanhoc.intake.actions.rereading import Reread


def say_what_changed(request: ActorRequest, change: Reread) -> None:
    """Say in one sentence what became different."""
    if not change.is_read:
        messages.warning(request, _("Vẫn chưa đọc được tệp này."))
    elif change.is_same:
        messages.success(request, _("Đã đọc lại: kết quả như lần trước."))
    else:
        messages.success(request, " ".join(_sentences(change)))


def _sentences(change: Reread) -> list[str]:
    out = [_("Đã đọc lại: %(now)s dòng (lần trước %(before)s).") % {"now": change.rows, "before": change.rows_before}]
    if change.rows_changed and change.rows_before:
        out.append(_("%(n)s dòng khác lần trước.") % {"n": change.rows_changed})
    if change.pieces != change.pieces_before:
        out.append(
            _("%(now)s đoạn chưa xếp chỗ (lần trước %(before)s).")
            % {"now": change.pieces, "before": change.pieces_before}
        )
    if change.unit_changed:
        out.append(_("Đơn vị gửi được nhận ra khác lần trước: xin kiểm tra."))
    return out
