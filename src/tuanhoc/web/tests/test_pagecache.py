import gzip
import threading
import tracemalloc

import brotli
import pytest
from django.test import RequestFactory

from tuanhoc.web import clock, pagecache
from tuanhoc.web.pagecache import PageCache

BODY = "Tuần lễ học tập suốt đời ".encode() * 50


class Site:
    """A WSGI application that counts how often it is asked."""

    def __init__(self, *, status="200 OK", headers=(), body=BODY):
        self.asked = 0
        self.status, self.headers, self.body = status, [("Content-Type", "text/html"), *headers], body

    def __call__(self, environ, start_response):
        self.asked += 1
        start_response(self.status, list(self.headers))
        return [self.body]


@pytest.fixture(autouse=True)
def _on(settings):
    settings.PAGE_CACHE_SECONDS = 20
    settings.PAGE_CACHE_BYTES = 1_000_000
    settings.SAMPLE = False


def ask(cache, path="/", method="get", **headers):
    said = {}

    def start_response(status, given, exc_info=None):
        said.update({"status": status, **dict(given)})
        return lambda chunk: None

    environ = getattr(RequestFactory(), method)(path, **headers).environ
    said["body"] = b"".join(cache(environ, start_response))
    return said


def test_a_page_is_made_once_and_again_when_its_time_is_over():
    now = [0.0]
    site = Site()
    cache = PageCache(site, tick=lambda: now[0])
    assert ask(cache)["body"] == ask(cache)["body"] == BODY
    assert site.asked == 1
    now[0] = 20.0
    ask(cache)
    assert site.asked == 2


