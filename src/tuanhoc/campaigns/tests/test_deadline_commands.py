"""``tuanhoc campaign deadline``, ``lock`` and ``unlock``."""

import json

import pytest
from django.core.management import CommandError, call_command
from tests.builders import IN_TIME, TOO_LATE, unit_of, week

from tuanhoc.accounts.models import User
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    return week()


def run(capsys, *words):
    call_command("campaign", *words, "--code", "ninh-thuan-2022")
    return capsys.readouterr().out.splitlines()


def test_deadlines_are_shown_looked_at_moved_and_put_back(campaign, capsys):
    assert run(capsys, "deadline") == ["Hạn chung: đến hết 23:59 ngày 30/9/2022"]
    words = ["deadline", "--level", "school=2022-09-29", "--common", "2022-10-02T17:00"]
    moved = [
        "Hạn chung: trước 17:00 ngày 2/10/2022",
        "Trường mầm non, tiểu học, THCS; trung tâm cấp huyện: đến hết 23:59 ngày 29/9/2022",
    ]
    assert run(capsys, *words, "--dry-run") == [*moved, "7 đơn vị có hạn mới, 0 có hạn riêng được giữ"]
    assert unit_of(campaign, "tv-58").closes_at == TOO_LATE
    assert run(capsys, *words) == [*moved, "7 đơn vị có hạn mới"]
    assert run(capsys, "deadline", "--all", "2022-10-04T17:00")[1].endswith("đến hết 23:59 ngày 1/10/2022")
    run(capsys, "deadline", "--undo")
    assert run(capsys, "deadline") == moved


def test_the_lock_and_a_whole_subtree_let_in(campaign, capsys):
    assert run(capsys, "lock", "on") == ["Đã bật khóa khi hết hạn: 0 đơn vị đang khóa"]
    told = run(capsys, "unlock", "ubnd-585", "--below", "--until", "2022-10-05", "--reason", "Mưa lũ", "--json")
    assert (json.loads(told[0])["given"], json.loads(told[0])["passed_over"]) == (3, 0)
    assert run(capsys, "lock", "off") == ["Đã tắt khóa khi hết hạn: 0 đơn vị đang khóa"]


@pytest.mark.parametrize(
    "words",
    [
        ["deadline", "--level", "school"],
        ["deadline", "--all", "5/10"],
        ["deadline", "--all", "2022-09-01"],
        ["deadline", "--undo"],
        ["deadline", "--as", "ai@example.vn"],
        ["unlock", "ubnd-585", "--until", "2022-10-05"],
        ["unlock", "khong-co", "--until", "2022-10-05", "--reason", "Mưa"],
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(campaign, capsys, words):
    with pytest.raises(CommandError) as refused:
        run(capsys, *words)
    assert str(refused.value)
    assert not campaign.deadline_moves.exists()
    assert unit_of(campaign, "ubnd-585").closes_at == TOO_LATE


def test_only_who_coordinates_the_week_moves_its_deadlines(campaign, capsys):
    User.objects.create_user("nobody@example.vn")
    with pytest.raises(CommandError):
        run(capsys, "deadline", "--all", "2022-10-05", "--as", "nobody@example.vn")
