"""Pictures in a Word file: their parts, their relations, and the drawing in the text."""

from collections.abc import Iterable, Iterator

from tuanhoc.papers.codes import picture
from tuanhoc.papers.values import Code, OfficialDocument

from .paragraphs import paragraph

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
#: English metric units in a millimetre.
_EMU = 36_000


def codes_of(documents: Iterable[OfficialDocument]) -> list[Code]:
    """Return the codes of these documents, each address once."""
    return list({block.address: block for d in documents for block in d.body if isinstance(block, Code)}.values())


def part_name(number: int) -> str:
    """Return the name of a picture within ``word/``."""
    return f"media/code{number}.png"


def parts(codes: list[Code]) -> Iterator[tuple[str, bytes]]:
    """Yield the pictures themselves."""
    for number, code in enumerate(codes, start=1):
        yield f"word/{part_name(number)}", picture(code.address)


def drawing(code: Code, relation: str) -> str:
    """Return the paragraphs of a code: the picture in the middle, its address in letters under it."""
    side = round(code.width_mm * _EMU)
    frame = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
    said = f'id="{relation.removeprefix("rId")}" name="QR"'
    shape = (
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f"<pic:spPr>{frame}</a:prstGeom></pic:spPr></pic:pic>"
    )
    inline = (
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{side}" cy="{side}"/><wp:docPr {said} descr="{_escaped(code.address)}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">{shape}</a:graphicData>'
        "</a:graphic></wp:inline>"
    )
    centred = '<w:pPr><w:keepNext/><w:spacing w:before="120" w:after="0"/><w:jc w:val="center"/></w:pPr>'
    return f"<w:p>{centred}<w:r><w:drawing>{inline}</w:drawing></w:r></w:p>" + paragraph(
        code.address, align="center", points=11
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
