"""A reform file, .csv or .xlsx, to steps and back."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from tuanhoc.lib.refusal import N_
from tuanhoc.lib.sentences import Sentence
from tuanhoc.lib.text import fold

from . import rules, sheets
from .rules.reforms import DOING_WORDS, PART_WORDS, Doing, Step, doing_of

_HEADS: Mapping[str, tuple[str, ...]] = {
    "key": ("key", "ma", "ma don vi"),
    "what": ("what", "viec", "thay doi", "noi dung"),
    "name": ("name", "ten moi", "ten", "ten don vi"),
    "kind": ("kind", "loai", "loai don vi"),
    "parent_key": ("parent_key", "ma cap tren", "ma cap tren moi", "cap tren"),
    "successors": ("successors", "ma ke thua", "ma don vi ke thua", "ke thua", "nhap vao"),
    "place_code": ("place_code", "ma dia ban", "dia ban"),
    "tree": ("tree", "cay"),
    "is_real": ("is_real",),
}
_FIELD_OF = {head: field for field, heads in _HEADS.items() for head in heads}
_COLUMNS = (
    ("Mã", 18), ("Việc", 18), ("Tên mới", 44), ("Loại", 30), ("Mã cấp trên", 18), ("Mã kế thừa", 30),
    ("Mã địa bàn", 12), ("Cây", 18),
)  # fmt: skip
_TREES: Mapping[str, tuple[str, ...]] = {
    "administrative": ("", "administrative", "hanh chinh"),
    "association": ("association", "hoi khuyen hoc", "hoi"),
}
_TREE_OF = {words: tree for tree, known in _TREES.items() for words in known}
_GUIDE = (
    "Cách điền",
    "Mỗi dòng là một thay đổi của một đơn vị. Ngày và căn cứ được ghi trên trang khi nạp tệp.",
    "Mã: mã đơn vị (key) như trong danh sách đơn vị; đơn vị lập mới thì đặt mã mới.",
    "Việc: Lập mới, Đổi tên, Chuyển cấp trên, Nhập vào, Chia thành, Tách một phần, Giải thể, Mở lại.",
    "Mã kế thừa: với “Nhập vào”, “Chia thành”, “Tách một phần”; nhiều mã cách nhau bằng dấu chấm phẩy.",
    "Mã kế thừa đứng đầu là đơn vị kế thừa chính: số liệu của đơn vị cũ về nguyên vẹn đơn vị này, không bị chia.",
    "Đơn vị trực thuộc đơn vị giải thể hoặc nhập đi sẽ theo đơn vị kế thừa chính; không có thì lên cấp trên.",
    "Cây: để trống là cây hành chính; “Hội Khuyến học” là cây của Hội.",
)


@dataclass(frozen=True, slots=True)
class StepsFile:
    """A reform file as read: its steps, and each row that is none, with why."""

    steps: Sequence[Step]
    problems: Sequence[rules.RowProblem]
    unused: Sequence[str] = ()


def read_reform_file(data: bytes, kinds: Mapping[str, str]) -> StepsFile:
    """Read a reform file by its content.

    :param kinds: kinds of unit, folded label -> code.
    :raises Refusal: not such a file, no header, or too long; each with what to do.
    """
    read = sheets.read_table(data, _FIELD_OF, {"key", "what"})
    known = dict(kinds) | {code: code for code in kinds.values()}
    steps: list[Step] = []
    problems: list[rules.RowProblem] = []
    for record in read.records:
        if reason := _reason(record.cells, known):
            problems.append(rules.RowProblem(record.line, reason))
        else:
            steps.append(_step(record, known))
    return StepsFile(steps, problems, read.unused)


def _reason(cells: Mapping[str, str], kinds: Mapping[str, str]) -> Sentence | None:
    what = doing_of(cells.get("what", ""))
    if what is None:
        words = N_("Chưa rõ việc “%(what)s”. Vui lòng dùng một trong các việc ở trang hướng dẫn của mẫu.")
        return Sentence(words, {"what": cells.get("what", "")})
    if reason := rules.key_reason(cells.get("key", "")):
        return reason
    kind = cells.get("kind", "")
    if (kind or what is Doing.NEW) and fold(kind) not in kinds:
        return rules.no_such_kind(kind)
    if fold(cells.get("tree", "")) not in _TREE_OF:
        words = N_("Chưa rõ cây “%(tree)s”. Vui lòng ghi “Hành chính” hoặc “Hội Khuyến học”.")
        return Sentence(words, {"tree": cells["tree"]})
    return None


def _step(record: sheets.Record, kinds: Mapping[str, str]) -> Step:
    cells = record.cells
    words = cells.get("what", "")
    successors = cells.get("successors", "").replace(";", "|").replace(",", "|").split("|")
    return Step(
        what=doing_of(words) or Doing.RENAME,
        key=cells["key"],
        line=record.line,
        name=cells.get("name", ""),
        kind=kinds.get(fold(cells.get("kind", "")), ""),
        parent_key=cells.get("parent_key", ""),
        successors=tuple(key for key in (part.strip() for part in successors) if key),
        place_code=cells.get("place_code", ""),
        tree=_TREE_OF[fold(cells.get("tree", ""))],
        stays=fold(words) == fold(PART_WORDS),
        is_fictional=cells.get("is_real", "1") == "0",
    )


def file_of(steps: Iterable[Step], kinds: Mapping[str, str]) -> bytes:
    """Return steps as the .xlsx that :func:`read_reform_file` reads back; without steps, the template to fill in."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#efecfb", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Thay đổi")
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, name, head)
    sheet.freeze_panes(1, 0)
    for number, step in enumerate(steps, start=1):
        for column, cell in enumerate(_cells(step, kinds)):
            sheet.write_string(number, column, cell, text)
    guide = book.add_worksheet("Hướng dẫn")
    guide.set_column(0, 0, 110)
    doings = [words[0] for words in DOING_WORDS.values()] + [PART_WORDS]
    for number, line in enumerate((*_GUIDE, "Các việc", *doings, "Các loại đơn vị", *kinds.values())):
        guide.write_string(number, 0, line, head if number in {0, len(_GUIDE), len(_GUIDE) + len(doings) + 1} else None)
    begin = len(_GUIDE) + 2
    sheet.data_validation(1, 1, sheets.MOST_ROWS, 1, {
        "validate": "list", "source": f"='Hướng dẫn'!$A${begin}:$A${begin + len(doings) - 1}", "error_type": "warning",
    })  # fmt: skip
    book.close()
    return out.getvalue()


def _cells(step: Step, kinds: Mapping[str, str]) -> tuple[str, ...]:
    what = PART_WORDS if step.stays else DOING_WORDS[step.what][0]
    tree = "Hội Khuyến học" if step.tree == "association" else ""
    return (
        step.key, what, step.name, kinds.get(step.kind, ""), step.parent_key, "; ".join(step.successors),
        step.place_code, tree,
    )  # fmt: skip
