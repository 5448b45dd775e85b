import logging

import pytest
from django.conf import settings
from django.test import Client

from tuanhoc.web.logs import HideLinks


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/l/Khoa-bi_mat:chu-ky/", "/l/Khoa-bi_mat:chu-ky/bao-lai/doi-ten/"])
def test_a_refused_opening_of_a_link_leaves_no_key_in_the_log(path, caplog):
    caplog.handler.addFilter(HideLinks())
    with caplog.at_level(logging.WARNING):
        Client(enforce_csrf_checks=True).post(path)
    assert "Forbidden" in caplog.text
    assert "Khoa-bi_mat" not in caplog.text


def test_everything_that_is_logged_passes_there():
    log = settings.LOGGING
    assert [log["handlers"][name]["filters"] for name in log["root"]["handlers"]] == [["hide_links"]]
