"""``tuanhoc user invite``, ``unit load`` and ``area load``."""

import json

import pytest
from django.core.management import CommandError, call_command
from tests.builders import UNITS, prepared, province

from tuanhoc.accounts.models import Seat, User
from tuanhoc.units.models import Area, Reform, Unit

pytestmark = pytest.mark.django_db
AREA = "level,code,name,parent_code,valid_from,valid_to\nprovince,58,Tỉnh Ninh Thuận,,,\n"


def test_the_first_administrator_of_a_fresh_installation(capsys):
    call_command("user", "invite", "Lan@Example.vn", "--name", "Nguyễn Thị Lan", "--operator")
    user = User.objects.get()
    assert (user.email, user.name, user.is_superuser) == ("lan@example.vn", "Nguyễn Thị Lan", True)
    assert not user.has_usable_password()
    assert "/lam-viec/" in capsys.readouterr().out
    call_command("user", "invite", "lan@example.vn", "--operator")
    assert User.objects.count() == 1


def test_seats_at_a_unit_and_on_a_campaign():
    province()
    campaign = prepared()
    call_command("user", "invite", "a@example.vn", "--unit", "tv-58", "--role", "head", "--coordinator", campaign.code)
    assert list(Seat.objects.order_by("pk").values_list("role", "unit__key", "campaign_id")) == [
        ("coordinator", None, campaign.pk), ("head", "tv-58", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["không-phải-thư"], 2),
        (["a@example.vn", "--role", "head"], 2),
        (["a@example.vn", "--unit", "khong-co"], 1),
        (["a@example.vn", "--coordinator", "khong-co"], 1),
        (["a@example.vn", "--as", "ai@example.vn"], 1),
    ],
)
def test_a_wrong_invitation_leaves_nobody_behind(arguments, code):
    with pytest.raises(CommandError) as refused:
        call_command("user", "invite", *arguments)
    assert refused.value.returncode == code
    assert not User.objects.exists()


def test_only_an_operator_invites_and_only_who_prepares_loads_units(tmp_path):
    User.objects.create_user("nobody@example.vn")
    file = tmp_path / "units.csv"
    file.write_text(UNITS, encoding="utf-8")
    for words in (["user", "invite", "b@example.vn"], ["unit", "load", str(file)]):
        with pytest.raises(CommandError):
            call_command(*words, "--as", "nobody@example.vn")
    assert (User.objects.count(), Unit.objects.count()) == (1, 0)


def test_units_are_looked_at_then_loaded_with_their_areas(tmp_path, capsys):
    units, areas = tmp_path / "units.csv", tmp_path / "areas.csv"
    units.write_text(UNITS + "x,khong-co,department,Sở Lạc,,1\n", encoding="utf-8")
    areas.write_text(AREA, encoding="utf-8")
    words = ["unit", "load", str(units), "--areas", str(areas), "--json"]
    with pytest.raises(CommandError):
        call_command(*words, "--dry-run")
    assert (Unit.objects.count(), Area.objects.count()) == (0, 0)
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], [p["line"] for p in told["problems"]]) == (10, [12])
    with pytest.raises(CommandError) as incomplete:
        call_command(*words)
    assert incomplete.value.returncode == 1
    assert Unit.objects.count() == 10
    assert Unit.objects.get(key="so-gddt").area.name == "Tỉnh Ninh Thuận"


def test_areas_are_loaded_once(tmp_path, capsys):
    areas = tmp_path / "areas.csv"
    areas.write_text(AREA, encoding="utf-8")
    call_command("area", "load", str(areas), str(areas))
    assert capsys.readouterr().out.splitlines() == ["areas.csv: 1 địa bàn mới", "areas.csv: 0 địa bàn mới"]


def test_a_reform_is_looked_at_then_done_and_the_tree_of_a_day_printed(tmp_path, capsys):
    province()
    steps = tmp_path / "steps.csv"
    steps.write_text("Mã;Việc;Mã kế thừa\nxa-nhonhai;Nhập vào;xa-lamson\n", encoding="utf-8")
    words = ["unit", "reform", str(steps), "--on", "2025-07-01", "--basis", "1667/NQ-UBTVQH15", "--json"]
    call_command(*words, "--dry-run")
    assert json.loads(capsys.readouterr().out)["counts"] == {"merge": 1}
    assert not Reform.objects.exists()
    call_command(*words)
    assert json.loads(capsys.readouterr().out)["reform"] == Reform.objects.get().pk
    for day, there in (("2025-06-30", True), ("2025-07-01", False)):
        call_command("unit", "tree", "--on", day)
        assert ("xa-nhonhai" in capsys.readouterr().out) is there


def test_a_reform_with_a_row_that_cannot_be_done_does_nothing(tmp_path, capsys):
    province()
    steps = tmp_path / "steps.csv"
    steps.write_text("Mã;Việc\nxa-nhonhai;Giải thể\nkhong-co;Giải thể\n", encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("unit", "reform", str(steps), "--on", "2025-07-01")
    assert "dòng 3" in capsys.readouterr().out
    assert not Reform.objects.exists()


def test_likely_duplicates_are_printed(capsys):
    province(UNITS + "th-2,xa-lamson,school_primary,TH Lâm Sơn,22846,0\n")
    call_command("unit", "alike", "--json")
    assert {(p["first"], p["second"]) for p in json.loads(capsys.readouterr().out)} == {("th-lamson", "th-2")}
