"""Trình thủ trưởng: a draft is handed to the head, whose consent hands it in."""

import datetime as dt

import pytest
from tests.builders import IN_TIME, TOO_LATE, coordinator, row, someone, unit_of, week

from tuanhoc.activities import access, actions
from tuanhoc.activities.access import To
from tuanhoc.activities.heads import AnsweredAlready, HandedUpAlready, NothingToHandUp, SayWhatToChange
from tuanhoc.activities.models import HeadConfirmation, State
from tuanhoc.activities.queries import drafts_of, waiting_confirmation
from tuanhoc.activities.rules import receipt_digest
from tuanhoc.journal.models import Entry
from tuanhoc.lib.actor import Actor, Role, SeatValue

pytestmark = pytest.mark.django_db
LATER = IN_TIME + dt.timedelta(hours=3)


@pytest.fixture
def campaign():
    return week()


@pytest.fixture
def draft(campaign):
    host = unit_of(campaign, "xa-lamson")
    registration = actions.begin_registration(host, by=officer(host), at=IN_TIME)
    actions.save_rows(registration, [row()], by=officer(host), at=IN_TIME)
    return registration


def officer(host):
    return someone(Role.OFFICER, at=host)


def head(host, *, by_link=True):
    seat = SeatValue(Role.HEAD, unit_id=host.unit_id, only_campaign_id=host.campaign_id, alone=True)
    return Actor(name="Chủ tịch", seats=(seat,), link_id=7) if by_link else someone(Role.HEAD, at=host)


def handed_up(registration, at=IN_TIME):
    return actions.hand_to_head(registration, head_name="Chủ tịch", by=officer(registration.host), at=at)


def seen(registration):
    return receipt_digest(drafts_of(registration))


def test_the_head_agrees_and_that_hands_it_in(draft):
    confirmation = handed_up(draft)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    submission = actions.confirm_as_head(confirmation, sha256=seen(draft), by=head(draft.host), at=LATER)
    draft.refresh_from_db()
    confirmation.refresh_from_db()
    assert (draft.state, draft.submitted_at, draft.is_late) == (State.SUBMITTED, LATER, False)
    assert (confirmation.state, confirmation.submission) == ("confirmed", submission)
    assert submission.by_name == "Chủ tịch"


def test_late_is_decided_when_the_head_agrees_and_the_officer_s_moment_is_kept(draft):
    confirmation = handed_up(draft)
    actions.confirm_as_head(confirmation, sha256=seen(draft), by=head(draft.host), at=TOO_LATE)
    draft.refresh_from_db()
    confirmation.refresh_from_db()
    assert draft.is_late
    assert confirmation.handed_up_at == IN_TIME < draft.host.closes_at


def test_what_was_changed_since_the_head_looked_is_shown_again(draft):
    confirmation, before = handed_up(draft), seen(draft)
    actions.save_rows(draft, [row("Nội dung khác")], by=officer(draft.host), at=LATER)
    with pytest.raises(actions.ChangedSinceShown):
        actions.confirm_as_head(confirmation, sha256=before, by=head(draft.host), at=LATER)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert waiting_confirmation(draft) == confirmation
    actions.confirm_as_head(confirmation, sha256=seen(draft), by=head(draft.host), at=LATER)


def test_given_back_with_words_and_handed_up_again(draft):
    confirmation = handed_up(draft)
    with pytest.raises(SayWhatToChange):
        actions.give_back_by_head(confirmation, words=" ", by=head(draft.host), at=LATER)
    actions.give_back_by_head(confirmation, words="Ghi rõ hội trường", by=head(draft.host), at=LATER)
    assert confirmation.words == "Ghi rõ hội trường"
    with pytest.raises(AnsweredAlready):
        actions.confirm_as_head(confirmation, sha256=seen(draft), by=head(draft.host), at=LATER)
    assert handed_up(draft, LATER).state == "waiting"


def test_the_officer_takes_it_back_before_the_head_answers(draft):
    confirmation = handed_up(draft)
    actions.take_back_from_head(confirmation, by=officer(draft.host), at=LATER)
    with pytest.raises(AnsweredAlready):
        actions.confirm_as_head(confirmation, sha256=seen(draft), by=head(draft.host), at=LATER)
    assert waiting_confirmation(draft) is None


def test_to_one_head_at_a_time_and_never_an_empty_one(draft, campaign):
    handed_up(draft)
    with pytest.raises(HandedUpAlready):
        handed_up(draft)
    other = actions.begin_registration(unit_of(campaign, "xa-nhonhai"), by=coordinator(campaign), at=IN_TIME)
    with pytest.raises(NothingToHandUp):
        handed_up(other)
    assert HeadConfirmation.objects.count() == 1


def test_where_the_week_asks_so_the_officer_cannot_hand_in_alone(draft, campaign):
    campaign.head_confirms = True
    campaign.save()
    draft.host.campaign.refresh_from_db()
    with pytest.raises(actions.HeadConfirms):
        actions.submit_registration(draft, by=officer(draft.host), at=IN_TIME)
    actions.submit_registration(draft, by=head(draft.host, by_link=False), at=IN_TIME)


def test_who_enters_for_a_unit_that_phones_hands_in_without_its_head(draft, campaign):
    campaign.head_confirms = True
    campaign.save()
    draft.host.campaign.refresh_from_db()
    actions.submit_registration(draft, by=someone(Role.OFFICER, at=unit_of(campaign, "ubnd-585")), at=IN_TIME)
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_the_heads_link_reads_and_confirms_one_unit_and_does_nothing_else(campaign):
    own, other = unit_of(campaign, "xa-lamson"), unit_of(campaign, "th-lamson")
    may = {to.name for to in To if access.may(head(own), to, own)}
    assert may == {"VIEW", "CONFIRM"}
    assert not any(access.may(head(own), to, other) for to in To)


def test_nobody_but_the_head_confirms(campaign):
    host = unit_of(campaign, "xa-lamson")
    others = [officer(host), coordinator(campaign), someone(Role.HEAD, at=unit_of(campaign, "ubnd-585"))]
    # Head of the district and officer of the commune is not head of the commune.
    above = SeatValue(Role.HEAD, unit_id=unit_of(campaign, "ubnd-585").unit_id)
    others.append(Actor(seats=(above, SeatValue(Role.OFFICER, unit_id=host.unit_id)), user_id=1))
    assert not any(access.may(actor, To.CONFIRM, host) for actor in others)


def test_every_step_is_in_the_journal(draft):
    confirmation = handed_up(draft)
    actions.give_back_by_head(confirmation, words="Sửa", by=head(draft.host), at=LATER)
    told = Entry.objects.filter(what__startswith="activities.head.").order_by("pk")
    assert [(e.what, e.unit_path) for e in told] == [
        ("activities.head.hand_up", draft.host.path),
        ("activities.head.give_back", draft.host.path),
    ]
