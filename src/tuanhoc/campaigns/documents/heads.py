"""Who issues a paper of the Week: its head, and the number it gets when it is signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from tuanhoc.campaigns import queries
from tuanhoc.campaigns.models import Campaign
from tuanhoc.campaigns.rules import PaperForm
from tuanhoc.lib.dates import in_words
from tuanhoc.papers.values import Letterhead, OfficialDocument

#: kind of paper -> what stands before the issuer in its symbol; a letter (công văn) has nothing
_ABBREVIATIONS = {"plan": "KH", "invitation": "GM"}
#: type of a document in upper case -> as a sentence names it; blank is a letter
_TYPES = {"": "Công văn", "KẾ HOẠCH": "Kế hoạch", "GIẤY MỜI": "Giấy mời"}
#: room to write in, which no line ends in
_OPEN = "\u00a0" * 6
_COMMITTEE = "Ủy ban nhân dân"


def name_in_full(name: str) -> str:
    """Return a committee's name as a letterhead gives it: official and in full.

    >>> name_in_full("UBND tỉnh Ninh Thuận")
    'Ủy ban nhân dân tỉnh Ninh Thuận'
    """
    return f"{_COMMITTEE} {name.removeprefix('UBND ')}" if name.startswith("UBND ") else name


def territory(name: str) -> str:
    """Return the territory a committee's name ends in; any other body's name as it is.

    >>> territory("UBND tỉnh Ninh Thuận")
    'tỉnh Ninh Thuận'
    """
    return name.removeprefix("UBND ").removeprefix(f"{_COMMITTEE} ")


def form_for(campaign: Campaign, kind: str) -> PaperForm:
    """Return :func:`queries.paper_form` with what is not set filled from the Week itself.

    A paper without an issuer is the coordinator's; a province gives its name to the place. Who signs is never guessed.
    """
    form = queries.paper_form(campaign, kind)
    province = name_in_full(campaign.province.name)
    if not form.issuer:
        superior = form.superior or campaign.province.name
        form = replace(form, issuer=name_in_full(campaign.coordinator.name), superior=superior)
    form = replace(form, issuer=_as_said(form.issuer, (campaign.coordinator.name, province)))
    place = form.place or _place(campaign.province.name)
    return replace(form, place=place, symbol=_symbol(kind, form))


def _as_said(issuer: str, known: Sequence[str]) -> str:
    """Return a name typed in capitals, as heads print it, the way a sentence says it."""
    return next((name for name in known if name.casefold() == issuer.casefold()), issuer)


def _place(name: str) -> str:
    # "Thành phố Hồ Chí Minh" is written in full, Hà Nội is not: left to whoever signs.
    where = territory(name)
    return where.removeprefix("tỉnh ") if where.startswith("tỉnh ") else ""


def _symbol(kind: str, form: PaperForm) -> str:
    """Return what stands after the number.

    ``SGDĐT-GDTX`` of the coordinator's letters gives ``GM-SGDĐT``; a committee is ``UBND``.
    """
    before = _ABBREVIATIONS.get(kind, "")
    if not before or form.symbol.startswith(f"{before}-"):
        return form.symbol
    body = "UBND" if form.issuer.startswith(_COMMITTEE) else form.symbol.partition("-")[0]
    return f"{before}-{body}" if body else ""


def letterhead(form: PaperForm, *, year: int) -> Letterhead:
    """Return the head of a paper without number and date, which it gets when it is signed."""
    number = f"/{form.symbol}" if form.symbol else ""
    return Letterhead(form.superior, form.issuer, number, form.place, None, year)


def numbered(document: OfficialDocument, *, number: str, issued_on: dt.date | None) -> OfficialDocument:
    """Return the document with its number and date: in its head, and under the title of each annex."""
    head = replace(document.letterhead, number=number or document.letterhead.number, issued_on=issued_on)
    said = f"(Kèm theo {named(replace(document, letterhead=head))})"
    return replace(
        document, letterhead=head, annexes=tuple(replace(annex, attached_to=said) for annex in document.annexes)
    )


def named(document: OfficialDocument) -> str:
    """Return what other papers call it: ``Kế hoạch số 05/KH-UBND ngày 05 tháng 9 năm 2022 của …``."""
    head = document.letterhead
    number, _slash, symbol = head.number.partition("/")
    if number.isdecimal() and len(number) == 1:
        number = f"0{number}"
    of_type = _TYPES.get(document.kind.upper(), document.kind.capitalize())
    day = in_words(head.issued_on) if head.issued_on else f"ngày{_OPEN}tháng{_OPEN}năm {head.year}"
    given = f"{number or _OPEN}{f'/{symbol}' if symbol else _OPEN}"
    return f"{of_type} số {given} {day} của {head.issuer}"


def ended(text: str) -> str:
    """Return a document's last sentence with the mark that ends it: ``…./.``."""
    return f"{text.rstrip(' ./')}./."
