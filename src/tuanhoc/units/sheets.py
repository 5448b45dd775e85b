"""A units file, .csv or .xlsx, to records under the columns' own names; and an empty one to fill in."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.text import clean, fold
from tuanhoc.papers import reading as papers

#: More rows than all units of the largest province.
MOST_ROWS = 20_000
_HEADER_WITHIN = 15
#: As many rows, each as long as two lines of a page.
_MOST_CSV_BYTES = MOST_ROWS * 400
REQUIRED = {"key": N_("Mã"), "kind": N_("Loại"), "name": N_("Tên đơn vị")}
#: A column's name in code -> how offices head it, folded.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "key": ("key", "ma", "ma don vi"),
    "parent_key": ("parent_key", "ma cap tren", "ma don vi cap tren", "cap tren", "don vi cap tren"),
    "kind": ("kind", "loai", "loai don vi"),
    "name": ("name", "ten", "ten don vi", "don vi"),
    "place_code": ("place_code", "ma dia ban", "dia ban"),
    "is_real": ("is_real",),
    "contact_name": ("contact_name", "nguoi lien he", "ho va ten", "ho ten", "dau moi", "dau moi lien he"),
    "contact_role": ("contact_role", "chuc vu", "chuc danh"),
    "phone": ("phone", "dien thoai", "so dien thoai", "sdt", "di dong"),
    "email": ("email", "e-mail", "thu dien tu", "dia chi thu", "dia chi thu dien tu", "dia chi email"),
    "zalo": ("zalo", "so zalo"),
}
_FIELD_OF = {head: field for field, heads in _HEADS.items() for head in heads}
#: The template's columns, in its order, with widths in characters.
_TEMPLATE = (
    ("Mã", 16), ("Mã cấp trên", 16), ("Loại", 30), ("Tên đơn vị", 44), ("Mã địa bàn", 12), ("Người liên hệ", 26),
    ("Chức vụ", 20), ("Điện thoại", 16), ("Thư điện tử", 28), ("Zalo", 16),
)  # fmt: skip


class NotAUnitsFile(Refusal):
    message = N_("Chưa đọc được tệp này. Vui lòng gửi tệp Excel (.xlsx) hoặc .csv theo mẫu.")


class ColumnsMissing(Refusal):
    message = N_("Không thấy dòng tiêu đề có các cột “Mã”, “Loại”, “Tên đơn vị”. Vui lòng dùng mẫu để điền.")


class TooManyRows(Refusal):
    message = N_("Tệp có hơn %(most)s dòng. Vui lòng tách thành nhiều tệp.")


@dataclass(frozen=True, slots=True)
class Record:
    """One row below the header: its number in the file, and its cells by the column's name in code."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitsFile:
    """A units file as read; ``unused`` are headed columns we have no place for."""

    records: Sequence[Record]
    unused: Sequence[str] = ()


def read_units_file(data: bytes) -> UnitsFile:
    """Read a units file by its content.

    :raises Refusal: not such a file, no header, or too long; each with what to do.
    """
    return read_table(data, _FIELD_OF, set(REQUIRED))


def read_table(data: bytes, field_of: Mapping[str, str], required: set[str]) -> UnitsFile:
    """Read a .csv or .xlsx file whose columns are headed as ``field_of`` says (head, folded -> our name).

    :raises Refusal: not such a file, no header with all ``required``, or too long; each with what to do.
    """
    rows = rows_of_data(data)
    header_at, fields = _header(rows, field_of, required)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    records = [
        Record(number, {field: cell for field, cell in zip(fields, row, strict=False) if field})
        for number, row in enumerate(rows[header_at + 1 :], start=header_at + 2)
        if any(row)
    ]
    heads = zip(rows[header_at], fields, strict=True)
    return UnitsFile(records, [head for head, field in heads if head and not field])


def rows_of_data(data: bytes) -> list[list[str]]:
    """Return the cells of a list somebody made, .csv or .xlsx by its content, as text.

    :raises Refusal: neither, or too long.
    """
    return _rows_of_xlsx(data) if data.startswith(b"PK") else _rows_of_csv(data)


def _header(rows: Sequence[Sequence[str]], field_of: Mapping[str, str], required: set[str]) -> tuple[int, list[str]]:
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        fields = [field_of.get(fold(cell).strip(" *:"), "") for cell in row]
        # A column headed twice counts once: the first.
        fields = [field if field not in fields[:at] else "" for at, field in enumerate(fields)]
        if required <= set(fields):
            return number, fields
    raise ColumnsMissing


def _rows_of_csv(data: bytes) -> list[list[str]]:
    if len(data) > _MOST_CSV_BYTES:
        raise TooManyRows(most=MOST_ROWS)
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return [[clean(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise NotAUnitsFile from error


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotAUnitsFile from error
    if "\0" in text:
        raise NotAUnitsFile
    return text


def _rows_of_xlsx(data: bytes) -> list[list[str]]:
    try:
        read = papers.rows_apart(data, "")
    except papers.limits.Broken as refusal:
        raise NotAUnitsFile from refusal
    if len(read.rows) > MOST_ROWS + _HEADER_WITHIN:
        raise TooManyRows(most=MOST_ROWS)
    return [[_cell(value) for value in row] for row in read.rows]


def _cell(value: str | float) -> str:
    if isinstance(value, float) and value.is_integer():
        # Excel keeps codes and telephone numbers as numbers; one of nine digits has lost its leading zero.
        digits = str(int(value))
        return f"0{digits}" if len(digits) == 9 else digits
    return clean(str(value))


def empty_units_file(kinds: Sequence[str]) -> bytes:
    """Return the template: headed columns to fill in, and a second sheet that explains them and lists ``kinds``."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#efecfb", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Đơn vị")
    for column, (name, width) in enumerate(_TEMPLATE):
        # Text cells keep the leading zeros of codes and telephone numbers.
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, name, head)
    sheet.freeze_panes(1, 0)
    guide = book.add_worksheet("Hướng dẫn")
    guide.set_column(0, 0, 100)
    sheet.data_validation(1, 2, MOST_ROWS, 2, {
        "validate": "list", "source": f"='Hướng dẫn'!$A${len(_GUIDE) + 1}:$A${len(_GUIDE) + len(kinds)}",
        "error_type": "warning",
    })  # fmt: skip
    for number, line in enumerate((*_GUIDE, *kinds)):
        guide.write_string(number, 0, line, head if number in {0, len(_GUIDE) - 1} else None)
    book.close()
    return out.getvalue()


_GUIDE = (
    "Cách điền",
    "Mã: tên ngắn không dấu, không đổi qua các năm, ví dụ th-lamson. Mỗi đơn vị một mã.",
    "Mã cấp trên: mã của đơn vị nhận báo cáo của đơn vị này. Bỏ trống nếu không có.",
    "Loại: chọn một loại trong danh sách dưới đây.",
    "Mã địa bàn: mã hành chính của xã, huyện hoặc tỉnh nơi đơn vị hoạt động.",
    "Người liên hệ, Chức vụ, Điện thoại, Thư điện tử, Zalo: để gửi liên kết và nhắc hạn; không công khai.",
    "Nạp lại tệp: đơn vị có mã đã có thì được cập nhật, không có đơn vị nào bị xóa.",
    "Các loại đơn vị",
)


def records_of(rows: Iterator[Mapping[str, str | None]]) -> list[Record]:
    """Return records of rows already under their names; numbers count from 2, the first below the header."""
    return [
        Record(line, {k: clean(str(v or "")) for k, v in row.items() if k}) for line, row in enumerate(rows, start=2)
    ]
