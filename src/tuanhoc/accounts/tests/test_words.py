"""The sign-in package speaks Vietnamese wherever somebody here meets it."""

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from babel.messages.pofile import read_po
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import strip_tags

from tuanhoc.accounts.models import User

pytestmark = pytest.mark.django_db

CATALOGUE = Path(__file__).resolve().parents[2] / "locale" / "vi" / "LC_MESSAGES" / "django.po"
with CATALOGUE.open("rb") as file:
    #: The package's own English, as whole phrases.
    ENGLISH = [m.id for m in read_po(file) if isinstance(m.id, str) and len(m.id) > 3 and "%" not in m.id]


@pytest.fixture(autouse=True)
def calm():
    cache.clear()


@pytest.fixture
def user():
    return User.objects.create_user("lan@example.vn", "mot-mat-khau-dai", name="Chị Lan")


def english_in(response) -> list[str]:
    """Return the package's English phrases that stand in the page's text as phrases of their own."""
    assert response.status_code == 200
    body = re.sub(r"<script.*?</script>|<title>", " ", response.content.decode(), flags=re.S)
    lines = {" ".join(line.split()).rstrip(".:") for line in strip_tags(body.replace("<", "\n<")).splitlines()}
    return sorted(phrase for phrase in ENGLISH if " ".join(phrase.split()).rstrip(".:") in lines)


def test_the_catalogue_leaves_nothing_untranslated():
    with CATALOGUE.open("rb") as file:
        assert [m.id for m in read_po(file) if m.id and not (m.string if isinstance(m.id, str) else m.string[0])] == []


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_request_login_code", "account_reset_password", "account_reset_password_done",
     "account_inactive", "account_reset_password_from_key_done"],
)  # fmt: skip
def test_who_is_not_signed_in_reads_vietnamese(client, name):
    assert english_in(client.get(reverse(name))) == []


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "account_logout", "account_reauthenticate", "mfa_index", "mfa_list_webauthn",
     "mfa_add_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
     "mfa_generate_recovery_codes"],
)  # fmt: skip
def test_who_is_signed_in_reads_vietnamese(client, user, name):
    if name != "mfa_activate_totp":
        TOTP.activate(user, generate_totp_secret())
        RecoveryCodes.activate(user)
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": "mot-mat-khau-dai"})
    assert english_in(client.get(reverse(name))) == []


def test_the_second_step_reads_vietnamese(client, user):
    TOTP.activate(user, generate_totp_secret())
    signed = client.post(reverse("account_login"), {"login": "lan@example.vn", "password": "mot-mat-khau-dai"})
    page = client.get(signed["Location"])
    assert english_in(page) == []
    assert "Vui lòng nhập mã từ ứng dụng xác thực hoặc một mã dự phòng" in page.content.decode()
    assert Authenticator.objects.count() == 1


def test_a_wrong_password_is_refused_in_vietnamese(client):
    page = client.post("/tai-khoan/login/", {"login": "ai@mau.example", "password": "sai-mat-khau"}).content.decode()
    assert "Địa chỉ thư hoặc mật khẩu chưa đúng." in page


def test_the_mailed_code_comes_in_vietnamese(client, user, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": "lan@example.vn"})
    [mail] = mailoutbox
    code = re.search(r"^[0-9A-Z-]{4,}$", mail.body, re.M)[0]
    assert mail.subject == "[testserver] Mã đăng nhập"
    assert mail.body == (
        "Kính gửi Anh/Chị,\n\n"
        "Dưới đây là mã đăng nhập. Vui lòng nhập mã vào trang đang mở.\n\n"
        f"{code}\n\n"
        "Nếu Anh/Chị không yêu cầu, xin bỏ qua thư này.\n\n"
        "Trân trọng,\nTuần Học – testserver"
    )


def test_a_forgotten_password_is_set_again_by_a_mailed_link(client, user, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "lan@example.vn"})
    address = re.search(r"http://testserver(/\S+)", mailoutbox[0].body)[1]
    page = client.get(address, follow=True)
    assert english_in(page) == []
    client.post(page.request["PATH_INFO"], {"password1": "mot-mat-khau-khac", "password2": "mot-mat-khau-khac"})
    user.refresh_from_db()
    assert user.check_password("mot-mat-khau-khac")


@pytest.fixture
def mistyped(client):
    """Ask for a code by an address that nobody has, and return the page that waits for it."""
    return client.post(reverse("account_request_login_code"), {"email": "khongco@example.vn"}, follow=True)


def test_whether_an_address_has_an_account_is_not_told(client, user, mistyped):
    page = mistyped.content.decode()
    assert english_in(mistyped) == []
    assert "Nếu địa chỉ này có tài khoản, mã đã được gửi tới <b>khongco@example.vn</b>." in page
    client.post(reverse("account_logout"))
    known = client.post(reverse("account_request_login_code"), {"email": "lan@example.vn"}, follow=True)
    secret = r'name="csrfmiddlewaretoken" value="\w+"'
    assert re.sub(secret, "", known.content.decode()) == re.sub(
        secret, "", page.replace("khongco@example.vn", "lan@example.vn")
    )


@pytest.mark.parametrize(
    ("words", "name"),
    [("Dùng địa chỉ khác", "account_request_login_code"), ("Dùng mật khẩu", "account_login")],
)
def test_a_mistyped_address_is_left_for_another_or_for_the_password(client, mistyped, words, name):
    assert client.get(reverse(name)).status_code == 302  # a plain link would only lead back
    [leads_to] = re.findall(rf'name="next" value="([^"]+)">{words}<', mistyped.content.decode())
    page = client.post(reverse("account_logout"), {"next": leads_to}, follow=True)
    assert (page.status_code, page.request["PATH_INFO"]) == (200, reverse(name))
