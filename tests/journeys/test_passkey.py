"""A coordinator signs in by mailed code, adds a passkey, and next time comes in by it alone."""

import re
from pathlib import Path

import axe_core_python
import pytest

from tests.builders import IN_TIME, week
from tuanhoc.accounts.actions import give_seat
from tuanhoc.accounts.models import User
from tuanhoc.lib.actor import SYSTEM, Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


@pytest.fixture
def officer(settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a browser allows passkeys on http://localhost only
    user = User.objects.create_user("lan@so.example", name="Chị Lan")
    give_seat(user, Role.COORDINATOR, campaign_id=week().pk, by=SYSTEM, at=IN_TIME)
    return user


@pytest.fixture
def key_on_this_machine(page):
    """Plug a virtual authenticator that recognises its owner into the browser of somebody in Viet Nam."""
    page.context.set_extra_http_headers({"Accept-Language": "vi"})
    page.set_default_timeout(10_000)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def clean(page):
    """Whether axe finds nothing to say and the page fits its screen."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run().then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_signs_in_by_code_adds_a_passkey_and_comes_back_by_it(
    officer, key_on_this_machine, live_server, page, mailoutbox
):
    blocked = []
    page.on("console", lambda said: blocked.append(said.text) if "Content Security Policy" in said.text else None)

    page.goto(f"{live_server.url}/lam-viec/")
    clean(page)
    page.get_by_role("link", name="Gửi mã đăng nhập qua thư").click()
    page.get_by_label("Địa chỉ thư").fill("lan@so.example")
    page.get_by_role("button", name="Gửi mã cho tôi").click()
    page.get_by_label("Mã").fill(re.search(r"^[0-9A-Z-]{4,}$", mailoutbox[0].body, re.M)[0])
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{live_server.url}/lam-viec/")

    page.get_by_text("Tài khoản", exact=True).click()
    page.get_by_role("link", name="Khóa đăng nhập và bảo mật").click()
    clean(page)
    page.get_by_role("link", name="Thêm khóa").click()
    clean(page)
    page.get_by_label("Tên khóa").fill("Máy ở cơ quan")
    page.get_by_role("button", name="Thêm khóa").click()
    page.wait_for_url("**/2fa/reauthenticate/**")  # before the recovery codes are shown, the new key proves itself
    clean(page)
    page.get_by_role("link", name="Dùng khóa đăng nhập").click()
    page.get_by_role("button", name="Dùng khóa đăng nhập").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    clean(page)
    page.goto(f"{live_server.url}/tai-khoan/2fa/webauthn/")
    assert page.get_by_role("heading", name="Máy ở cơ quan").is_visible()
    clean(page)

    page.goto(f"{live_server.url}/lam-viec/")
    page.get_by_text("Tài khoản", exact=True).click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{live_server.url}/")

    page.goto(f"{live_server.url}/lam-viec/")
    page.get_by_role("button", name="Đăng nhập bằng vân tay").click()
    page.wait_for_url(f"{live_server.url}/lam-viec/")
    assert page.get_by_role("heading", name="Việc của tôi").is_visible()
    assert len(mailoutbox) == 1
    assert blocked == []
