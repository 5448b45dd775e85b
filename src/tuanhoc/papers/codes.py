"""Codes to scan (QR): squares for the PDF, a picture for Word."""

import io

import segno

#: modules of white around it, which readers need
QUIET = 4


def squares(address: str) -> list[list[bool]]:
    """Return the rows of the code, quiet edge and all; True is black."""
    return [[bool(dark) for dark in row] for row in segno.make(address, error="m").matrix_iter(border=QUIET)]


def picture(address: str) -> bytes:
    """Return the code as PNG, black on white; the same address gives the same bytes."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=8, border=QUIET)
    return out.getvalue()
