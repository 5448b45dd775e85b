"""Letters to many units: in parts, in order, each once, wherever a worker was killed."""

import re
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import IN_TIME, OPENED_AT, province, registered, unit_of, week

from tuanhoc.campaigns.events import DeadlineMoved
from tuanhoc.campaigns.models import DeadlineMove
from tuanhoc.notices.events import MailingPart
from tuanhoc.notices.handlers import mailings
from tuanhoc.notices.models import Message
from tuanhoc.notices.rules import parted
from tuanhoc.notices.tests.conftest import MACHINE, contact
from tuanhoc.outbox.actions import deliver_waiting, record
from tuanhoc.outbox.models import Event
from tuanhoc.units.models import Contact, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]
PEOPLE = ("tv@tinh.example", "huyen@ns.example", "xa@ls.example", "truong@ls.example")


@pytest.fixture
def campaign():
    province()
    for key, email in zip(("tv-58", "ubnd-585", "xa-lamson", "th-lamson"), PEOPLE, strict=True):
        contact(key, email)
    return week()


def told():
    return list(Message.objects.order_by("pk").values_list("to", flat=True))


@given(st.lists(st.integers(1, 9)), st.integers(1, 6))
def test_parts_hold_everybody_in_order_and_no_more_than_asked(sizes, most):
    parts = parted(enumerate(sizes), most=most)
    assert [one for part in parts for one in part] == list(range(len(sizes)))
    assert all(len(part) == 1 or sum(sizes[one] for one in part) <= most for part in parts)


def test_a_worker_killed_between_parts_leaves_the_rest_to_the_next_and_nobody_is_told_twice(campaign, monkeypatch):
    monkeypatch.setattr(mailings, "parted", partial(parted, most=1))
    deliver_waiting(at=OPENED_AT, limit=3)
    early = told()
    assert len(early) == 2
    assert Event.objects.filter(name=MailingPart.name, delivered_at=None).count() == 2
    deliver_waiting(at=OPENED_AT)
    # In reading order: the rest follows what was there.
    assert told()[:2] == early
    assert sorted(told()) == sorted(PEOPLE)
    Event.objects.update(delivered_at=None)
    deliver_waiting(at=OPENED_AT)
    assert len(told()) == len(PEOPLE)


def test_each_letter_has_its_task_in_the_order_of_the_letters(campaign):
    deliver_waiting(at=OPENED_AT)
    tasks = DBTaskResult.objects.filter(task_path="tuanhoc.notices.post.send_message").order_by(
        "run_after", "enqueued_at"
    )
    assert [task.args_kwargs["args"][0] for task in tasks] == [one.pk for one in Message.objects.order_by("pk")]
    assert {task.run_after for task in tasks} == {MACHINE}


def test_who_handed_in_before_its_part_was_written_is_not_told_of_a_new_deadline(campaign, monkeypatch):
    deliver_waiting(at=OPENED_AT)
    monkeypatch.setattr(mailings, "parted", partial(parted, most=1))
    move = DeadlineMove.objects.create(
        campaign=campaign, before={}, after={}, moved_count=2, reason="Mưa lũ", made_at=IN_TIME, by_name="Sở"
    )
    hosts = [unit_of(campaign, "xa-lamson").pk, unit_of(campaign, "th-lamson").pk]
    record(DeadlineMoved(campaign_id=campaign.pk, move_id=move.pk, host_ids=hosts), at=IN_TIME)
    deliver_waiting(at=IN_TIME, limit=2)
    registered(unit_of(campaign, "th-lamson"), accepted=False)
    deliver_waiting(at=IN_TIME)
    assert [one.to for one in Message.objects.filter(about__startswith="deadline:")] == ["xa@ls.example"]


def test_the_queries_of_a_part_do_not_grow_with_its_letters(campaign):
    with CaptureQueriesContext(connection) as few:
        deliver_waiting(at=OPENED_AT)
    Message.objects.all().delete()
    Contact.objects.bulk_create(
        Contact(unit=Unit.objects.get(key="tv-58"), name="Anh Tư", email=f"tu-{n}@tinh.example") for n in range(30)
    )
    Event.objects.exclude(name=MailingPart.name).update(delivered_at=None)
    Event.objects.filter(name=MailingPart.name).delete()
    with CaptureQueriesContext(connection) as many:
        deliver_waiting(at=OPENED_AT)
    assert len(told()) == 34
    assert len(many) == len(few)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer")
@pytest.mark.django_db(transaction=True)
def test_a_receipt_is_worded_before_the_only_writer_is_taken(campaign):
    deliver_waiting(at=OPENED_AT)
    registered(unit_of(campaign, "th-lamson"), accepted=False, at=IN_TIME)
    with CaptureQueriesContext(connection) as said:
        deliver_waiting(at=IN_TIME)
    assert Message.objects.filter(about__startswith="receipt:").exists()
    statements = [one["sql"] for one in said]
    begun = [n for n, sql in enumerate(statements) if sql.startswith("BEGIN")]
    ended = [n for n, sql in enumerate(statements) if sql.startswith("COMMIT")]
    held = [sql for start, end in zip(begun, ended, strict=True) for sql in statements[start + 1 : end]]
    tables = set(re.findall(r'(?:FROM|INTO|UPDATE) "(\w+)"', " ".join(held)))
    assert tables == {"outbox_event", "notices_message", "django_tasks_database_dbtaskresult"}
