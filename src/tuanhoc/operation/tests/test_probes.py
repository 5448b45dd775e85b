"""Health and figures: for this machine and who bears the token; for others there is nothing there."""

import re

import pytest
from django.db import DatabaseError
from django.test import Client
from tests.builders import IN_TIME, registered, unit_of, week

from tuanhoc.operation import readiness
from tuanhoc.outbox import actions as outbox

pytestmark = pytest.mark.django_db
ADDRESSES = ["/healthz", "/readyz", "/metrics"]
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
TOKEN = "0123456789abcdef0123456789"


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    ("who", "how"),
    [
        ("somebody elsewhere", {"REMOTE_ADDR": "203.0.113.9"}),
        ("somebody behind the proxy of this machine", {**HERE, "HTTP_X_FORWARDED_FOR": "203.0.113.9"}),
        ("who says he is here", {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}),
        ("a wrong token", {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer nonsense"}),
        ("an empty token", {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer "}),
        ("an address that is none", {"REMOTE_ADDR": "unix"}),
    ],
)
def test_strangers_find_nothing(settings, address, who, how):
    for token in ("", TOKEN):
        settings.METRICS_TOKEN = token
        assert Client(headers={"host": "testserver"}).get(address, **how).status_code == 404, who


def test_a_client_the_trusted_proxy_names_counts_as_that(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.PROBES_FROM = ["198.51.100.0/24"]
    named = {**HERE, "HTTP_HOST": "testserver"}
    assert Client().get("/healthz", **named, HTTP_X_FORWARDED_FOR="198.51.100.7").status_code == 200
    assert Client().get("/healthz", **named, HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.9").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_this_machine_is_answered_by_any_name_and_never_from_memory(address):
    answer = Client().get(address, **HERE)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_token_opens_them_from_anywhere(settings, address):
    settings.METRICS_TOKEN = TOKEN
    answer = Client().get(address, REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_taken(address):
    assert Client().post(address, **{**HERE, "HTTP_HOST": "testserver"}).status_code in {404, 405}


def test_what_is_missing_is_named(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path / "gone"
    monkeypatch.setattr(readiness, "_is_migrated", False)
    monkeypatch.setattr(readiness, "waiting_migrations", lambda: ["units.0002"])
    answer = Client().get("/readyz", **HERE)
    assert (answer.status_code, answer.json()["missing"]) == (503, ["migrations", "data"])


def test_the_process_lives_while_the_database_is_away(monkeypatch):
    def away(*_):
        raise DatabaseError("away")

    from django.db import connection

    monkeypatch.setattr(connection, "cursor", away)
    assert Client().get("/healthz", **HERE).status_code == 200
    assert Client().get("/readyz", **HERE).json()["missing"] == ["database"]
    assert "tuanhoc_database_up 0" in Client().get("/metrics", **HERE).content.decode()


def test_figures_tell_of_registrations_and_workers_in_few_queries(django_assert_num_queries):
    registered(unit_of(week(), "th-lamson"))
    outbox.beat("host:1", started_at=IN_TIME, machine=IN_TIME)
    with django_assert_num_queries(8):
        said = Client().get("/metrics", **HERE).content.decode()
    assert 'tuanhoc_registrations{campaign="ninh-thuan-2022",state="accepted"} 1' in said
    assert re.search(r'^tuanhoc_worker_seen_seconds\{worker="host:1"\} \d', said, re.MULTILINE)
    assert re.search(r"^tuanhoc_events_waiting [1-9]", said, re.MULTILINE)


def test_figures_are_written_as_prometheus_reads_them():
    """Each line is a comment, or a name, labels and a number; each figure says its kind once, before its lines."""
    said = Client().get("/metrics", **HERE)
    assert said["Content-Type"].startswith("text/plain; version=0.0.4")
    line = re.compile(r'[a-z_]+(\{([a-z_]+="(?:[^"\\\n]|\\.)*",?)*\})? -?[0-9.e+-]+')
    kinds: list[str] = []
    for one in said.content.decode().splitlines():
        if one.startswith("# TYPE"):
            kinds.append(one.split()[2])
        elif not one.startswith("#"):
            assert line.fullmatch(one), one
            assert one.startswith(kinds[-1])
    assert len(kinds) == len(set(kinds))
