"""Words about duties in templates."""

import datetime as dt

from django import template
from django.utils.translation import gettext as _

from tuanhoc.campaigns.models import Duty
from tuanhoc.desk.duties import due_words
from tuanhoc.journal.models import Entry

register = template.Library()


@register.simple_tag
def due_of(duty: Duty, at: dt.datetime) -> str:
    """``đến hết 23:59 ngày 30/9/2022, còn 3 ngày``; blank where no day is set."""
    return due_words(duty, at=at)


@register.simple_tag
def duty_entry(entry: Entry) -> str:
    """Say in words what one line of the journal did to a duty."""
    details = entry.details
    if entry.what == "campaigns.duty.due":
        before, after = details.get("before") or _("không có"), details.get("after") or _("không có")
        return _("sửa hạn từ %(before)s thành %(after)s") % {"before": before, "after": after}
    if entry.what == "campaigns.duty.take_back":
        return _("bỏ %(unit)s khỏi danh sách chủ trì") % {"unit": details.get("unit") or _("đơn vị điều phối")}
    names = [name or _("đơn vị điều phối") for name in details.get("units", [])]
    return _("giao cho %(units)s") % {"units": ", ".join(names)}
