import datetime as dt
import json
import re

import pytest
from tests.builders import registered, row, unit_of, week

from tuanhoc.activities.models import Activity

pytestmark = pytest.mark.django_db


def told(client, **fields):
    registered(unit_of(week(), "ubnd-585"), [row(**fields)])
    page = client.get(f"/tuan-le/ninh-thuan-2022/hoat-dong/{Activity.objects.get().pk}/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block), page


def test_search_engines_read_the_activity_with_the_hour_of_viet_nam(client):
    event, _ = told(client, held_on=dt.date(2022, 10, 4), ends_on=None, starts_at=dt.time(7, 30))
    assert event["startDate"] == "2022-10-04T07:30:00+07:00"
    assert event["eventStatus"].endswith("EventScheduled")
    assert event["organizer"]["name"] == "UBND huyện Ninh Sơn"


def test_no_hour_is_invented_and_no_contact_is_told(client):
    event, _ = told(
        client, held_on=dt.date(2022, 10, 4), ends_on=None, contact="Cô Lan 0900 000 001", contact_is_public=True
    )
    assert event["startDate"] == "2022-10-04"
    assert "0900" not in json.dumps(event)


def test_what_a_unit_writes_cannot_leave_the_script_element(client):
    content = "</script><img src=x onerror=alert(1)> & “Đọc”"
    event, page = told(client, content=content)
    assert event["name"] == content
    assert "<img src=x" not in page
