"""The season's check of letters against rows: what the mail server took may not stand as anything it is not."""

import datetime as dt
from types import SimpleNamespace

import pytest
from bench.season import checks
from tests.builders import IN_TIME

from tuanhoc.notices import actions, post
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import Letter

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
CAME_BACK, CUT_OFF = "Thư bị trả về. 5.1.1", "Một lần gửi trước bị ngắt giữa chừng nên thư có thể đã đi."


def found(**fields):
    """Return what is said of one letter that was taken, and what is wrong about it."""
    actions.queue([Letter("thu-1", "lan@xa.example", "Thư", "Kính gửi")], at=IN_TIME, due_at=NOW)
    Message.objects.update(**fields)
    letter = SimpleNamespace(message_id=post.message_id_of(Message.objects.get()))
    server = SimpleNamespace(taken=[letter], comes_back={"lan@xa.example"}, bad={"lan@xa.example"})
    [(name, wrong)] = [each for each in checks.messages(server) if each[0].startswith("what the mail server took")]
    return name.partition("; ")[2], wrong


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "dropped", "failed_because": "Khi thư sắp đi, đơn vị đã gửi lịch."},
        {"state": "failed", "failed_because": "550 5.1.1 No such mailbox"},
        {"state": "queued", "may_have_left": True},
        {"state": "sending", "claimed_until": NOW},
    ],
)
def test_what_was_taken_and_stands_as_not_sent_is_wrong(fields):
    assert found(**fields) == ("", [f"thu-1 {fields['state']}"])


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"state": "sent", "sent_at": NOW}, ""),
        ({"state": "failed", "failed_because": CAME_BACK}, "1 more given back later"),
        ({"state": "dropped", "failed_because": f"… {CAME_BACK}"}, "1 more given back later"),
        ({"state": "dropped", "failed_because": CUT_OFF, "may_have_left": True}, "1 more said to have left perhaps"),
    ],
)
def test_what_came_back_or_may_have_left_is_counted_apart(fields, said):
    assert found(**fields) == (said, [])


def test_what_was_taken_and_has_no_row_is_wrong():
    letter = SimpleNamespace(message_id="<a@b>")
    server = SimpleNamespace(taken=[letter], comes_back=set(), bad=set())
    assert [wrong for _, wrong in checks.messages(server) if wrong] == [["no row: <a@b>"]]
