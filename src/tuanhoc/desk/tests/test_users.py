"""People are let in, seated, shut out; and only by who looks after them."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from lxml import html
from tests.builders import IN_TIME, unit_of, week

from tuanhoc.accounts import actions
from tuanhoc.accounts.models import Seat, SignIn, User
from tuanhoc.accounts.queries import actor_of
from tuanhoc.campaigns.models import Campaign
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.notices.models import Message

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-rat-dai-1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def campaign():
    cache.clear()
    return week()


def someone(email, campaign=None, unit=None, role=Role.OFFICER, **fields):
    user = User.objects.create_user(email, **fields)
    if campaign:
        actions.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    if unit:
        actions.give_seat(user, role, unit=unit, by=SYSTEM, at=IN_TIME)
    return user


@pytest.fixture
def coordinator(campaign, client):
    user = someone("dieuphoi@so.vn", campaign)
    client.force_login(user, backend=BACKEND)
    return user


def invite(client, campaign, **given):
    form = {"email": "moi@huyen.vn", "name": "Anh Mới", "role": "officer", "unit": "UBND huyện Ninh Sơn", **given}
    return client.post(f"/lam-viec/nguoi-dung/moi/{campaign.code}/", form)


def test_a_coordinator_lets_a_district_officer_in_who_is_written_to(client, campaign, coordinator):
    assert invite(client, campaign).status_code == 302
    seat = Seat.objects.get(user__email="moi@huyen.vn")
    assert (seat.role, seat.unit.name) == ("officer", "UBND huyện Ninh Sơn")
    mail = Message.objects.get(to="moi@huyen.vn")
    assert "không cần đặt mật khẩu" in mail.body
    assert "Anh Mới" in client.get("/lam-viec/nguoi-dung/", {"q": "ninh sơn"}).text


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("", "Vui lòng gõ tên đơn vị"),
        ("Không có đâu", "Chưa tìm thấy đơn vị nào có “Không có đâu”"),
        ("UBND", "Chưa rõ “UBND” là đơn vị nào"),
    ],
)
def test_a_unit_that_is_not_clear_is_asked_for_again_and_nobody_is_made(client, campaign, coordinator, unit, words):
    page = invite(client, campaign, unit=unit)
    assert words in page.text
    assert not User.objects.filter(email="moi@huyen.vn").exists()


def test_who_has_an_account_gets_the_role_beside_the_others(client, campaign, coordinator):
    someone("moi@huyen.vn", unit=unit_of(campaign, "ubnd-586").unit)
    invite(client, campaign)
    assert Seat.objects.filter(user__email="moi@huyen.vn").count() == 2


def test_an_address_of_somebody_called_otherwise_is_asked_about_before_any_role_is_given(client, campaign, coordinator):
    owner = someone("mau@huyen.vn", name="Nguyễn Thị Mẫu")
    typed = {"email": "Mau@huyen.vn", "name": "Trần Văn Thử"}
    page = invite(client, campaign, **typed)
    assert "mau@huyen.vn đã là tài khoản của Nguyễn Thị Mẫu, không phải “Trần Văn Thử”" in page.text
    assert 'value="Trần Văn Thử"' in page.text
    assert not owner.seats.exists()
    # What was confirmed of one address is not said of another.
    other = someone("khac@huyen.vn", name="Lê Khác")
    invite(client, campaign, **{**typed, "email": "khac@huyen.vn", "dung-la": "mau@huyen.vn"})
    assert not other.seats.exists()
    assert invite(client, campaign, **typed, **{"dung-la": "mau@huyen.vn"}).status_code == 302
    assert owner.seats.get().unit.name == "UBND huyện Ninh Sơn"
    owner.refresh_from_db()
    assert owner.name == "Nguyễn Thị Mẫu"
    assert not Message.objects.filter(body__contains="Trần Văn Thử").exists()


@pytest.mark.parametrize("name", ["nguyễn thị  mẫu", "Nguyen Thi Mau"])
def test_the_same_name_written_otherwise_is_not_asked_about(client, campaign, coordinator, name):
    owner = someone("mau@huyen.vn", name="Nguyễn Thị Mẫu")
    assert invite(client, campaign, email="mau@huyen.vn", name=name).status_code == 302
    assert owner.seats.count() == 1


def test_who_is_shut_out_is_out_on_every_browser_at_once(client, campaign, coordinator, django_user_model):
    officer = someone("h@huyen.vn", unit=unit_of(campaign, "ubnd-585").unit, password="mat-khau-rat-dai-1")
    theirs = type(client)()
    theirs.post("/tai-khoan/login/", {"login": "h@huyen.vn", "password": "mat-khau-rat-dai-1"})
    assert theirs.get("/lam-viec/").status_code == 200
    assert UserSession.objects.filter(user=officer).count() == 1
    page = f"/lam-viec/nguoi-dung/{officer.pk}/"
    client.post(page, {"do": "deactivate"})
    assert theirs.get("/lam-viec/").status_code == 302
    assert "Đã ngừng" in client.get(page).text
    client.post(page, {"do": "reactivate"})
    officer.refresh_from_db()
    assert officer.is_active
    told = Entry.objects.filter(what__startswith="accounts.user.").order_by("pk").values_list("what", flat=True)
    assert list(told) == ["accounts.user.deactivate", "accounts.user.reactivate"]


def test_nobody_shuts_themselves_out_nor_takes_their_own_seat(client, campaign, coordinator):
    page = f"/lam-viec/nguoi-dung/{coordinator.pk}/"
    client.post(page, {"do": "deactivate"})
    client.post(page, {"do": "take", "vai-tro": Seat.objects.get().pk})
    coordinator.refresh_from_db()
    assert coordinator.is_active
    assert coordinator.seats.count() == 1


def test_the_last_operator_stays(campaign):
    operator = User.objects.create_superuser("q@tri.vn")
    other = actor_of(someone("b@so.vn", campaign))
    with pytest.raises(actions.LastOperator):
        actions.deactivate(operator, by=other, at=IN_TIME)


def test_a_seat_given_here_opens_nothing_of_another_province(client, campaign, coordinator):
    from tests.house.test_doors import ELSEWHERE

    from tuanhoc.units import actions as units
    from tuanhoc.units.models import Unit

    units.load_units(units.check(units.rows_of_csv(ELSEWHERE)), by=SYSTEM, at=IN_TIME)
    stranger = someone("xa@khanhhoa.vn", unit=Unit.objects.get(key="so-gddt-56"))
    actions.note_sign_in(
        stranger, stranger.email, succeeded=True, method="password", address="203.0.113.9", browser="Firefox",
        machine=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    page = f"/lam-viec/nguoi-dung/{stranger.pk}/"
    assert client.get(page).status_code == 404
    invite(client, campaign, email=stranger.email)
    shown = client.get(page).text
    assert "203.0.113.9" not in shown
    # Nor does the list tell when they came, or that one mailbox is all it takes to be them.
    listed = client.get("/lam-viec/nguoi-dung/", {"q": stranger.email}).text
    assert "một lớp" not in listed
    assert "01/01/2026" not in listed
    assert stranger.email not in client.get("/lam-viec/nguoi-dung/", {"trang-thai": "mot-lop"}).text
    assert client.post(page, {"do": "deactivate"}).status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_active


def test_a_district_officer_manages_nobody(client, campaign):
    officer = someone("h@huyen.vn", unit=unit_of(campaign, "ubnd-585").unit)
    client.force_login(officer, backend=BACKEND)
    assert client.get("/lam-viec/nguoi-dung/").status_code == 404
    assert invite(client, campaign).status_code == 404


def test_every_try_to_sign_in_is_kept_and_the_password_is_not(client, campaign):
    someone("h@huyen.vn", password="mat-khau-rat-dai-1")
    client.post("/tai-khoan/login/", {"login": "h@huyen.vn", "password": "sai-mat-khau-9"}, HTTP_USER_AGENT="Firefox")
    client.post("/tai-khoan/login/", {"login": "h@huyen.vn", "password": "mat-khau-rat-dai-1"})
    tries = SignIn.objects.order_by("pk")
    assert [(t.succeeded, t.method) for t in tries] == [(False, ""), (True, "password")]
    assert "mat-khau" not in str(list(tries.values()))
    assert actions.drop_old_sign_ins(machine=tries[1].at + dt.timedelta(days=181)) == 2


def test_a_coordinator_adds_a_second_factor_before_working(client, campaign, coordinator, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    asked = client.get(f"/lam-viec/bang/{campaign.code}/", follow=True)
    assert asked.redirect_chain[0][0].endswith("/tai-khoan/2fa/")
    assert "thêm một lớp bảo vệ" in asked.text
    factor = Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert client.get(f"/lam-viec/bang/{campaign.code}/").status_code == 200
    factor.delete()
    assert client.get(f"/lam-viec/bang/{campaign.code}/").status_code == 302
    officer = someone("h@huyen.vn", unit=unit_of(campaign, "ubnd-585").unit)
    client.force_login(officer, backend=BACKEND)
    assert client.get("/lam-viec/").status_code == 200


def test_a_browser_that_never_proved_the_second_factor_is_out_once_there_is_one(
    client, campaign, settings, django_capture_on_commit_callbacks
):
    """Whoever reads the mailbox could have signed in before; the factor of somebody else must not open the door."""
    settings.SECOND_FACTOR_REQUIRED = True
    user = someone("dieuphoi@so.vn", campaign, password=PASSWORD)
    stolen, board = Client(), f"/lam-viec/bang/{campaign.code}/"
    for browser in (stolen, client):
        browser.post("/tai-khoan/login/", {"login": user.email, "password": PASSWORD})
        assert browser.get(board)["Location"] == "/tai-khoan/2fa/"
    with django_capture_on_commit_callbacks(execute=True):
        add_app_of_codes(client)
    assert client.get(board).status_code == 200
    assert stolen.get(board)["Location"].startswith("/tai-khoan/login/")
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def add_app_of_codes(client):
    address = "/tai-khoan/2fa/totp/activate/"
    client.post("/tai-khoan/reauthenticate/", {"password": PASSWORD})
    client.get(address)
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(address, {"code": code}).status_code == 302


def test_the_list_asks_the_same_number_of_questions_whatever_the_number_of_people(
    client, campaign, coordinator, django_assert_max_num_queries
):
    unit = unit_of(campaign, "ubnd-585").unit
    for number in range(40):
        someone(f"u{number}@huyen.vn", unit=unit)
    with django_assert_max_num_queries(12):
        assert "u39@huyen.vn" in client.get("/lam-viec/nguoi-dung/").text


def test_people_are_listed_as_a_vietnamese_list_goes_those_shut_out_last(client, campaign, coordinator, monkeypatch):
    names = ["Võ Văn A", "Đàng Thị Nga", "Dương Hoa", "Đàng Thị", "Ẩn Danh"]
    for n, name in enumerate(names):
        someone(f"{n}@huyen.vn", unit=unit_of(campaign, "ubnd-585").unit, name=name, is_active=name != "Ẩn Danh")
    listed = [person.name for person in client.get("/lam-viec/nguoi-dung/").context["people"] if person.name]
    assert listed == ["Dương Hoa", "Đàng Thị", "Đàng Thị Nga", "Võ Văn A", "Ẩn Danh"]
    monkeypatch.setattr("tuanhoc.desk.views.users.PAGE", 2)
    pages = [client.get("/lam-viec/nguoi-dung/", {"trang": n}).context["people"] for n in (1, 2, 3)]
    paged = [person.name for page in pages for person in page if person.name]
    assert paged == listed
    found = client.get("/lam-viec/nguoi-dung/", {"q": "Ninh Sơn", "trang": 2}).context["people"]
    assert [person.name for person in found] == ["Đàng Thị Nga", "Võ Văn A"]


def test_each_button_to_invite_says_of_which_year(client, campaign, coordinator):
    def buttons():
        page = html.fromstring(client.get("/lam-viec/nguoi-dung/").content)
        return [" ".join(a.xpath("text()")).strip() for a in page.xpath("//p[@class='buttons']/a")]

    assert buttons() == ["Mời người dùng"]
    for year in (2023, 2024):
        later = week(f"ninh-thuan-{year}")
        Campaign.objects.filter(pk=later.pk).update(year=2023)
        actions.give_seat(coordinator, Role.COORDINATOR, campaign_id=later.pk, by=SYSTEM, at=IN_TIME)
    assert sorted(buttons()) == [
        "Mời người dùng, đợt 2022", "Mời người dùng, đợt 2023 (ninh-thuan-2023)",
        "Mời người dùng, đợt 2023 (ninh-thuan-2024)",
    ]  # fmt: skip


def test_one_sees_ones_own_browsers_and_leaves_the_others(client, campaign, coordinator):
    assert "Các máy đang đăng nhập" in client.get("/tai-khoan/sessions/").text
