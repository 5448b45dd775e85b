"""Older and open formats looked through before LibreOffice opens them: a bomb would keep it busy for a minute."""

import re

from .limits import MAX_PIECES, MAX_ROWS, SPOILED, Broken, TooDeep, TooManyPieces, member, open_zip, parse

#: Groups in groups; Word writes a dozen.
_DEEPEST = 500
_BRACES = re.compile(rb"\\[{}\\]|[{}]")
_BINARY = re.compile(rb"\\bin(\d{1,12})")


def look_through_rtf(data: bytes) -> None:
    """Refuse an RTF that is deeper or longer than any form.

    :raises TooManyPieces: too many paragraphs or rows. :raises TooDeep: groups in groups without end.
    :raises Broken: it claims to hold more bytes than it has.
    """
    if data.count(b"\\par") > MAX_PIECES or data.count(b"\\row") > MAX_ROWS:
        raise TooManyPieces
    if any(int(found[1]) > len(data) for found in _BINARY.finditer(data)):
        raise Broken
    if data.count(b"{") <= _DEEPEST:
        return
    depth = 0
    for found in _BRACES.finditer(data):
        depth += {b"{": 1, b"}": -1}.get(found[0], 0)
        if depth > _DEEPEST:
            raise TooDeep


def look_through_odt(data: bytes) -> None:
    """Refuse an OpenDocument text with a part that LibreOffice must not see. :raises Unreadable: as ``limits`` says."""
    with open_zip(data) as parts:
        try:
            for name in dict.fromkeys(parts.namelist()):
                if name.lower().endswith((".xml", ".rdf")):
                    parse(member(parts, name))
        except SPOILED as error:
            raise Broken from error
