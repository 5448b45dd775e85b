"""Ways to spoil one thing of a good document; each is given the opened document."""

from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from .papers import element, find, rule_after

COUNTRY, MOTTO, ISSUER, SUPERIOR = "CỘNG HÒA", "Độc lập", "SỞ GIÁO", "UBND TỈNH"
NUMBER, PLACE_LINE, ABOUT, TITLED = "Số:", "Ninh Thuận,", "V/v", "Kết quả tổ chức"
LONG, BASIS, RECIPIENT = "Các cơ quan, đơn vị đã", "Căn cứ Kế hoạch", "- Bộ GDĐT"


def size(begins, points):
    def spoil(d):
        for run in find(d, begins).runs:
            run.font.size = Pt(points)

    return spoil


def bold(begins, on):
    def spoil(d):
        for run in find(d, begins).runs:
            run.bold = on

    return spoil


def italic(begins, on):
    def spoil(d):
        for run in find(d, begins).runs:
            run.italic = on

    return spoil


def align(begins, place):
    def spoil(d):
        find(d, begins).alignment = place

    return spoil


def say(begins, text):
    def spoil(d):
        find(d, begins).runs[0].text = text

    return spoil


def page(n=0, **values):
    def spoil(d):
        for name, value in values.items():
            setattr(d.sections[n], name, value)

    return spoil


def number_run(d):
    return d.sections[0].header.paragraphs[0]


def drop(begins):
    def spoil(d):
        p = find(d, begins)._p
        cell = p.getparent()
        cell.remove(p)
        if cell.tag == qn("w:tc") and cell.find(qn("w:p")) is None:
            cell.append(element("w:p"))

    return spoil


def lie(d):
    """Turn the annex's page, which must stand upright."""
    s = d.sections[1]
    s.page_width, s.page_height = s.page_height, s.page_width


def paper_size(d):
    for s in d.sections:
        s.page_width, s.page_height = Mm(216), Mm(279)


def no_rule(begins):
    def spoil(d):
        p = rule_after(d, begins)._p
        p.getparent().remove(p)

    return spoil


def in_red(d):
    find(d, LONG).runs[0].font.color.rgb = RGBColor(0xC0, 0, 0)


def in_arial(d):
    find(d, LONG).runs[0].font.name = "Arial"


def narrow_column(d):
    for cell in d.tables[0].columns[1].cells:
        cell.width = Mm(80)
    rule = rule_after(d, MOTTO).paragraph_format
    rule.left_indent = rule.right_indent = Mm(10)


def without_page_number(d):
    for s in d.sections:
        for p in s.header.paragraphs:
            for field in p._p.findall(qn("w:fldSimple")):
                p._p.remove(field)
    for _ in range(60):
        find(d, LONG)._p.addnext(element("w:p"))


def page_number_looks(**fonts):
    def spoil(d):
        from docx.text.run import Run

        p = number_run(d)
        run = Run(p._p.find(f"{qn('w:fldSimple')}/{qn('w:r')}"), p)
        for name, value in fonts.items():
            setattr(run.font, name, value)

    return spoil


def shown_on_page_one(d):
    d.sections[0].different_first_page_header_footer = False


def roman_pages(d):
    d.sections[0]._sectPr.find(qn("w:pgNumType")).set(qn("w:fmt"), "lowerRoman")


def boxed(d):
    borders = element("w:tblBorders")
    borders.append(element("w:top", val="single", sz="4"))
    d.tables[0]._tbl.tblPr.append(borders)


def lower_place(d):
    """Move place and date a row down."""
    row = d.tables[0].add_row()
    moved = find(d, PLACE_LINE)._p
    left = moved.getparent()
    row.cells[1]._tc.append(moved)
    left.append(element("w:p"))


def all_caps_off(d):
    find(d, SUPERIOR).runs[0].text = "UBND tỉnh Ninh Thuận"


def gap(begins, points):
    def spoil(d):
        find(d, begins).paragraph_format.space_before = Pt(points)

    return spoil


def close(d):
    find(d, LONG).paragraph_format.space_after = Pt(0)


def three_lines(d):
    find(d, LONG).paragraph_format.line_spacing = 3.0


def hang(d):
    find(d, LONG).paragraph_format.first_line_indent = Mm(0)


def two_bases(d):
    find(d, BASIS).runs[0].text = "Căn cứ Kế hoạch số 1/KH-UBND; Căn cứ Kế hoạch số 2/KH-UBND."


def lower_label(d):
    """Begin the recipients a line below the authority."""
    cell = find(d, "Nơi nhận:")._p.getparent()
    cell.insert(1, element("w:p"))
    blank = find(d, "Nơi nhận:")._p
    from docx.text.paragraph import Paragraph

    p = Paragraph(cell.findall(qn("w:p"))[0], d)
    assert p._p is not blank
    p.add_run("(Dấu)").font.size = Pt(11)


def torn(d):
    for mark in d.tables[-1]._tbl.iter(qn("w:cantSplit")):
        mark.getparent().remove(mark)


def pages_go_on(d):
    d.sections[1]._sectPr.remove(d.sections[1]._sectPr.find(qn("w:pgNumType")))
    d.sections[1].different_first_page_header_footer = False
