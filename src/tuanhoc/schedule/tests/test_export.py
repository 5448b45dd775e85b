import csv
import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook
from tests.builders import registered, row, unit_of, week

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    campaign = week()
    registered(unit_of(campaign, "tv-58"), [row("=Giới thiệu sách", starts_at=dt.time(8), ends_at=dt.time(9, 30))])
    registered(unit_of(campaign, "so-tttt"), [row("Bản tin", ends_on=dt.date(2022, 10, 5), note="Cả tỉnh")])
    return campaign


def test_csv_and_excel_hold_the_same_rows_in_reading_order_and_no_formula(campaign, tmp_path):
    for kind in ("csv", "xlsx"):
        call_command("schedule", "export", campaign=campaign.code, format=kind, output=tmp_path / kind, verbosity=0)

    rows = list(csv.reader(io.StringIO((tmp_path / "csv").read_text(encoding="utf-8-sig"))))
    assert rows[1:] == [
        ["1", "04/10/2022 - 05/10/2022", "", "Nhà văn hóa xã", "Bản tin", "Sở Thông tin và Truyền thông", "Cả tỉnh"],
        ["2", "04/10/2022", "08:00 - 09:30", "Nhà văn hóa xã", "'=Giới thiệu sách", "Thư viện tỉnh", ""],
    ]
    sheet = CalamineWorkbook.from_path(str(tmp_path / "xlsx")).get_sheet_by_index(0).to_python()
    assert [[cell.removeprefix("'") for cell in line] for line in rows] == sheet


def test_a_campaign_that_is_not_there_is_said_in_words(tmp_path, db):
    with pytest.raises(CommandError, match="Không có đợt nào"):
        call_command("schedule", "export", campaign="x", format="csv", output=tmp_path / "x")
