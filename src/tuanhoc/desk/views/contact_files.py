"""The directory as a spreadsheet: taken away, and brought back with a look at what it would do first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import access
from tuanhoc.desk import troubles
from tuanhoc.desk.besides import told
from tuanhoc.desk.previewed import brought, sealed
from tuanhoc.files import actions as files
from tuanhoc.files.rules import XLSX
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.units import actions, queries
from tuanhoc.web import clock
from tuanhoc.web.speech import grouped

from .campaigns import preparing
from .contacts import lines_of, today

#: rows of a preview shown before "… và N dòng nữa"
SHOWN = 200
_SALT = "tuanhoc.contacts-file"


class NoFileChosen(Refusal):
    message = N_("Vui lòng chọn tệp danh bạ.")


@known
@require_safe
def export(request: ActorRequest) -> HttpResponse:
    """Give the directory of the units I look after, those without anybody as rows to fill in."""
    preparing(request)
    lines = lines_of(request)
    data = queries.contacts_file(
        [contact for line in lines for contact in line.people],
        {line.unit.pk: line.unit for line in lines},
        empty=[line.unit for line in lines if not line.people],
    )
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="danh-ba-dau-moi.xlsx"'
    return response


@known
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: ActorRequest) -> HttpResponse:
    """Receive a contacts file, show what it would do, and on a second yes take its good rows."""
    preparing(request)
    notice, context = "", dict[str, object]()
    if request.method == "POST":
        try:
            stored = brought(request, "danh-ba", salt=_SALT, missing=NoFileChosen)
            seen = queries.read_contacts_file(
                files.contents(stored), within=access.unit_ids_within(request.actor, today())
            )
            if request.POST.get("do") == "take":
                new, changed = actions.take_contacts(seen.rows, by=request.actor, at=clock.now())
                words = {"new": grouped(new), "changed": grouped(changed)}
                messages.success(request, _("Đã nạp: %(new)s đầu mối mới, %(changed)s đầu mối thay đổi.") % words)
                return redirect("desk:contacts")
            if request.POST.get("do") == "problems":
                return troubles.sheet(seen.problems, "dong-can-sua.xlsx")
            file = sealed([stored], by=request.actor, salt=_SALT)
            context = {
                **troubles.context(seen.problems), "carried": [("file", file)],
                "seen": seen, "new": seen.new[:SHOWN], "changed": seen.changed[:SHOWN],
                "shown": SHOWN, "file": file,
            }  # fmt: skip
        except Refusal as refusal:
            notice = told(refusal)
    return render(request, "desk/load_contacts.html", {**context, "notice": notice}, status=409 if notice else 200)
