"""``tuanhoc paper check``."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from tuanhoc.papers.docx import to_docx
from tuanhoc.papers.tests.samples import LETTER


def run(path, **options):
    out = io.StringIO()
    code = 0
    try:
        call_command("paper", "check", str(path), stdout=out, **options)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue()


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "tot.docx"
    path.write_bytes(to_docx(LETTER))
    return path


def test_a_good_paper_ends_in_zero(good):
    assert run(good) == (0, "Không thấy điều nào trái thể thức.\n")
    assert run(good, json=True) == (0, "[]\n")


def test_a_broken_paper_ends_in_one_and_says_where_and_by_which_clause(tmp_path):
    path = tmp_path / "sai.docx"
    path.write_bytes(to_docx(replace(LETTER, signer="TS. Nguyễn Văn A")))
    code, said = run(path)
    assert code == 1
    assert "đang là: TS." in said
    assert said.endswith("1 điều trái thể thức\n")
    code, said = run(path, json=True)
    assert [(f["rule"], f["weight"]) for f in json.loads(said)] == [("signer.title", "broken")]


@pytest.mark.parametrize("data", [b"", b"x"])
def test_what_is_no_word_file_is_said_in_words(tmp_path, data):
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    with pytest.raises(CommandError, match=r"Tệp không có nội dung|Chỉ kiểm tra được tệp Word"):
        run(path)
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        run(tmp_path / "khong-co.docx")
