"""Files that would do harm, made on the spot: each small, none kept here."""

import io
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = f'''<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="/" m:media-type="{_ODS}"/></m:manifest>'''
_MORE = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE a [<!ENTITY l0 "ha">{_MORE}]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY s SYSTEM "%s">]>'


def packed(parts: Mapping[str, bytes | str], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the parts as one zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how, compresslevel=1) as into:
        for name, content in parts.items():
            into.writestr(name, content)
    return out.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def docx(
    body: str = paragraph("UBND xã Lâm Sơn"),
    *,
    before: str = "",
    how: int = zipfile.ZIP_DEFLATED,
    more: Mapping[str, bytes | str] = MappingProxyType({}),
) -> bytes:
    """Return a .docx with this body; ``before`` stands above its root, ``more`` are its other parts."""
    root = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    whole = f'<?xml version="1.0" encoding="UTF-8"?>{before}{root}'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": whole, **more}, how=how)


def relations(*rows: str) -> str:
    return f'<Relationships xmlns="{_RELS}">{"".join(rows)}</Relationships>'


def xlsx(rows: str, *, before: str = "", strings: str = "", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a workbook of one sheet with these rows."""
    sheet = '<sheet name="A" sheetId="1" r:id="r1"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(f'<Relationship Id="r" Type="{R}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{_S}" xmlns:r="{R}"><sheets>{sheet}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            f'<Relationship Id="r1" Type="{R}/worksheet" Target="worksheets/sheet1.xml"/>',
            f'<Relationship Id="r2" Type="{R}/sharedStrings" Target="sharedStrings.xml"/>',
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_S}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{_S}"><sheetData>{rows}</sheetData></worksheet>',
    }
    return packed(parts, how=how)


def cell(at: str, words: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{words}</t></is></c>'


def ods(table: str, *, before: str = "", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an OpenDocument sheet with this in its table."""
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f'{before}<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="A">'
        f"{table}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return packed({"mimetype": _ODS, "META-INF/manifest.xml": _MANIFEST, "content.xml": content}, how=how)


def odt(text: str, *, before: str = "") -> bytes:
    """Return an OpenDocument text with this in its body."""
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text"))
    body = f"<office:body><office:text>{text}</office:text></office:body>"
    content = f"{before}<office:document-content{names}>{body}</office:document-content>"
    return packed({"mimetype": _ODS.replace("spreadsheet", "text"), "content.xml": content})


def ods_cell(words: str) -> str:
    written = f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'
    return f"<table:table-row>{written}</table:table-row>"


def xls(last_row: int = 1) -> bytes:
    """Return an Excel file of 1997 with one number in it, whose sheet claims to reach down to ``last_row``."""

    def record(kind: int, *content: bytes) -> bytes:
        body = b"".join(content)
        return struct.pack("<2H", kind, len(body)) + body

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<4H2L", 0x600, kind, 0, 1997, 0, 6))

    end, start = record(0x0A), len(begin(5)) + 4 + 9 + 4
    book = begin(5) + record(0x85, struct.pack("<L4B", start, 0, 0, 1, 0), b"A") + end
    size = record(0x200, struct.pack("<2L3H", 0, last_row, 0, 1, 0))
    sheet = begin(0x10) + size + record(0x203, struct.pack("<3Hd", 0, 0, 0, 3.0)) + end
    nothing, last = 0xFFFFFFFF, 0xFFFFFFFE
    head = _OLE + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<10L", 0, 0, 1, 1, 0, 4096, last, 0, last, 0)[4:] + struct.pack("<109L", 0, *[nothing] * 108)
    table = struct.pack("<128L", 0xFFFFFFFD, last, *range(3, 10), last, *[nothing] * 118)

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        said = name.encode("utf-16-le")
        tree = struct.pack("<H2B3L", len(said) + 2, kind, 1, nothing, nothing, child)
        return said.ljust(64, b"\0") + tree + bytes(36) + struct.pack("<LQ", first, size)

    names = entry("Root Entry", 5, 1, last, 0) + entry("Workbook", 2, nothing, 2, 4096)
    return head.ljust(512, b"\xff") + table + names.ljust(512, b"\0") + (book + sheet).ljust(4096, b"\0")


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the archive with one part more."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as into:
        into.writestr(name, content)
    return out.getvalue()


def with_macros() -> bytes:
    return docx(more={"word/vbaProject.bin": _OLE + b"AutoOpen" * 200})


def with_object() -> bytes:
    return docx(more={"word/embeddings/oleObject1.bin": _OLE + b"\1Ole10Native" * 50})


def with_template_elsewhere(address: str) -> bytes:
    row = f'<Relationship Id="r" Type="{R}/attachedTemplate" Target="{address}" TargetMode="External"/>'
    settings = f'<w:settings xmlns:w="{W}"><w:attachedTemplate/></w:settings>'
    return docx(more={"word/_rels/settings.xml.rels": relations(row), "word/settings.xml": settings})


def nested_tables(depth: int) -> bytes:
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph("đáy") + "</w:tc></w:tr></w:tbl>" * depth)


