"""``tuanhoc form read`` and ``tuanhoc form blank``."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from tests.builders import week

from .form_papers import annex, reading

ROW_KEYS = [
    "date_from", "date_to", "start_time", "end_time", "part_of_day", "place", "content", "note",
    "host", "audience", "contact", "link", "source", "confidence", "reasons",
]  # fmt: skip


def run(*arguments):
    out = io.StringIO()
    call_command("form", *arguments, stdout=out)
    return out.getvalue()


def read(path, *more):
    return run("read", str(path), "--from", "2022-10-01", "--to", "2022-10-07", *more)


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "form.docx"
    path.write_bytes(annex(("1", "01/10", "Hội trường", "7h30: Khai mạc", ""), ("2", "31/9", "", "Thi vẽ", "")))
    return path


def test_json_has_the_keys_the_issue_names_in_their_order(filled):
    said = json.loads(read(filled, "--json"))
    assert list(said) == ["organisation", "rows", "problems", "unplaced"]
    assert [list(row) for row in said["rows"]] == [ROW_KEYS, ROW_KEYS]
    assert said["rows"][0] == dict.fromkeys(ROW_KEYS) | {
        "date_from": "2022-10-01", "date_to": "2022-10-01", "start_time": "07:30",
        "place": "Hội trường", "content": "Khai mạc", "note": "", "source": "bảng 1, dòng 2",
        "confidence": 0.99, "reasons": ["year_of_week"],
    }  # fmt: skip
    assert [(p["code"], p["row"]) for p in said["problems"]] == [("bad_date", 1), ("no_place", 1)]
    assert said["unplaced"] == [{"where": "bảng 1, dòng 3, cột 2", "text": "31/9"}]


def test_without_json_a_person_reads_it(filled):
    assert read(filled).splitlines()[1] == "  1. 01/10/2022 07:30 | Hội trường | Khai mạc"


def test_an_unreadable_file_is_said_in_json_too(tmp_path, capsys):
    path = tmp_path / "form.docx"
    path.write_bytes(b"PK\x03\x04 cut off")
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("form", "read", str(path), "--from", "2022-10-01", "--to", "2022-10-07", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert ended.value.code == 1
    assert (said["organisation"], said["rows"], said["unplaced"]) == (None, [], [])
    assert [(p["code"], p["row"]) for p in said["problems"]] == [("unreadable", None)]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError):
        read(tmp_path / "none.docx")


@pytest.mark.django_db
def test_the_blank_form_names_the_unit_and_reads_back_empty(tmp_path):
    week()
    path = tmp_path / "blank.docx"
    run("blank", "--campaign", "ninh-thuan-2022", "--unit", "ubnd-585", "-o", str(path))
    said = reading(path.read_bytes())
    assert (said["organisation"], said["rows"], said["unplaced"]) == ("UBND huyện Ninh Sơn", [], [])


@pytest.mark.django_db
@pytest.mark.parametrize(("campaign", "unit"), [("none", "ubnd-585"), ("ninh-thuan-2022", "none")])
def test_an_unknown_campaign_or_unit_is_refused(tmp_path, campaign, unit):
    week()
    with pytest.raises(CommandError):
        run("blank", "--campaign", campaign, "--unit", unit, "-o", str(tmp_path / "blank.docx"))
