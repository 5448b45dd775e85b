import pytest
from django.test import Client


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["6000000", "9" * 5000, "-1", "1e3"])
def test_a_request_longer_than_anything_taken_is_refused_before_it_is_read(settings, length):
    settings.MAX_REQUEST_BYTES = 5_000_000

    class Unread:
        """A body that must not be asked for."""

        def read(self, *_):
            raise AssertionError("read")

        readline = read

    answer = Client().post("/lam-viec/ke-hoach/", **{"CONTENT_LENGTH": length, "wsgi.input": Unread()})
    assert answer.status_code == 413
    assert "tối đa 4 MB" in answer.content.decode()