def test_each_visitor_gets_the_encoding_their_browser_reads():
    cache = PageCache(Site())
    squeezed = ask(cache, HTTP_ACCEPT_ENCODING="gzip, deflate")
    assert squeezed["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed["body"]) == BODY
    assert brotli.decompress(ask(cache, HTTP_ACCEPT_ENCODING="gzip, br")["body"]) == BODY
    assert "Content-Encoding" not in ask(cache, HTTP_ACCEPT_ENCODING="br;q=0, gzip;q=0.0")
    assert int(squeezed["Content-Length"]) == len(squeezed["body"])


def test_a_page_already_seen_is_not_sent_again():
    cache = PageCache(Site(), tick=lambda: 0.0)
    first = ask(cache)
    assert first["Cache-Control"] == "public, max-age=20"
    assert set(first["Vary"].split(", ")) >= {"Accept-Encoding", "Cookie"}
    again = ask(cache, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again["status"], again["body"]) == ("304 Not Modified", b"")


@pytest.mark.parametrize(
    "cookies", ["sessionid=abc", "csrftoken=abc", "a=1; sessionid=abc", "bad name{}; sessionid=abc", "messages=x"]
)
def test_nobody_with_a_personal_cookie_is_answered_from_memory(cookies):
    site = Site()
    cache = PageCache(site)
    ask(cache)
    ask(cache, HTTP_COOKIE=cookies)
    assert site.asked == 2


@pytest.mark.parametrize("path", ["/lam-viec/", "/tai-khoan/login/", "/mau/", "/l/khoa/", "/static/web/style.css"])
def test_officers_pages_and_links_are_never_kept(path):
    site = Site()
    cache = PageCache(site)
    ask(cache, path)
    ask(cache, path)
    assert site.asked == 2


@pytest.mark.parametrize(
    "site",
    [
        Site(status="404 Not Found"),
        Site(headers=[("Set-Cookie", "csrftoken=x")]),
        Site(headers=[("Cache-Control", "private")]),
    ],
    ids=["missing", "sets a cookie", "private"],
)
def test_what_is_not_the_same_for_all_is_not_kept(site):
    cache = PageCache(site)
    assert ask(cache)["status"] == site.status
    ask(cache)
    assert site.asked == 2


def test_a_post_reaches_the_application():
    site = Site()
    cache = PageCache(site)
    ask(cache)
    ask(cache, method="post")
    assert site.asked == 2


@pytest.mark.parametrize("other", [{"path": "/?q=a"}, {"HTTP_HOST": "khac.vn"}, {"HTTP_COOKIE": "django_language=en"}])
def test_another_question_host_or_language_is_another_page(other):
    site = Site()
    cache = PageCache(site)
    ask(cache)
    ask(cache, **other)
    assert site.asked == 2


def test_memory_is_bounded_and_the_page_unread_longest_goes_first(settings):
    site = Site()
    cache = PageCache(site)
    of_one = len(BODY) + len(gzip.compress(BODY)) + len(brotli.compress(BODY)) + pagecache.OVERHEAD
    settings.PAGE_CACHE_BYTES = int(2.5 * of_one)
    for path in ("/a/", "/b/", "/a/", "/c/"):
        ask(cache, path)
    assert site.asked == 3
    ask(cache, "/a/")
    assert site.asked == 3
    ask(cache, "/b/")
    assert site.asked == 4


def test_ever_new_questions_for_a_page_of_nothing_take_no_more_memory_than_allowed(settings):
    settings.PAGE_CACHE_BYTES = 1_000_000
    cache = PageCache(Site(body=b"User-agent: *"))
    tracemalloc.start()
    for turn in range(1_500):
        ask(cache, f"/robots.txt?{turn}" + "x" * 500)
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert kept < 1_500_000


@pytest.mark.parametrize("asked", [{"path": "/?q=" + "x" * 1000}, {"HTTP_HOST": "x" * 300}])
def test_a_question_nobody_else_will_ask_is_answered_and_not_kept(asked):
    site = Site()
    cache = PageCache(site)
    assert ask(cache, **asked)["body"] == ask(cache, **asked)["body"] == BODY
    assert site.asked == 2


def test_all_pages_can_be_forgotten():
    site = Site()
    cache = PageCache(site)
    ask(cache)
    cache.forget_all()
    ask(cache)
    assert site.asked == 2


def test_zero_seconds_switches_it_off(settings):
    settings.PAGE_CACHE_SECONDS = 0
    site = Site()
    cache = PageCache(site)
    assert "ETag" not in ask(cache)
    ask(cache)
    assert site.asked == 2


def test_in_the_sample_browsers_ask_again_because_time_may_have_been_moved(settings):
    settings.SAMPLE = True
    assert ask(PageCache(Site()))["Cache-Control"] == "no-cache"


def test_a_head_is_answered_from_the_same_page_without_its_body():
    site = Site()
    cache = PageCache(site)
    head = ask(cache, method="head")
    whole = ask(cache)
    assert (head["body"], head["Content-Length"], head["ETag"]) == (b"", whole["Content-Length"], whole["ETag"])
    assert site.asked == 1


def test_a_browser_keeps_a_page_only_for_what_is_left_of_its_time():
    now = [0.0]
    cache = PageCache(Site(), tick=lambda: now[0])
    assert ask(cache)["Cache-Control"] == "public, max-age=20"
    now[0] = 15.5
    assert ask(cache)["Cache-Control"] == "public, max-age=4"


@pytest.mark.parametrize("seconds", [1, 20, 30, 600])
def test_nobody_reads_a_page_older_than_sixty_seconds_even_while_it_is_made_anew(settings, monkeypatch, seconds):
    settings.PAGE_CACHE_SECONDS = seconds
    monkeypatch.setattr(pagecache, "PATIENCE", 0)
    now = [0.0]
    begun, go_on = threading.Event(), threading.Event()

    def site(environ, start_response):
        made_at = now[0]
        if threading.current_thread() is maker:
            begun.set()
            go_on.wait(5)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [str(made_at).encode()]

    cache = PageCache(site, tick=lambda: now[0])
    maker = threading.Thread(target=ask, args=(cache,))
    fresh = min(seconds, 30)
    ask(cache)
    now[0] = float(fresh)
    maker.start()
    begun.wait(5)

    read_at_age = []
    for tenth in range(10 * fresh, 20 * fresh + 50):
        now[0] = tenth / 10
        answer = ask(cache)
        kept_for = int(answer["Cache-Control"].rpartition("=")[2]) if "Cache-Control" in answer else 0
        read_at_age.append(now[0] - float(answer["body"]) + kept_for)
    go_on.set()
    maker.join()

    assert fresh < max(read_at_age) <= 2 * fresh <= 60
    assert read_at_age[-1] == 0


def test_a_page_asked_for_by_many_at_once_is_made_once():
    together = threading.Barrier(8)

    class Slow(Site):
        def __call__(self, environ, start_response):
            threading.Event().wait(0.05)
            return super().__call__(environ, start_response)

    site = Slow()
    cache = PageCache(site)
    got = []

    def visit():
        together.wait()
        got.append(ask(cache)["body"])

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert got == [BODY] * 8
    assert site.asked == 1


def test_a_page_that_cannot_be_made_holds_nobody_up():
    def broken(environ, start_response):
        raise RuntimeError

    cache = PageCache(broken)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(cache)


def test_moving_the_clock_of_the_sample_shows_at_once(settings, tmp_path):
    settings.SAMPLE, settings.DATA_DIR = True, tmp_path
    site = Site()
    cache = PageCache(site)
    ask(cache)
    ask(cache)
    assert site.asked == 1
    clock.move_to(clock.timezone.now())
    ask(cache)
    assert site.asked == 2


def test_behind_a_proxy_that_says_so_https_is_another_page(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = Site()
    cache = PageCache(site)
    ask(cache, HTTP_X_FORWARDED_PROTO="http")
    ask(cache, HTTP_X_FORWARDED_PROTO="https")
    assert site.asked == 2
