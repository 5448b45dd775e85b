"""``tuanhoc form import``: what the desk's upload does, told file by file."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from tests.builders import IN_TIME, unit_of, week
from tests.form_files import GOOD, word_form, zipped
from tests.mails import eml

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities.models import Registration, State
from tuanhoc.intake.models import FormFile
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
LOOSE = ["Đề nghị tỉnh cử diễn giả"]


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def at(tmp_path):
    """Write a file and return its place."""

    def write(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return write


def imported(*arguments, code=0):
    """Run the command; return what it printed. ``code``: how it must end."""
    out = io.StringIO()
    try:
        call_command("form", "import", *arguments, "--campaign", "ninh-thuan-2022", stdout=out)
        ended = 0
    except SystemExit as end:
        ended = end.code
    assert ended == code
    return out.getvalue()


def test_a_good_form_is_told_with_its_unit_and_state(campaign, at):
    path = at("a.docx", word_form("UBND xã Lâm Sơn"))
    [told] = json.loads(imported(path, "--json"))["forms"]
    assert told == {
        "file": path, "name": "a.docx", "outcome": "read", "form": FormFile.objects.get().pk, "state": "read",
        "unit": {"key": "xa-lamson", "name": "UBND xã Lâm Sơn"},
        "match": {"score": 1.0, "reason": "Tên trong mẫu “UBND xã Lâm Sơn” trùng với tên đơn vị."},
        "rows": 1, "problems": [], "unplaced": [], "same_as": None, "why": "",
    }  # fmt: skip


def test_confirmed_at_once_where_nothing_is_to_be_looked_at(campaign, at):
    good = at("a.docx", word_form("UBND xã Lâm Sơn"))
    asks = at("b.docx", word_form("UBND xã Nhơn Hải", foot=LOOSE))
    said = imported(good, asks, "--confirm", code=1)
    assert said.splitlines()[:2] == [
        "a.docx: đã xác nhận | UBND xã Lâm Sơn | 1 dòng", "b.docx: đã đọc | UBND xã Nhơn Hải | 1 dòng",
    ]  # fmt: skip
    assert said.splitlines()[2].endswith(": Đề nghị tỉnh cử diễn giả")
    assert [(r.host.name, r.state) for r in Registration.objects.all()] == [("UBND xã Lâm Sơn", State.SUBMITTED)]


def test_archives_and_messages_are_opened_and_what_came_before_is_known(campaign, at):
    data = word_form("UBND xã Lâm Sơn")
    packed = at("tat ca.zip", zipped({"thu.eml": eml(("b.docx", word_form("Huyện Ninh Hải"))), "a.docx": data}))
    told = json.loads(imported(packed, at("lai.docx", data), "--json"))["forms"]
    assert [(one["name"], one["outcome"]) for one in told] == [
        ("b.docx", "read"), ("a.docx", "read"), ("a.docx", "known"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "outcome"),
    [
        ("hong.docx", b"PK\x03\x04 hong", "unreadable"),
        ("la.docx", word_form("Công ty Nắng Mới", [GOOD]), "read"),
        ("thu.eml", eml(text="Xin chào Sở, cho hỏi một việc ạ."), "no_form"),
    ],
)
def test_what_is_left_for_a_person_ends_with_one(campaign, at, name, data, outcome):
    [told] = json.loads(imported(at(name, data), "--json", code=1))["forms"]
    assert (told["outcome"], told["unit"]) == (outcome, None)


def test_a_district_takes_in_for_itself_and_a_stranger_not(campaign, at):
    district, stranger = (User.objects.create_user(f"{n}@x.example", name=n) for n in ("huyen", "la"))
    accounts.give_seat(district, Role.OFFICER, unit=unit_of(campaign, "ubnd-585").unit, by=SYSTEM, at=IN_TIME)
    path = at("a.docx", word_form("Trường Tiểu học Lâm Sơn"))
    imported(path, "--as", district.email)
    form = FormFile.objects.get()
    assert (form.taken_in_by, form.uploaded_by) == (unit_of(campaign, "ubnd-585"), "huyen")
    for whom in (stranger.email, "khong-co@x.example"):
        with pytest.raises(CommandError):
            call_command("form", "import", path, "--campaign", campaign.code, "--as", whom)


def test_wrong_use_is_said(campaign, at):
    path = at("a.docx", word_form("UBND xã Lâm Sơn"))
    with pytest.raises(CommandError) as tomorrow:
        call_command("form", "import", path, "--campaign", campaign.code, "--received", "2022-09-29")
    assert tomorrow.value.returncode == 2
    for arguments in (("khong-co.docx", "--campaign", campaign.code), (path, "--campaign", "khong-co")):
        with pytest.raises(CommandError):
            call_command("form", "import", *arguments)
    assert FormFile.objects.count() == 0
