"""Templates of papers: what a province sets without code, seen and checked before it is kept."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tuanhoc.accounts.access import ActorRequest, known
from tuanhoc.campaigns import actions, queries
from tuanhoc.campaigns.access import campaign_for
from tuanhoc.campaigns.documents import specimen
from tuanhoc.campaigns.models import Campaign, PaperTemplate
from tuanhoc.campaigns.rules import NOTHING, PAPER_KINDS, PaperForm, PaperKind
from tuanhoc.desk.paper_templates import TemplateForm, as_typed, beside, template_form
from tuanhoc.desk.wording import in_words
from tuanhoc.lib.refusal import Refusal
from tuanhoc.papers.decree30 import Finding, Weight, check, read_sent
from tuanhoc.papers.decree30.headed import headed_by
from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.pdf import to_pdf
from tuanhoc.papers.pdf.picture import first_page
from tuanhoc.papers.values import OfficialDocument
from tuanhoc.web import clock

SLUGS = {"chung": "", "ke-hoach": "plan", "giay-moi": "invitation", "lich": "schedule", "don-doc": "reminder"}
_ADDRESSES = {code: slug for slug, code in SLUGS.items()}
_KINDS = {kind.code: kind for kind in PAPER_KINDS}
_FILES = {"docx": to_docx, "pdf": to_pdf}
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
#: of the picture of the page, pixels
_WIDTH = 760
#: editions on the page
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Card:
    """A kind in the list: who set it last, and how many rules it breaks."""

    kind: PaperKind
    words: str
    slug: str
    last: PaperTemplate | None
    broken: int


@known
@require_safe
def templates(request: ActorRequest, code: str) -> HttpResponse:
    """List the kinds of papers with their templates."""
    campaign = campaign_for(request.actor, code)
    cards, standing = [], queries.standing_templates(campaign)
    for kind in PAPER_KINDS:
        last = standing.get(kind.code)
        broken = _broken(_findings(_specimen(campaign, kind, last.values))) if last else []
        cards.append(Card(kind, _(kind.words), _ADDRESSES[kind.code], last, len(broken)))
    return render(request, "desk/paper_templates.html", {"campaign": campaign, "cards": cards})


@known
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: ActorRequest, code: str, slug: str) -> HttpResponse:
    """Show one template; look at it, take it over from a letter, keep it, or go back to an earlier edition."""
    campaign = campaign_for(request.actor, code)
    if slug not in SLUGS:
        raise Http404
    kind = _KINDS[SLUGS[slug]]
    if request.method != "POST":
        return _page(request, campaign, kind, queries.current_templates(campaign).get(kind.code, {}))
    do = request.POST.get("do", "look")
    if do.startswith("restore-"):
        return _restore(request, campaign, kind, do.removeprefix("restore-"))
    return _bring(request, campaign, kind) if do == "bring" else _typed(request, campaign, kind, do)


def _typed(request: ActorRequest, campaign: Campaign, kind: PaperKind, do: str) -> HttpResponse:
    """Keep what was typed, give it as a file, or show how it would print."""
    form = template_form(kind, _inherited(campaign, kind), request.POST)
    if not form.is_valid():
        return _page(request, campaign, kind, {}, form=form)
    if do in _FILES:
        return _file(_specimen(campaign, kind, form.values()), do, _ADDRESSES[kind.code])
    if do == "save":
        return _save(request, campaign, kind, form.values())
    return _page(request, campaign, kind, form.values(), is_draft=True)


def _page(
    request: ActorRequest,
    campaign: Campaign,
    kind: PaperKind,
    values: Mapping[str, object],
    *,
    form: TemplateForm | None = None,
    is_draft: bool = False,
    brought: str = "",
) -> HttpResponse:
    paper = _specimen(campaign, kind, values)
    findings = _findings(paper) if form is None else ()
    inherited = _inherited(campaign, kind)
    shown = form or template_form(kind, inherited, initial=as_typed(values))
    words, layout = beside(shown, findings)
    picture = base64.b64encode(first_page(to_pdf(paper), width=_WIDTH)).decode("ascii")
    context = {
        "campaign": campaign, "kind": kind, "title": _(kind.words), "slug": _ADDRESSES[kind.code], "form": shown,
        "words": words, "layout": layout, "findings": findings, "broken": len(_broken(findings)),
        "picture": picture, "is_draft": is_draft, "brought": brought,
        "editions": queries.template_editions(campaign, kind.code)[:_SHOWN],
    }  # fmt: skip
    return render(request, "desk/paper_template.html", context, status=422 if form is not None else 200)


def _inherited(campaign: Campaign, kind: PaperKind) -> PaperForm:
    """Return what is printed where the kind's own template says nothing."""
    form, paper = queries.form_over(campaign, kind.code, {}), _specimen(campaign, kind, {})
    head = paper.letterhead
    return replace(form, superior=head.superior, issuer=head.issuer, place=head.place, addressees=paper.addressees)


