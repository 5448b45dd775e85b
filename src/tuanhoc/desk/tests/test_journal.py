"""The journal: what is told, to whom, and that no happening is without a name."""

import csv
import datetime as dt
import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import IN_TIME, coordinator, registered, row, someone, unit_of, week

import tuanhoc
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities import actions as activities
from tuanhoc.activities.rules import ActivityDraft, row_changes
from tuanhoc.desk.journalled import WORDS, told
from tuanhoc.desk.journalled.kinds import KINDS
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role

db = pytest.mark.django_db
CODE = re.compile(
    r"\"((?:activities|schedule|findings|intake|campaigns|accounts|office|notices|units)\.[a-z_]+\.[a-z_]+)\""
)


def test_every_happening_has_a_name_on_the_screen():
    house = Path(tuanhoc.__file__).parent
    written = set()
    for path in house.rglob("*.py"):
        if not {"tests", "migrations", "desk"} & set(path.parts) and path.name not in {"events.py"}:
            written |= set(CODE.findall(path.read_text(encoding="utf-8")))
    assert written - WORDS.keys() == set()


def signed_in(client, campaign, role=Role.COORDINATOR, unit=None):
    user = User.objects.create_user(f"{role.value}@so.vn", name="Chị Điều Phối")
    seat = {"campaign_id": campaign.pk} if role is Role.COORDINATOR else {"unit": unit}
    accounts.give_seat(user, role, by=SYSTEM, at=IN_TIME, **seat)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def school(campaign):
    host = unit_of(campaign, "th-lamson")
    by = someone(Role.OFFICER, at=host)
    registration = activities.begin_registration(host, by=by, at=IN_TIME)
    activities.save_rows(registration, [row("Đọc sách", place="Sân trường")], by=by, at=IN_TIME)
    activities.save_rows(registration, [row("Đọc sách", place="Hội trường")], by=by, at=IN_TIME)
    return host


@db
def test_a_saved_row_tells_what_stood_before_and_after(school):
    entry = Entry.objects.filter(what="activities.registration.save").latest("pk")
    differences = told(entry, {}).differences
    assert [(d.field, d.before, d.after, d.row) for d in differences] == [("Địa điểm", "Sân trường", "Hội trường", 1)]


@db
def test_the_coordinator_reads_the_whole_week_and_finds_by_person_unit_kind_and_day(client, campaign, school):
    registered(unit_of(campaign, "xa-nhonhai"), [row("Hội thi")])
    signed_in(client, campaign)
    page = f"/lam-viec/nhat-ky/{campaign.code}/"
    whole = client.get(page).text
    assert "Mở đăng ký" in whole
    assert "<del>Sân trường</del> → <ins>Hội trường</ins>" in whole
    assert "UBND xã Nhơn Hải" in whole
    narrowed = client.get(page, {"don-vi": "lâm sơn", "viec": "activities."}).text
    assert "Lưu bản đăng ký" in narrowed
    assert "UBND xã Nhơn Hải<" not in narrowed
    assert "Không có việc nào khớp" in client.get(page, {"tu": "29/9/2022"}).text
    several = client.get(page, {"don-vi": "lam son", "viec": "activities."})
    # Words that mean several units choose none of them: what happened at each is listed, and each is a way further.
    assert several.context["several"] == ["UBND xã Lâm Sơn", "Trường Tiểu học Lâm Sơn"]
    assert "viec=activities.&amp;don-vi=UBND%20x%C3%A3%20L%C3%A2m%20S%C6%A1n" in several.text
    assert not client.get(page, {"don-vi": "UBND xã Lâm Sơn"}).context["several"]
    assert "Không có đơn vị nào tên" in client.get(page, {"don-vi": "không đâu"}).text


@db
def test_a_unit_sees_its_own_trail_by_its_link_and_nobody_elses(client, campaign, school):
    other = unit_of(campaign, "xa-nhonhai")
    registered(other, [row("Hội thi")])
    signed = accounts.make_link(
        school.unit, campaign_id=campaign.pk, expires_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC), by=SYSTEM, at=IN_TIME
    )
    client.post(f"/l/{signed}/")
    mine = client.get(f"/lam-viec/nhat-ky-don-vi/{school.pk}/")
    assert "Sân trường" in mine.text
    assert "Hội thi" not in mine.text
    assert client.get(f"/lam-viec/nhat-ky-don-vi/{other.pk}/").status_code == 404
    assert client.get(f"/lam-viec/nhat-ky/{campaign.code}/").status_code == 404


@db
def test_a_district_sees_the_trails_of_those_under_it(client, campaign, school):
    district = unit_of(campaign, "ubnd-585")
    signed_in(client, campaign, Role.OFFICER, district.unit)
    assert "Sân trường" in client.get(f"/lam-viec/nhat-ky-don-vi/{district.pk}/").text


def test_everything_the_journal_may_tell_of_has_a_name():
    rooms = {code.partition(".")[0] for code in WORDS}
    models = {model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("tuanhoc.")}
    assert {kind for kind in models if kind.partition(".")[0] in rooms} <= KINDS.keys() <= models


@db
def test_an_export_has_every_line_and_no_formula(client, campaign, school):
    by = someone(Role.OFFICER, at=school)
    registration = activities.begin_registration(school, by=by, at=IN_TIME)
    activities.save_rows(registration, [row("=1+1")], by=by, at=IN_TIME)
    signed_in(client, campaign)
    given = client.get(f"/lam-viec/nhat-ky/{campaign.code}/", {"tai": "csv"})
    lines = list(csv.DictReader(io.StringIO(given.content.decode("utf-8-sig"))))
    assert len(lines) == Entry.objects.filter(campaign_id=campaign.pk).count()
    assert not any(cell.startswith("=") for line in lines for cell in line.values())
    things = {line["Đối tượng"] for line in lines}
    assert f"Bản đăng ký, mã {registration.pk}" in things
    assert not any(re.match(r"[a-z]+\.[a-z]+ \d", thing) for thing in things)
    assert client.get(f"/lam-viec/nhat-ky/{campaign.code}/", {"tai": "xlsx"}).content[:2] == b"PK"
    assert client.get(f"/lam-viec/nhat-ky/{campaign.code}/", {"tai": "exe"}).status_code == 404


@db
def test_every_happening_of_a_week_is_told_under_it(campaign, school):
    accepted = registered(unit_of(campaign, "xa-nhonhai"), [row("Hội thi")])
    activities.change_activity(
        accepted.activities.get(), reason="Mưa", cancel=True, by=coordinator(campaign), at=IN_TIME
    )
    loose = Entry.objects.filter(campaign_id=None).exclude(what__startswith="units.")
    assert list(loose.values_list("what", flat=True)) == []


WORDS_OF_ROWS = st.sampled_from(["Đọc sách", "Hội thi", "Tọa đàm", ""])
ROWS = st.lists(st.builds(ActivityDraft, content=WORDS_OF_ROWS, place=WORDS_OF_ROWS), max_size=6)


@given(ROWS, ROWS)
def test_nothing_is_told_only_where_nothing_changed_and_rows_add_up(before, after):
    changes = row_changes(before, after)
    what = [c["what"] for c in changes]
    assert (not changes) == (before == after)
    assert what.count("added") - what.count("removed") == len(after) - len(before)
    assert all(c["before"] != c["after"] for c in changes if c["what"] == "changed")
    kept = len(after) - what.count("added") - what.count("changed")
    assert kept <= sum(row in before for row in after)
