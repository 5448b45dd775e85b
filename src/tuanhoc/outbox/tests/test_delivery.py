import dataclasses
import datetime as dt
from typing import ClassVar

import pytest
from django.db import connection, transaction

from tuanhoc.lib.dates import HANOI
from tuanhoc.outbox import actions as outbox
from tuanhoc.outbox.models import Event

AT = dt.datetime(2022, 9, 28, 9, tzinfo=HANOI)


@dataclasses.dataclass(frozen=True, kw_only=True)
class BellRang:
    name: ClassVar[str] = "tests.bell.rang"
    times: int


heard: list[int] = []


@dataclasses.dataclass(frozen=True, kw_only=True)
class BellCast:
    name: ClassVar[str] = "tests.bell.cast"
    weight: int


#: weight, and whether a transaction was open while it was thought about
thought: list[tuple[int, bool]] = []


@outbox.prepares(BellCast)
def think(event: BellCast) -> outbox.Write:
    thought.append((event.weight, connection.in_atomic_block))
    return lambda: outbox.record(BellRang(times=event.weight), at=AT)


@outbox.on(BellRang)
def listen(event: BellRang) -> None:
    if event.times < 0:
        raise ValueError("a bell does not ring backwards")
    heard.append(event.times)


@pytest.fixture(autouse=True)
def _silence():
    heard.clear()
    thought.clear()


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        outbox.record(BellRang(times=1), at=AT)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_rolled_back_tells_nobody():
    def change() -> None:
        with transaction.atomic():
            outbox.record(BellRang(times=1), at=AT)
            raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        change()
    assert outbox.deliver_waiting(at=AT) == 0
    assert heard == []


@pytest.mark.django_db
def test_events_come_in_order_and_once():
    outbox.record(BellRang(times=1), at=AT)
    outbox.record(BellRang(times=2), at=AT)
    assert outbox.deliver_waiting(at=AT) == 2
    assert outbox.deliver_waiting(at=AT) == 0
    assert heard == [1, 2]


@pytest.mark.django_db
def test_a_failing_event_does_not_hold_up_the_others_and_is_tried_again_a_bounded_number_of_times():
    outbox.record(BellRang(times=-1), at=AT)
    outbox.record(BellRang(times=3), at=AT)
    for _round in range(outbox.MOST_TRIES + 2):
        outbox.deliver_waiting(at=AT)
    failed = Event.objects.get(delivered_at=None)
    assert heard == [3]
    assert failed.tries == outbox.MOST_TRIES
    assert "backwards" in failed.last_error


@pytest.mark.django_db
def test_after_a_failure_the_pauses_grow():
    outbox.record(BellRang(times=-1), at=AT)
    pauses = []
    due_by = AT
    for _round in range(outbox.MOST_TRIES - 1):
        outbox.deliver_waiting(at=AT, due_by=due_by)
        failed = Event.objects.get()
        pauses.append(int((failed.due_at - due_by).total_seconds()))
        outbox.deliver_waiting(at=AT, due_by=due_by)
        assert Event.objects.get().tries == failed.tries
        due_by = failed.due_at
    assert pauses == [2, 8, 32, 128, 512, 2048, 8192]


@pytest.mark.django_db(transaction=True)
def test_what_is_thought_about_shuts_no_writer_out_and_what_it_records_follows_at_once():
    with transaction.atomic():
        outbox.record(BellCast(weight=7), at=AT)
    assert outbox.deliver_waiting(at=AT) == 2
    # With one writer for all (SQLite) the transaction begins after the thinking.
    assert thought == [(7, connection.vendor != "sqlite")]
    assert heard == [7]


@pytest.mark.django_db
def test_no_more_are_delivered_than_asked_for_and_the_rest_later():
    outbox.record_each([BellCast(weight=1), BellCast(weight=2)], at=AT)
    assert outbox.deliver_waiting(at=AT, limit=3) == 3
    assert heard == [1]
    assert outbox.deliver_waiting(at=AT) == 1
    assert heard == [1, 2]


@pytest.mark.django_db
def test_what_is_withdrawn_reaches_nobody_and_the_rest_does():
    outbox.record_each([BellRang(times=1), BellRang(times=2), BellCast(weight=2)], at=AT)
    assert outbox.withdraw(BellRang, times=2) == [BellRang(times=2)]
    assert outbox.withdraw(BellRang, times=2) == []
    outbox.deliver_waiting(at=AT, kind=BellRang)
    assert heard == [1]
    assert outbox.withdraw(BellRang, times=1) == []
