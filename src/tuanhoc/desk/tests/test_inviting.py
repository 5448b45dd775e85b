"""Many units invited at once: whom a list names, and what leaves."""

import io

import pytest
from lxml import html
from tests.builders import IN_TIME, unit_of, week

from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import PersonalLink, User
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.units.models import Contact
from tuanhoc.units.queries import rows_of_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    campaign = week()
    user = User.objects.create_user("a@so.vn")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return campaign


def page(campaign):
    return f"/lam-viec/moi-don-vi/{campaign.code}/"


def sheet_of(response):
    return rows_of_list(response.content)


def listed(client, campaign, text, name="ds.csv"):
    file = io.BytesIO(text.encode("utf-8"))
    file.name = name
    return client.post(page(campaign), {"do": "read", "tep": file})


LIST = """Danh sách,,,
TT,Tên đơn vị,Họ và tên,Email
1,Trường tiểu học Lâm Sơn,Cô Hòa,hoa@truong.vn
2,UBND xã Lâm Sơn,,
3,UBND xã Không Có,Ông Nam,
"""


def test_a_list_is_read_by_its_headings_and_what_names_nobody_is_shown(client, campaign):
    shown = listed(client, campaign, LIST).text
    assert "2 người nhận" in shown
    assert "dòng 5: UBND xã Không Có" in shown
    assert not PersonalLink.objects.exists()


def test_each_row_gets_a_link_of_its_own_unit_in_the_sheet(client, campaign):
    shown = listed(client, campaign, LIST)
    kept = shown.context["kept"]
    rows = sheet_of(client.post(page(campaign), {"do": "merge", "dong": kept}))
    assert rows[0] == ["Đơn vị", "Người nhận", "Thư điện tử", "Điện thoại", "Tuần lễ", "Hạn đăng ký", "Liên kết"]
    assert rows[1][:3] == ["Trường Tiểu học Lâm Sơn", "Cô Hòa", "hoa@truong.vn"]
    assert rows[1][5] == "đến hết 23:59 ngày 30/9/2022"
    signed = rows[1][6].rstrip("/").rsplit("/", 1)[1]
    link = accounts.link_of(signed, at=IN_TIME)
    assert (link.unit.name, link.holder) == ("Trường Tiểu học Lâm Sơn", "Cô Hòa")
    assert PersonalLink.objects.count() == 2


def test_a_name_almost_said_is_suggested_and_gets_a_link_only_once_confirmed(client, campaign):
    shown = listed(client, campaign, "Tên đơn vị,Họ và tên\nXa Nhon Hai,Ông Nam\n")
    form = next(f for f in html.fromstring(shown.content).forms if "dong" in f.fields)
    assert form.xpath(".//label[input[contains(@value, 'Ông Nam') or contains(@value, 'Nam')]]")[
        0
    ].text_content().strip() == ("UBND xã Nhơn Hải")
    assert len(sheet_of(client.post(page(campaign), {**dict(form.form_values()), "do": "merge"}))) == 1
    (one,) = [v for v in form.xpath(".//input[@type='radio']/@value") if v]
    rows = sheet_of(client.post(page(campaign), {"do": "merge", "dong": "[]", "goi-y-2": one}))
    assert [row[:2] for row in rows[1:]] == [["UBND xã Nhơn Hải", "Ông Nam"]]


def test_all_contacts_leave_at_once_and_who_has_none_has_a_row_to_fill_in(client, campaign):
    school = unit_of(campaign, "th-lamson").unit
    Contact.objects.create(unit=school, name="Cô Hòa", email="hoa@truong.vn")
    Contact.objects.create(unit=school, name="Thầy Nam", phone="0900 000 001")
    rows = sheet_of(client.post(page(campaign), {"do": "contacts"}))
    assert len(rows) == 1 + campaign.roster.count() + 1
    assert [row[1] for row in rows if row[0] == school.name] == ["Cô Hòa", "Thầy Nam"]


@pytest.mark.parametrize("kept", ["", "x", "[[1]]", '[["a","b","c","d"]]', '[[999999,"a","b","c"]]', "{}"])
def test_what_was_not_ours_makes_no_link(client, campaign, kept):
    rows = sheet_of(client.post(page(campaign), {"do": "merge", "dong": kept}))
    assert len(rows) == 1
    assert not PersonalLink.objects.exists()


def test_a_file_without_headings_or_that_is_no_list_is_refused_in_words(client, campaign):
    assert listed(client, campaign, "a,b\n1,2\n").status_code == 302
    assert "Không thấy cột" in client.get(page(campaign)).text
    assert client.post(page(campaign), {"do": "read"}).status_code == 302
    assert listed(client, campaign, "\x00\x01", "x.xlsx").status_code == 302


@pytest.mark.parametrize("kept", ['[[1e999, "", "", ""]]', "[" * 100_000, '[["x"]]', "{"])
def test_a_list_that_was_tampered_with_makes_no_link_and_breaks_nothing(client, campaign, kept):
    assert client.post(page(campaign), {"do": "merge", "dong": kept}).status_code == 200
    assert not PersonalLink.objects.exists()


WRONG = """Tên đơn vị,Họ và tên,Email
Trường tiểu học Lâm Sơn,Cô Hòa,hoa@truong.vn
UBND xã Lâm Sơn,Ông Nam,sai-thu
UBND xã Nhơn Hải,,@@@
Xa Nhon Hai,Bà Lan,sai
"""


def test_a_row_whose_address_is_none_is_named_not_counted_and_left_out(client, campaign):
    shown = listed(client, campaign, WRONG)
    assert "1 người nhận" in shown.text
    assert "2 dòng có địa chỉ thư chưa đúng" in shown.text
    assert "dòng 3: UBND xã Lâm Sơn, địa chỉ thư “sai-thu”" in shown.text
    assert "dòng 4: UBND xã Nhơn Hải, địa chỉ thư “@@@”" in shown.text
    assert "dòng 5: Xa Nhon Hai (địa chỉ thư “sai” chưa đúng" in shown.text
    rows = sheet_of(client.post(page(campaign), {"do": "merge", "dong": shown.context["kept"]}))
    assert [row[:3] for row in rows[1:]] == [["Trường Tiểu học Lâm Sơn", "Cô Hòa", "hoa@truong.vn"]]


def test_who_is_ticked_all_the_same_gets_a_link_and_no_address(client, campaign):
    shown = listed(client, campaign, WRONG)
    (ticked,) = html.fromstring(shown.content).xpath("//input[@type='checkbox' and @name='goi-y-3']/@value")
    rows = sheet_of(client.post(page(campaign), {"do": "merge", "dong": "[]", "goi-y-3": ticked}))
    assert [row[:3] for row in rows[1:]] == [["UBND xã Lâm Sơn", "Ông Nam", ""]]
