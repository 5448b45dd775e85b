"""Any Word file held against Decree 30; nothing of it is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.desk import slowing
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.refusal import Refusal
from tuanhoc.papers.decree30 import Finding, Weight, read_sent
from tuanhoc.papers.decree30 import check_paper as check_paper_of


@known
@require_http_methods(["GET", "HEAD", "POST"])
def check_paper(request: ActorRequest) -> HttpResponse:
    """Take a Word file and list what it breaks, with the clause."""
    findings: tuple[Finding, ...] | None = None
    notice, file = "", request.FILES.get("paper") if request.method == "POST" else None
    if request.method == "POST" and file is None:
        notice = _("Vui lòng chọn một tệp Word (.docx).")
    if file is not None:
        try:
            slowing.count_file(request, "bring_file", slowing.asker(request))
            findings = check_paper_of(read_sent(file.read(), file.name or ""))
        except Refusal as refusal:
            notice = in_words(refusal)
    by_weight = [(weight, [f for f in findings or () if f.weight is weight]) for weight in Weight]
    context = {
        "findings": findings, "notice": notice, "name": file.name if file else "",
        "groups": [(weight.name.lower(), found) for weight, found in by_weight if found],
    }  # fmt: skip
    return render(request, "desk/check_paper.html", context, status=422 if notice else 200)
