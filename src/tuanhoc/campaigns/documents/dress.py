"""A paper set by a province's template, and a specimen to look at before one is saved."""

from dataclasses import replace

from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.papers.values import Letterhead, OfficialDocument, Paragraph, Style, Table

from .heads import territory

#: kind -> type in upper case (blank: a letter) and subject of its specimen
_SPECIMENS = {
    "plan": ("KẾ HOẠCH", "Tổ chức {title}"),
    "invitation": ("GIẤY MỜI", "Dự lễ khai mạc {title}"),
    "reminder": ("", "đăng ký lịch hoạt động {title}"),
}
_LETTER = ("", "lịch hoạt động {title}")
_SENTENCE = (
    "Đoạn văn này chỉ để xem cách trình bày: phông chữ, cỡ chữ, lùi đầu dòng, khoảng cách giữa các dòng và giữa các "
    "đoạn văn của văn bản theo mẫu đang soạn."
)
_CLOSING = "Đề nghị các cơ quan, đơn vị phối hợp thực hiện"


def dressed(document: OfficialDocument, form: PaperForm) -> OfficialDocument:
    """Return the paper with the sentences, addressees and layout of a template; what it leaves blank stays."""
    body = list(document.body)
    if form.opening:
        first = next((n for n, block in enumerate(body) if not _is_basis(block)), len(body))
        body.insert(first, Paragraph(form.opening))
    if form.closing:
        last = next((n for n in reversed(range(len(body))) if isinstance(body[n], Paragraph)), None)
        closing = Paragraph(f"{form.closing.rstrip(' ./')}./.")
        body = [*body, closing] if last is None else [*body[:last], closing, *body[last + 1 :]]
    addressees = form.addressees if form.addressees and document.addressees else document.addressees
    return replace(document, body=tuple(body), addressees=addressees, layout=form.layout)


def _is_basis(block: object) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.BASIS


def specimen(campaign: Campaign, kind: str, form: PaperForm) -> OfficialDocument:
    """Return a paper of a kind with plain words in it, headed, signed and set by ``form``."""
    of_type, subject = _SPECIMENS.get(kind, _LETTER)
    where = territory(campaign.province.name)
    bodies: list[Paragraph | Table] = [Paragraph(_SENTENCE), Paragraph(_SENTENCE), Paragraph(f"{_CLOSING}./.")]
    document = OfficialDocument(
        letterhead=Letterhead(
            superior=form.superior or ("" if kind == "plan" else campaign.province.name),
            issuer=form.issuer or campaign.coordinator.name,
            number=f"/{form.symbol}" if form.symbol else "",
            place=form.place or where.removeprefix("tỉnh "),
            issued_on=None,
            year=campaign.year,
        ),
        kind=of_type,
        subject=subject.format(title=campaign.title),
        body=tuple(bodies),
        signature=form.signature,
        signer=form.signer,
        recipients=form.recipients,
        addressees=() if of_type else ("Các cơ quan, đơn vị tham gia Tuần lễ",),
    )
    return dressed(document, form)
