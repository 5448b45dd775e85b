import pytest

from tuanhoc.accounts.models import User

pytestmark = pytest.mark.django_db


def choose(client, language, back="/tai-khoan/login/"):
    return client.post("/ngon-ngu/", {"language": language, "next": back})


def test_a_page_is_vietnamese_until_its_reader_chooses_whatever_the_browser_prefers(client):
    assert 'lang="vi"' in client.get("/tai-khoan/login/", headers={"accept-language": "en-US,en"}).text
    assert choose(client, "en").headers["Location"] == "/tai-khoan/login/"
    page = client.get("/tai-khoan/login/")
    assert page.headers["Content-Language"] == "en"
    assert 'lang="en"' in page.text
    assert "Sign in" in page.text
    choose(client, "vi")
    assert "Đăng nhập" in client.get("/tai-khoan/login/").text


@pytest.mark.parametrize("back", ["https://khac.example/", "//khac.example", "javascript:alert(1)", ""])
def test_the_switch_leads_nowhere_else(client, back):
    assert choose(client, "en", back).headers["Location"] == "/"


def test_a_language_nobody_wrote_changes_nothing(client):
    assert not choose(client, "de").cookies
    client.cookies["django_language"] = "de"
    assert 'lang="vi"' in client.get("/tai-khoan/login/").text


def test_the_choice_goes_with_the_account(client):
    user = User.objects.create_user("a@so.vn")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    choose(client, "en")
    user.refresh_from_db()
    assert user.language == "en"


def test_no_page_is_fetched_by_the_switch(client):
    assert client.get("/ngon-ngu/")["Location"] == "/"
