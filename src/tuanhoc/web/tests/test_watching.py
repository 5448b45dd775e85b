"""Each request leaves one line and one count: who by number, never a question, a name or a key."""

import io
import json
import logging
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from tests.builders import week

from tuanhoc.web import figures
from tuanhoc.web.logs import HideLinks, JsonLine, Line
from tuanhoc.web.pagecache import PageCache
from tuanhoc.web.watching import Watched, about


@pytest.fixture(autouse=True)
def the_tests_connection_stays_open():
    """A real request begins and ends with closing old connections; Django's test client sees to this by itself."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def lines():
    """Return the log as JSON objects."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    handler.addFilter(HideLinks())
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def ask(path: str, app=None, **how) -> str:
    """Ask as a server does; return the status."""
    statuses: list[str] = []
    environ = RequestFactory().get(path, **how).environ
    body = (app or Watched(WSGIHandler()))(environ, lambda status, headers, *_: statuses.append(status))
    b"".join(body)
    getattr(body, "close", lambda: None)()
    return statuses[-1]


def access(lines) -> list[dict]:
    return [line for line in lines() if line["logger"] == "tuanhoc.access"]


@pytest.mark.django_db
def test_one_request_is_one_line(lines):
    week()
    assert ask("/?q=bi-mat") == "200 OK"
    (line,) = access(lines)
    assert line | {"time": "", "request": "", "ms": 0} == {
        "time": "", "level": "INFO", "logger": "tuanhoc.access", "message": "GET / 200", "request": "", "who": "",
        "route": "portal:home", "status": 200, "ms": 0, "queries": line["queries"],
    }  # fmt: skip
    assert line["queries"] > 0
    assert "bi-mat" not in json.dumps(lines())


@pytest.mark.django_db
def test_who_asked_is_a_number(lines):
    user = get_user_model().objects.create_user("lan@example.vn", name="Nguyễn Thị Lan")
    client = Client()
    client.force_login(user)
    ask("/lam-viec/", HTTP_COOKIE=f"sessionid={client.cookies['sessionid'].value}")
    assert [line["who"] for line in access(lines)] == [f"user:{user.pk}"]
    assert "Lan" not in json.dumps(lines(), ensure_ascii=False)
    assert "lan@" not in json.dumps(lines())


@pytest.mark.django_db
def test_a_personal_link_is_dots_in_every_part_of_a_line(lines):
    ask("/l/Khoa-bi_mat:chu-ky/")
    try:
        raise RuntimeError("asked /l/Khoa-bi_mat:chu-ky/ in vain")
    except RuntimeError:
        logging.getLogger("x").exception("broken", extra={"path": "/l/Khoa-bi_mat:chu-ky/"})
    assert access(lines)[0]["message"].startswith("GET /l/…/")
    assert "Khoa-bi_mat" not in json.dumps(lines())
    assert "RuntimeError" in lines()[-1]["trace"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/l/thoi-nhac/WzEsIm-bi_mat:chu-ky/", "/tai-khoan/password/reset/key/1-bi_mat/", "/l/bi_mat/bao-lai/x/"]
)
def test_other_addresses_that_are_keys_are_dots_too(lines, path):
    ask(path)
    (line,) = access(lines)
    assert "/…/" in line["message"]
    assert "bi_mat" not in json.dumps(lines())


@pytest.mark.django_db
def test_pages_about_links_keep_their_names(lines):
    for path in ("/l/xin-lai/", "/l/dong/", "/l/tham-gia/ninh-thuan-2022/"):
        ask(path)
    assert "…" not in json.dumps(access(lines), ensure_ascii=False)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["\n", "\r", "\x0b", "\x1b[2J", "\x85"])
def test_no_path_writes_a_line_of_its_own(lines, end, caplog):
    caplog.handler.setFormatter(Line())
    with caplog.at_level(logging.INFO, logger="tuanhoc.access"):
        ask(f"/khong-co{quote(end)}2026-01-01 00:00:00 INFO tuanhoc.access GET /gia 200/")
    (line,) = [line for line in caplog.text.splitlines() if "tuanhoc.access GET /khong-co" in line]
    assert "/gia 200" in line
    assert end not in line


@pytest.mark.django_db
def test_a_page_from_memory_is_written_down_too(lines, settings):
    settings.PAGE_CACHE_SECONDS = 20
    week()
    app = Watched(PageCache(WSGIHandler()))
    assert [ask("/", app), ask("/", app)] == ["200 OK", "200 OK"]
    assert [line["route"] for line in access(lines)] == ["portal:home", "kept"]


def test_lines_written_meanwhile_bear_the_requests_name(lines):
    with about("0123456789abcdef"):
        logging.getLogger("tuanhoc.x").warning("inside %s", "it", extra={"message_row": 7})
    logging.getLogger("tuanhoc.x").warning("outside")
    inside, outside = lines()
    assert (inside["request"], inside["message"], inside["message_row"]) == ("0123456789abcdef", "inside it", 7)
    assert "request" not in outside


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trusted", "given", "taken"),
    [
        (True, "0af7651916cd43dd", True),
        (False, "0af7651916cd43dd", False),
        (True, 'a" b\n{}', False),
        (True, "", False),
    ],
)
def test_the_proxys_name_for_a_request_is_taken_where_it_is_trusted_and_plain(lines, settings, trusted, given, taken):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if trusted else None
    ask("/robots.txt", HTTP_X_REQUEST_ID=given)
    (line,) = access(lines)
    assert (line["request"] == given) is taken
    assert len(line["request"]) >= 8


def test_an_application_that_breaks_is_counted_as_broken(lines):
    def broken(environ, start_response):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ask("/", Watched(broken))
    assert access(lines)[0]["status"] == 500


def test_counts_and_times_add_up():
    before = figures.of_this_process()
    figures.count("test-room", "200", 0.004)
    figures.count("test-room", "200", 0.3)
    figures.count("test-room", "503", 99)
    new = [line for line in figures.of_this_process() if line not in before and 'route="test-room"' in line]
    values = {line.rpartition(" ")[0].partition(",")[2]: line.rpartition(" ")[2] for line in new if "total" in line}
    assert values == {'route="test-room",status="200"}': "2", 'route="test-room",status="503"}': "1"}
    buckets = [line.rpartition(" ")[2] for line in new if "_bucket" in line]
    assert buckets == ["1"] * 6 + ["2"] * 5 + ["3"]
    assert any("_count" in line and line.endswith(" 3") for line in new)


def test_a_line_for_people_has_what_is_told_beside_the_words():
    record = logging.LogRecord("tuanhoc.x", logging.INFO, "", 0, "sent", None, None)
    record.message_row = 7
    assert Line().format(record).endswith("INFO tuanhoc.x sent message_row=7")


def test_both_ways_of_writing_are_there_by_name():
    assert set(settings.LOGGING["formatters"]) == {"line", "json"}