def _specimen(campaign: Campaign, kind: PaperKind, values: Mapping[str, object]) -> OfficialDocument:
    return specimen(campaign, kind.code, queries.form_over(campaign, kind.code, values))


def _findings(paper: OfficialDocument) -> tuple[Finding, ...]:
    return check(to_docx(paper))


def _broken(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.weight is Weight.BROKEN]


def _save(request: ActorRequest, campaign: Campaign, kind: PaperKind, values: dict[str, object]) -> HttpResponse:
    made = actions.set_paper_template(campaign, kind.code, values, by=request.actor, at=clock.now())
    broken = len(_broken(_findings(_specimen(campaign, kind, values))))
    if made is None:
        messages.info(request, _("Mẫu không có gì thay đổi."))
    elif broken:
        said = _("Đã lưu mẫu. Văn bản theo mẫu này khác Nghị định 30 ở %(n)d điều, nêu bên dưới.")
        messages.warning(request, said % {"n": broken})
    else:
        messages.success(request, _("Đã lưu mẫu. Văn bản theo mẫu này đúng thể thức Nghị định 30."))
    return redirect("desk:paper_template", campaign.code, _ADDRESSES[kind.code])


def _restore(request: ActorRequest, campaign: Campaign, kind: PaperKind, number: str) -> HttpResponse:
    try:
        actions.restore_paper_template(
            campaign, kind.code, int(number) if number.isdecimal() else -1, by=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
    else:
        messages.success(request, _("Đã trở về mẫu mặc định.") if number == "0" else _("Đã dùng lại phiên bản cũ."))
    return redirect("desk:paper_template", campaign.code, _ADDRESSES[kind.code])


def _bring(request: ActorRequest, campaign: Campaign, kind: PaperKind) -> HttpResponse:
    """Propose what a letter the province issued says; nothing is kept until somebody saves it."""
    address = redirect("desk:paper_template", campaign.code, _ADDRESSES[kind.code])
    file = request.FILES.get("letter")
    if file is None:
        messages.error(request, _("Vui lòng chọn tệp Word (.docx) của một văn bản đã ban hành."))
        return address
    try:
        found = headed_by(read_sent(file.read(), file.name or ""))
    except Refusal as refusal:
        messages.error(request, in_words(refusal))
        return address
    values = {name: value for name, value in found.items() if name != "addressees" or name in kind.takes}
    if "issuer" not in values:
        messages.error(request, _("Không nhận ra tên cơ quan ở đầu văn bản này. Vui lòng thử một văn bản khác."))
        return address
    known_names = (campaign.coordinator.name, campaign.province.name)
    values |= {n: _as_known(str(values[n]), known_names) for n in ("superior", "issuer") if n in values}
    values.setdefault("superior", NOTHING)  # one body in the head: ours must not stay above it
    return _page(request, campaign, kind, values, is_draft=True, brought=file.name or "")


def _as_known(name: str, known_names: tuple[str, ...]) -> str:
    return next((k for k in known_names if k.casefold() == name.casefold()), name)


def _file(paper: OfficialDocument, ending: str, slug: str) -> HttpResponse:
    response = HttpResponse(_FILES[ending](paper), content_type=_TYPES[ending])
    kept = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{kept}; filename="mau-{slug}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
