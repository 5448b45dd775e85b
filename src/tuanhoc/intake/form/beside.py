"""What stands beside an activity: note, host, audience, contact, link."""

import re

from .context import Context
from .grids import Record
from .headings import Role
from .items import lines_as_items
from .wording import bare, clean, is_ditto, joined, urls_in

CONTACT = re.compile(
    r"\b(?:lien he|lh|dau moi|nguoi phu trach|phu trach|hotline|dien thoai|sdt"
    r"|dt)\s*(?:\([^)]*\))?\s*:\s*(?P<who>[^;\n]+)"
)
AUDIENCE = re.compile(r"\b(?:thanh phan(?: tham (?:du|gia))?|doi tuong(?: tham (?:du|gia))?)\s*:\s*(?P<who>[^;\n]+)")
HOST = re.compile(r"\b(?:chu tri|don vi (?:chu tri|thuc hien|to chuc))\s*:\s*(?P<who>[^;\n]+)")
_NO_LINK = ("mailto:", "tel:", "file:", "javascript:")


def labelled(pattern: re.Pattern[str], text: str) -> str | None:
    """Return what a label in running text names: "Liên hệ: cô Hoa, 0912 345 678"."""
    if ":" not in text:
        return None
    found = pattern.search(bare(text))
    who = text[found.start("who") : found.end("who")] if found else ""
    who = re.split(r"(?<=[^\W\d_]{2})\.\s", who)[0]
    who = clean(who).rstrip(".,; ")
    return (who.rstrip(")") if who.count(")") > who.count("(") else who) or None


def words_of(record: Record, role: Role, number: int | None, of: int, above: str | None = None) -> str:
    """Return the words of a cell for one item: its own line where there is one for each, else the whole cell."""
    lines = record.lines(role)
    if not lines:
        return ""
    whole = joined(lines)
    if is_ditto(whole):
        return whole if above is None else above
    if number is not None and len(lines) > 1:
        own = lines_as_items(lines)
        return own[number] if len(own) == of else whole
    return whole


def contact_of(record: Record, number: int | None, of: int) -> str | None:
    """Return the words of the contact columns, a name and its telephone side by side."""
    cells = record.cells.get(Role.CONTACT, [])
    if len(cells) > 1:
        return ", ".join(joined(cell.lines) for cell in cells)
    return words_of(record, Role.CONTACT, number, of) or None


def link_of(record: Record, texts: tuple[str, ...], context: Context) -> str | None:
    """Take the first address: of the link column, else written in the row, else hidden under its words."""
    own = joined(record.lines(Role.LINK))
    written = [url for text in (own, *texts) if "." in text for url in urls_in(text)]
    hidden = [url for cells in record.cells.values() for cell in cells for url in cell.links]
    hidden = [url for url in hidden if not url.lower().startswith(_NO_LINK)]
    found = next(iter((*written, *hidden)), own) or None
    if own and found != own:
        context.leave(where_of(record, Role.LINK), own)
    for url in hidden:
        if url != found and url not in written:
            context.leave(record.where, url)
    return clean(found) if found else None


def where_of(record: Record, role: Role) -> str:
    """Return the words for where a role's cell stands."""
    return next((cell.where for cell in record.cells.get(role, ())), record.where)
