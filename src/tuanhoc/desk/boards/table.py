"""What the board shows as a table to take away: the same rows in the same order."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from tuanhoc.activities.models import State
from tuanhoc.campaigns.rules.deadlines import level_of
from tuanhoc.lib.dates import HANOI
from tuanhoc.papers.values import Table
from tuanhoc.units.models import Unit
from tuanhoc.web.speech import last_minute

from .rows import BoardRow, state_words

#: columns that hold whole numbers
NUMBERS = (0, 9, 10, 11, 12)


def table_of(rows: Sequence[BoardRow], *, with_contacts: bool) -> Table:
    """Return one line a row: who, how far, when, and of those under it how many replied.

    :param with_contacts: whom to phone and write to, too.
    """
    columns = [
        _("TT"), _("Đơn vị"), _("Thuộc"), _("Cấp"), _("Loại"), _("Trạng thái"), _("Nộp lúc"), _("So với hạn"),
        _("Hạn của đơn vị"), _("Hoạt động, cả cấp dưới"), _("Đã gửi, cả cấp dưới"),
        _("Phải gửi, cả cấp dưới"), _("Tỷ lệ đã gửi (%)"), _("Lý do không có hoạt động"),
    ]  # fmt: skip
    widths = [10.0, 60.0, 50.0, 24.0, 36.0, 26.0, 30.0, 22.0, 34.0, 20.0, 18.0, 18.0, 18.0, 40.0]
    if with_contacts:
        columns += [_("Đầu mối"), _("Điện thoại"), _("Thư điện tử")]
        widths += [40.0, 28.0, 46.0]
    kinds = {kind.value: str(kind.label) for kind in Unit.Kind}
    cells = tuple(
        _cells(number, row, _(level_of(row.line.kind).words), kinds.get(row.line.kind, ""), with_contacts=with_contacts)
        for number, row in enumerate(rows, 1)
    )
    return Table(tuple(columns), tuple(widths), cells)


def _cells(number: int, row: BoardRow, level: str, kind: str, *, with_contacts: bool) -> tuple[str, ...]:
    line = row.line
    cells = [
        str(number), line.unit_name, row.above, level, kind, state_words(line.state),
        _minute(line.submitted_at) if line.state not in {None, State.DRAFT} else "",
        _("sau hạn") if line.is_late else _("đúng hạn") if line.has_replied or line.is_asked_again else "",
        last_minute(line.closes_at) if line.closes_at else "", str(row.activity_count), str(row.replied),
        str(row.total), str(row.percent), line.nil_reason,
    ]  # fmt: skip
    if with_contacts:
        cells += [
            "\n".join(filter(None, (getattr(c, name) for c in row.contacts))) for name in ("name", "phone", "email")
        ]
    return tuple(cells)


def _minute(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(HANOI):%H:%M %d/%m/%Y}" if moment else ""