def locked(data: bytes) -> bytes:
    """Return a zip whose members all say they are encrypted."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := out.find(mark, start)) >= 0:
            out[start + at] |= 1
            start += 4
    return bytes(out)


def overlapping(count: int) -> bytes:
    """Return a zip that lists one packed megabyte ``count`` times."""
    data = packed({"mau.docx": bytes(1_000_000)})
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        start = given.start_dir
    entry = data[start : data.rindex(b"PK\x05\x06")]
    listed = entry * count
    return data[:start] + listed + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listed), start, 0)


def strangely_named(data: bytes) -> dict[str, bytes]:
    """Return zips of one form whose names or kinds would lead elsewhere."""
    names = [
        "../../thoat.docx",
        "/etc/thoat.docx",
        "C:\\Windows\\thoat.docx",
        "..\\..\\thoat.docx",
        "a/" * 200 + "thoat.docx",
    ]
    found = {f"ten-{n}.zip": packed({name: data}) for n, name in enumerate(names)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as into:
        link = zipfile.ZipInfo("lien-ket.docx")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        into.writestr(link, "/etc/passwd")
    found["lien-ket.zip"] = out.getvalue()
    found["ten-nul.zip"] = packed({"thoatXan.docx": data}).replace(b"thoatXan", b"thoat\0an")
    return found


def laughing() -> bytes:
    """Return a .docx of a few hundred bytes that says "ha" a billion times."""
    return docx(paragraph("&l9;"), before=LAUGHS)


def in_utf_16(data: bytes) -> bytes:
    """Return the archive with its document in UTF-16, where a search for bytes finds nothing."""
    with zipfile.ZipFile(io.BytesIO(data)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    words = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    return packed(parts | {"word/document.xml": words.encode("utf-16")})


def pointing_outside(address: str) -> Iterator[tuple[str, bytes]]:
    """Yield a .docx for each of its parts that asks for a file elsewhere, and such a sheet and workbook."""
    asks = OUTSIDE % address
    said = paragraph("&s;")
    yield "ngoai-document.docx", docx(said, before=asks)
    yield "ngoai-document-16.docx", in_utf_16(docx(said, before=asks))
    linked = relations(f'<Relationship Id="h" Type="{R}/header" Target="header1.xml"/>')
    styled = '<w:pPr><w:pStyle w:val="a"/><w:numPr/></w:pPr>'
    body = f'<w:p>{styled}<w:r><w:footnoteReference w:id="1"/><w:t>a</w:t></w:r></w:p>'
    for part, root in {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "header1": "hdr",
    }.items():
        xml = f'{asks}<w:{root} xmlns:w="{W}">{said}</w:{root}>'
        yield f"ngoai-{part}.docx", docx(body, more={"word/_rels/document.xml.rels": linked, f"word/{part}.xml": xml})
    yield "ngoai-rels.docx", docx(more={"word/_rels/document.xml.rels": asks + relations("&s;")})
    yield "ngoai.xlsx", xlsx(f'<row r="1">{cell("A1", "&s;")}</row>', before=asks)
    yield "ngoai.odt", odt("<text:p>&s;</text:p>", before=asks)
    yield "ngoai.ods", ods(ods_cell("&s;"), before=asks)


def damaged(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what is cut, locked, empty, or not what its name says."""
    yield "trong.docx", b""
    yield "cut.docx", whole[: len(whole) // 2]
    yield "khoa.docx", _OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    yield "khoa-zip.docx", locked(whole)
    yield "khoa.zip", locked(packed({"mau.docx": whole}))
    yield "rac.doc", _OLE + bytes(range(256)) * 20
    yield "la-van-ban.docx", b"\x7fELF" + bytes(range(256)) * 20
    yield "la-trang-web.xlsx", b"MZ\x90\0" + bytes(range(256)) * 20
    yield "qua-lon.docx", whole + bytes(20 * 1024 * 1024)
    yield "zip-trong-zip.zip", packed({"trong.zip": packed({"mau.docx": whole})})


def flipped(data: bytes, at: int, bit: int) -> bytes:
    """Return the data with one bit changed."""
    out = bytearray(data)
    out[at % len(out)] ^= 1 << (bit % 8)
    return bytes(out)


def _hundred_thousand_rows() -> bytes:
    rows = "".join(f'<row r="{n}">{cell(f"A{n}", "a")}</row>' for n in range(1, 100_001))
    return xlsx(rows, how=zipfile.ZIP_STORED)


#: What is small and unpacks, or is laid out, to something very large; each is made when it is asked for.
BOMBS: dict[str, Callable[[], bytes]] = {
    "bom.docx": lambda: docx(" " * 20_000_000),
    "bom.xlsx": lambda: xlsx(" " * 20_000_000),
    "bom.ods": lambda: ods(" " * 20_000_000),
    "bom.zip": lambda: packed({f"{n}.docx": bytes(15_000_000) for n in range(25)}),
    "chong.zip": lambda: overlapping(400),
    "cuoi.docx": laughing,
    "cuoi.xlsx": lambda: xlsx(f'<row r="1">{cell("A1", "&l9;")}</row>', before=LAUGHS),
    "cuoi.ods": lambda: ods(ods_cell("&l9;"), before=LAUGHS),
    "cuoi-16.docx": lambda: in_utf_16(laughing()),
    "trieu-doan.docx": lambda: docx("<w:p/>" * 1_000_000, how=zipfile.ZIP_STORED),
    "long.docx": lambda: nested_tables(10_000),
    "dong.xlsx": _hundred_thousand_rows,
    "cot.xlsx": lambda: xlsx(f'<row r="1">{cell("A1", "a")}</row><row r="99999">{cell("XFD99999", "z")}</row>'),
    "dong.csv": lambda: b"01/10;Le khai mac\n" * 100_000,
    "chuoi.xlsx": lambda: xlsx(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>a</t></si>" * 2_000_000
    ),
    "sau.rtf": lambda: rb"{\rtf1" + b"{" * 3_000_000,
    "hang.rtf": lambda: rb"{\rtf1" + rb"\trowd\cellx500 a\cell\row" * 100_000 + b"}",
    "doan.rtf": lambda: rb"{\rtf1" + rb"\par" * 1_000_000 + b"}",
    "nhi-phan.rtf": lambda: rb"{\rtf1{\bin2000000000 abc}}",
    "cuoi.odt": lambda: odt("<text:p>&l9;</text:p>", before=LAUGHS),
    "lap.ods": lambda: ods('<table:table-row table:number-rows-repeated="1000000">' + ods_cell("a")[17:]),
}
