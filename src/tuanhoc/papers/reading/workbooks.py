"""A workbook before a parser that is not ours opens it: unpacked by us, its grid bounded, packed anew.

A few thousand bytes can claim a cell at the far end of a sheet, for which the parser lays out the whole grid, or
a part of 300 bytes that unpacks to a gigabyte. What is handed on here is only what we unpacked and measured.
"""

import io
import re
import zipfile

from lxml import etree

from .limits import MAX_CELLS, MAX_ROWS, SPOILED, Broken, TooManyPieces, member, open_zip, refuse_entities

_ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_PLAIN = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
#: Dense cells the parser may lay out; those we keep are counted again, more narrowly.
_MOST_CELLS = MAX_CELLS * 10
#: A few more than are kept, so that who reads them can say so in its own words.
_MOST_ROWS = MAX_ROWS + 100


def bounded(data: bytes) -> bytes:
    """Return the workbook with its XML parts only, each as large as it claims.

    :raises TooManyPieces: its farthest cell would make a grid too large to lay out. :raises Broken: it is damaged.
    """
    out = io.BytesIO()
    with open_zip(data) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as safe:
        try:
            for name in dict.fromkeys(parts.namelist()):
                if name.lower().endswith((".xml", ".rels")) or name == "mimetype":
                    safe.writestr(name, _measured(parts, name))
        except SPOILED as error:
            raise Broken from error
    return out.getvalue()


def _measured(parts: zipfile.ZipFile, name: str) -> bytes:
    xml = member(parts, name)
    said = _ENCODING.search(xml[:200])
    if b"\0" in xml or b"\x1b" in xml or (said and said[1].lower() not in _PLAIN):
        # Another encoding would hide from us what the parser reads.
        raise Broken
    if b"sheetData" in xml and _cells(xml) > _MOST_CELLS:
        raise TooManyPieces
    return xml


def _cells(xml: bytes) -> int:
    """Return how many cells the grid up to the farthest written one has; coloured empty ones count for nothing."""
    refuse_entities(xml)
    widest = highest = row = column = filled = 0
    events = etree.iterparse(
        io.BytesIO(xml), events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True,
        load_dtd=False, huge_tree=False,
    )  # fmt: skip
    try:
        for event, element in events:
            if event == "start" and element.tag.endswith("}row"):
                row, column = _number(element.get("r"), row + 1), 0
            elif event == "end" and element.tag.endswith("}c"):
                column, at = _place(element.get("r"), column + 1, row)
                if len(element):
                    filled += at != highest
                    widest, highest = max(widest, column), max(highest, at)
                    if filled > _MOST_ROWS:
                        raise TooManyPieces
            elif event == "end":
                element.clear()
    except etree.XMLSyntaxError as error:
        raise Broken from error
    return widest * highest


def _number(given: str | None, otherwise: int) -> int:
    if given is None:
        return otherwise
    if not re.fullmatch(r"\d{1,7}", given, re.ASCII):
        raise Broken
    return int(given)


def _place(given: str | None, column: int, row: int) -> tuple[int, int]:
    if given is None:
        return column, row
    found = _ADDRESS.fullmatch(given)
    if found is None:
        raise Broken
    return column_number(found[1]), int(found[2])


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
