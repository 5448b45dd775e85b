import pytest

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_speaks_vietnamese(client):
    page = client.get("/tai-khoan/login/").content.decode()
    assert "Mật khẩu" in page
    assert "Nhớ tôi trên máy này" in page
    assert "Password" not in page
    assert "Remember" not in page


def test_a_wrong_password_is_refused_in_vietnamese(client):
    page = client.post("/tai-khoan/login/", {"login": "ai@mau.example", "password": "sai-mat-khau"}).content.decode()
    assert "Địa chỉ thư hoặc mật khẩu chưa đúng." in page
