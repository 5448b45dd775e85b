"""Letters of the sign-in pages: a row before each leaves, no code in it, no page that breaks without a mail server."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.builders import IN_TIME

from tuanhoc.accounts.models import User
from tuanhoc.notices import actions, post, queries, rules
from tuanhoc.notices.models import ClosedAddress, Message
from tuanhoc.notices.tests.mail_server import free_port, mail_server
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
KNOWN, UNKNOWN = "lan@so.example", "ai-do@noi-khac.example"
PAGES = ["account_request_login_code", "account_reset_password"]


@pytest.fixture(autouse=True)
def machine(monkeypatch):
    cache.clear()
    User.objects.create_user(KNOWN, "mot-mat-khau-dai", name="Chị Lan")
    machine = [NOW]
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    monkeypatch.setattr(clock, "machine", lambda: machine[0])
    return machine


def secret_in(body):
    """Return the code, or what opens the page of a new password."""
    return re.search(r"^([0-9A-Z-]{4,})$|/password/reset/key/(\S+)/$", body, re.M)[0]


@pytest.mark.parametrize("page", PAGES)
def test_a_letter_has_a_row_without_its_secret(client, settings, page):
    with mail_server(settings) as server:
        client.post(reverse(page), {"email": KNOWN})
    [mail], row = server.taken, Message.objects.get()
    assert (row.to, row.state, row.sent_at, row.tries) == (KNOWN, Message.State.SENT, IN_TIME, 1)
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (post.message_id_of(row), "auto-generated")
    secret = secret_in(mail.get_content().replace("\r\n", "\n"))
    assert secret not in row.body + row.subject + row.about
    assert (
        row.body == mail.get_content().replace("\r\n", "\n").strip().replace(secret, "…")
        or rules.HIDDEN_MARK in row.body
    )


def test_the_row_is_there_before_the_letter_leaves(client, monkeypatch):
    seen = []
    monkeypatch.setattr(post, "_give", lambda *_: seen.append(Message.objects.get().state))
    client.post(reverse("account_request_login_code"), {"email": KNOWN})
    assert seen == [Message.State.SENDING]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("trouble", ["nobody listens", "refused"])
def test_without_a_mail_server_the_other_ways_in_are_shown_whoever_asks(client, settings, page, trouble):
    answers = {}
    for email in (KNOWN, UNKNOWN):
        cache.clear()
        with mail_server(settings, to_receiver=["550 5.1.1 No such mailbox"] * 2):
            if trouble == "nobody listens":
                settings.EMAIL_PORT = free_port()
            answer = client.post(reverse(page), {"email": email, "next": "/lam-viec/thu/"}, follow=True)
        [(address, _status)] = answer.redirect_chain
        assert address == f"{reverse('account_login')}?next=%2Flam-viec%2Fthu%2F"
        answers[email] = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        assert "Thư chưa gửi đi được vì máy chủ thư chưa nhận." in answers[email]
    assert answers[KNOWN] == answers[UNKNOWN]
    rows = Message.objects.order_by("pk")
    assert [(row.to, row.state, row.may_have_left) for row in rows] == [
        (email, Message.State.FAILED, False) for email in (KNOWN, UNKNOWN)
    ]
    assert all("ConnectionRefusedError" in r.failed_because or "550 5.1.1" in r.failed_because for r in rows)
    # Whoever types an address proves nothing of it.
    assert not ClosedAddress.objects.exists()
    assert queries.refused_addresses() == set()


def test_after_the_trouble_a_code_can_be_asked_for_again(client, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    client.post(reverse("account_request_login_code"), {"email": KNOWN})
    with mail_server(settings) as server:
        client.post(reverse("account_request_login_code"), {"email": KNOWN})
    code = secret_in(server.taken[0].get_content().replace("\r\n", "\n"))
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.session["_auth_user_id"] == str(User.objects.get(email=KNOWN).pk)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_stranger_whose_address_was_typed_is_invited_to_nothing(client, settings, mailoutbox, page, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.post(reverse(page), {"email": UNKNOWN})
    [mail] = mailoutbox
    assert mail.body.startswith("Kính gửi Ông/Bà,\n\nCó người vừa nhập địa chỉ ai-do@noi-khac.example vào trang đăng")
    assert "http" not in mail.body
    assert "sign up" not in mail.body
    row = Message.objects.get()
    assert (row.to, row.state) == (UNKNOWN, Message.State.SENT)


def test_a_letter_whose_request_was_killed_is_not_sent_by_a_worker_that_has_no_code(
    client, machine, monkeypatch, mailoutbox
):
    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(post, "_give", killed)
    with pytest.raises(KeyboardInterrupt):
        client.post(reverse("account_request_login_code"), {"email": KNOWN})
    monkeypatch.undo()
    monkeypatch.setattr(clock, "machine", lambda: NOW + rules.LEASE + dt.timedelta(seconds=1))
    assert actions.pick_up_forgotten(at=clock.machine()) == 1
    row = Message.objects.get()
    assert post.send_message.call(row.pk) == "dropped"
    row.refresh_from_db()
    assert row.failed_because.startswith("Một lần gửi trước bị ngắt giữa chừng nên thư có thể đã đi. Mã hoặc liên kết")
    assert mailoutbox == []
