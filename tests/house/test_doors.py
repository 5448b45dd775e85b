"""Every address of the house, tried by people it is not for.

A new address without an entry here fails. What may be open to all is listed by name; a stranger
(somebody with a seat in another province, or the holder of another unit's link) finds nothing at
the rest: 404, by GET and by POST, and never a 500.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.builders import IN_TIME, TOO_LATE, UNITS, registered, unit_of, week
from tests.form_files import word_form
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.accounts.queries import actor_of
from tuanhoc.activities import actions as activities
from tuanhoc.activities.models import ReviewBatch
from tuanhoc.campaigns import actions as campaigns
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.campaigns.rules import CampaignDraft
from tuanhoc.files.actions import keep
from tuanhoc.intake.actions.forms import receive_forms
from tuanhoc.intake.actions.mails import Came, keep_mail
from tuanhoc.intake.actions.plans import begin_without_file
from tuanhoc.intake.actions.uploads import Upload
from tuanhoc.intake.models import Drop
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.office.actions import issue_paper
from tuanhoc.office.documents import drafted
from tuanhoc.office.models import Scope
from tuanhoc.schedule.actions import Source, release_schedule, take_in_edited
from tuanhoc.schedule.comeback import Comparison
from tuanhoc.units import actions as units
from tuanhoc.units.actions.reforms import Order, carry_out
from tuanhoc.units.models import Unit
from tuanhoc.units.rules.reforms import Doing, Step
from tuanhoc.web import clock

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"
ELSEWHERE = """key,parent_key,kind,name,place_code,is_real
ubnd-56,bo,province_committee,UBND tỉnh Khánh Hòa,56,1
so-gddt-56,ubnd-56,department,Sở Giáo dục và Đào tạo Khánh Hòa,56,1
xa-56,ubnd-56,commune_committee,UBND xã Vĩnh Hiệp,22400,1
"""

#: Open to everybody, GET only.
PUBLIC = {
    "portal:home", "portal:landing", "portal:schedule", "portal:feed", "portal:day", "portal:activity",
    "portal:activity_calendar", "portal:unit", "portal:about", "portal:embedded", "portal:near", "portal:robots",
    "portal:sitemap", "portal:unit_feed", "portal:whole",
}  # fmt: skip
#: Ways in: the sign-in pages of the package and the pages of a personal link, which is itself the key.
WAYS_IN = {
    "account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password",
    "account_set_password", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "account_confirm_login_code",
    "account_request_login_code", "account_email_verification_sent", "account_confirm_email",
    "mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn",
    "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn", "mfa_edit_webauthn",
    "mfa_login_webauthn", "usersessions_list",
    "accounts:ask", "accounts:decline", "accounts:join", "accounts:leave", "accounts:link", "accounts:say",
    "choose_language",
}  # fmt: skip
#: Shut for everybody.
CLOSED = {"account_signup", "account_email"}
#: About oneself only: whoever signed in gets a page, empty of others' things.
OWN = {"desk:home", "desk:check_paper"}
#: About one Week, unit or registration: nothing for a stranger.
GUARDED = {
    "activities:annex", "desk:board", "desk:sheet", "desk:change", "desk:receipt", "desk:send_scan", "desk:scan",
    "desk:queues", "desk:decided", "desk:reasons", "desk:comment",
    "desk:queue", "desk:look", "desk:links", "desk:revoke", "desk:messages", "desk:requests", "desk:slips",
    "desk:board_export", "desk:duties", "desk:duties_export", "desk:duties_remind", "desk:duty", "desk:own_duties",
    "desk:coordinator_duties", "desk:duty_evidence", "desk:leader",
    "desk:inbox", "desk:receive_forms", "desk:confirm_forms", "desk:form_file", "desk:form_original", "desk:form_page",
    "desk:bring_form", "desk:form_quarantined", "desk:paste_form", "desk:batch",
    "desk:mails", "desk:mail", "desk:mail_original", "desk:drop", "desk:drop_go_on",
    "desk:deadlines", "desk:exceptions", "desk:unit_deadline", "desk:unlock_requests", "desk:ask_unlock",
    "desk:phases", "desk:withdraw", "desk:campaign", "desk:correct", "desk:open_call", "desk:close_campaign",
    "desk:load_units", "desk:plan", "desk:plans", "desk:unit",
    "desk:units", "desk:units_template", "desk:release", "desk:schedule", "desk:unit_schedule", "schedule:of_unit",
    "schedule:release", "schedule:standing", "desk:paper_template", "desk:paper_templates",
    "activities:receipt", "desk:papers", "desk:paper", "desk:unit_paper",
    "desk:issued_paper", "office:draft", "office:unit_draft", "office:to_each", "office:issued",
    "office:schedule_metadata",
    "desk:change_unit", "desk:tree", "desk:reforms", "desk:new_reform", "desk:reform_template", "desk:reform",
    "desk:alike", "desk:pair", "desk:by_tree", "desk:by_tree_export",
    "desk:edited", "schedule:bring", "schedule:bring_of_unit",
    "desk:hand_up", "desk:confirm", "desk:on_behalf", "desk:copy_last", "desk:settle_copies",
    "desk:new_edition", "desk:joining",
    "desk:contacts", "desk:contacts_file", "desk:load_contacts", "desk:own_contacts",
    "desk:ask_for_heads",
    "schedule:edited_file", "desk:annexes", "desk:annexes_progress", "activities:archive",
    "desk:reminders", "desk:round", "desk:leave_out", "desk:reminder_settings", "desk:calls", "desk:calls_file",
    "desk:week_contacts",
    "desk:findings", "desk:findings_file",
    "desk:season", "desk:season_progress", "desk:users", "desk:user", "desk:invite", "desk:invite_units",
    "desk:journal", "desk:journal_outside", "desk:unit_journal",
}  # fmt: skip
#: What only takes what a form sends, and the page its form stands on, to which whoever opens it by itself is led.
POST_ONLY = {
    "accounts:leave": "/", "choose_language": "/",
    "desk:change": "desk:sheet", "desk:comment": "desk:sheet", "desk:withdraw": "desk:sheet",
    "desk:ask_unlock": "desk:sheet", "desk:bring_form": "desk:sheet", "desk:settle_copies": "desk:sheet",
    "desk:send_scan": "desk:sheet", "desk:revoke": "desk:links", "desk:leave_out": "desk:reminders",
    "desk:receive_forms": "desk:inbox", "desk:confirm_forms": "desk:inbox", "desk:paste_form": "desk:inbox",
    "desk:drop_go_on": "desk:drop", "desk:duties_remind": "desk:duties", "desk:ask_for_heads": "desk:campaign",
    "schedule:bring": "desk:schedule", "schedule:bring_of_unit": "desk:unit_schedule",
}  # fmt: skip
#: Answers without a page: nothing to frame or run, but the headers are there all the same.
DIRECTIVES = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")


@dataclass(frozen=True)
class Door:
    name: str
    address: str


def named_patterns(patterns, space: str = "", above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give each name with the parameters of its address."""
    for pattern in patterns:
        parameters = (*above, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_patterns(pattern.url_patterns, inner, parameters)
        elif pattern.name:
            yield f"{space}{pattern.name}", parameters


def names() -> list[str]:
    return sorted({name for name, _ in named_patterns(get_resolver().url_patterns)})


@pytest.fixture(autouse=True)
def in_time(monkeypatch):
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.fixture
def things():
    """One of each thing an address can be about, all in one province; and a Week in another."""
    units.load_units(units.check(units.rows_of_csv(UNITS)), by=SYSTEM, at=IN_TIME)
    units.load_units(units.check(units.rows_of_csv(ELSEWHERE)), by=SYSTEM, at=IN_TIME)
    campaign = week()
    registration = registered(unit_of(campaign, "th-lamson"))
    activities.attach_scan(registration, keep(PDF, at=IN_TIME), by=SYSTEM, at=IN_TIME)
    release = release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    signed = accounts.make_link(
        registration.host.unit, campaign_id=campaign.pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME
    )
    elsewhere = campaigns.prepare_campaign(
        CampaignDraft(
            code="khanh-hoa-2022", title="Tuần lễ ở Khánh Hòa", year=2022, theme="",
            starts_on=dt.date(2022, 10, 1), ends_on=dt.date(2022, 10, 7), registration_closes_at=TOO_LATE,
        ),
        province=Unit.objects.get(key="ubnd-56"), coordinator=Unit.objects.get(key="so-gddt-56"),
        by=SYSTEM, at=IN_TIME,
    )  # fmt: skip
    campaigns.open_call(elsewhere, by=SYSTEM, at=IN_TIME)
    return {
        "campaign": campaign, "registration": registration, "host": registration.host, "release": release,
        "activity": registration.activities.get(), "submission": registration.submissions.get(),
        "signed": signed, "elsewhere": elsewhere, "form": taken_in(campaign),
        "stroke": ReviewBatch.objects.create(campaign=campaign, accepted=True, decided_at=IN_TIME, by_name="Sở"),
        "edited": take_in_edited(
            campaign, Comparison(0, 0, (), ()), stored=keep(PDF, at=IN_TIME), name="lich.docx", source=Source(),
            by=SYSTEM, at=IN_TIME,
        ),
        "mail": keep_mail(b"From: a@b.example\n\nx", Came("drop", campaign), by=SYSTEM, at=IN_TIME)[0],
        "drop": Drop.objects.create(
            campaign=campaign, total=1, received_at=IN_TIME, dropped_at=IN_TIME, dropped_by="Sở"
        ),
        "plan": begin_without_file("Kế hoạch", by=preparing(campaign), at=IN_TIME),
        "reform": carry_out(
            [Step(Doing.RENAME, "tv-58", name="Thư viện tỉnh Ninh Thuận")], Order(IN_TIME.date()), by=SYSTEM, at=IN_TIME
        ),
        "district": unit_of(campaign, "ubnd-585"), "duty": campaign.duties.get(),
        "paper": signed_plan(campaign),
    }  # fmt: skip


def signed_plan(campaign):
    """Return the Week's plan with its number."""
    scope = Scope(campaign)
    return issue_paper(
        scope, "plan", drafted(scope, "plan", at=IN_TIME), number="5/KH-UBND", issued_on=dt.date(2022, 9, 5), by=SYSTEM,
        at=IN_TIME,
    )  # fmt: skip


def preparing(campaign):
    """Return the coordinator of ``campaign`` as a person who signed in."""
    user = User.objects.create_user("dieuphoi@ninhthuan.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    return actor_of(user)


def taken_in(campaign):
    """Return a Word form the coordinator took in."""
    roster = RosterUnit.objects.filter(campaign=campaign)
    return receive_forms(
        campaign, [Upload("mau.docx", word_form("UBND xã Lâm Sơn"))], among=roster, taken_in_by=None,
        received_at=IN_TIME, by=SYSTEM, at=IN_TIME,
    ).read[0]  # fmt: skip


def sample(name: str, things) -> list[object]:
    """Return the arguments of an address: real things of the province."""
    by_name: dict[str, list[object]] = {
        "desk:user": [User.objects.get(email="dieuphoi@ninhthuan.example").pk],
        "desk:change": [things["activity"].pk],
        "desk:receipt": [things["submission"].pk],
        "activities:receipt": [things["submission"].pk, "docx"],
        "desk:paper": [things["campaign"].code, "ke-hoach"],
        "desk:unit_paper": [things["district"].pk],
        "desk:issued_paper": [things["paper"].pk],
        "office:draft": [things["campaign"].code, "ke-hoach", "docx"],
        "office:unit_draft": [things["district"].pk, "docx"],
        "office:issued": [things["paper"].pk, "docx"],
        "desk:send_scan": [things["registration"].pk],
        "desk:scan": [things["registration"].pk],
        "desk:look": [things["registration"].pk],
        "desk:decided": [things["stroke"].pk],
        "desk:withdraw": [things["registration"].pk],
        "desk:links": [things["host"].pk],
        "desk:board_export": [things["campaign"].code, "csv"],
        "desk:by_tree_export": [things["campaign"].code, "don-vi", "csv"],
        "desk:duties_export": [things["campaign"].code, "csv"],
        "desk:duty": [things["campaign"].code, things["duty"].pk],
        "desk:duty_evidence": [things["duty"].assignments.earliest("pk").pk],
        "desk:form_file": [things["form"].pk],
        "desk:form_original": [things["form"].pk],
        "desk:form_page": [things["form"].pk, 1],
        "desk:form_quarantined": [things["form"].pk],
        "desk:mail": [things["campaign"].code, things["mail"].pk],
        "desk:mail_original": [things["campaign"].code, things["mail"].pk],
        "desk:drop": [things["campaign"].code, things["drop"].pk],
        "desk:drop_go_on": [things["campaign"].code, things["drop"].pk],
        "desk:plan": [things["plan"].pk],
        "desk:paper_template": [things["campaign"].code, "lich"],
        "desk:edited": [things["edited"].pk],
        "schedule:edited_file": [things["edited"].pk],
        "desk:unit": [things["host"].unit_id],
        "desk:change_unit": [things["host"].unit_id, "doi-ten"],
        "desk:pair": [things["host"].unit_id, things["district"].unit_id],
        "desk:reform": [things["reform"].pk],
        "desk:revoke": [things["host"].pk],
        "portal:day": [things["campaign"].code, dt.date(2022, 10, 4)],
        "portal:activity": [things["campaign"].code, things["activity"].pk],
        "portal:activity_calendar": [things["campaign"].code, things["activity"].pk],
        "portal:unit": [things["campaign"].code, "th-lamson"],
        "accounts:link": [things["signed"]],
        "accounts:say": [things["signed"], "doi-ten"],
        "accounts:decline": [things["signed"]],
        "account_confirm_email": ["abc"],
        "account_reset_password_from_key": ["1", "abc-def"],
    }
    if name in by_name:
        return by_name[name]
    parameters = next(given for n, given in named_patterns(get_resolver().url_patterns) if n == name)
    by_kind = {
        "pk": things["host"].pk, "code": things["campaign"].code, "host_pk": things["host"].pk,
        "number": things["release"].number, "ending": "docx", "key": "th-lamson",
    }  # fmt: skip
    return [by_kind[parameter] for parameter in parameters]


def doors(wanted, things) -> list[Door]:
    return [Door(name, reverse(name, args=sample(name, things))) for name in names() if name in wanted]


def signed_in(role: Role, *, unit=None, campaign=None) -> Client:
    user = User.objects.create_user(f"{role.value}{User.objects.count()}@khanhhoa.example")
    accounts.give_seat(user, role, unit=unit, campaign_id=campaign.pk if campaign else None, by=SYSTEM, at=IN_TIME)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def asked(client: Client, door: Door) -> int:
    """Return what a door answers GET with; a mere leading on to the page of its form, by its address, tells nothing."""
    status = client.get(door.address).status_code
    return NO_SUCH_WAY if door.name in POST_ONLY and status == 302 else status


def strangers(things) -> dict[str, Client]:
    elsewhere = things["elsewhere"]
    link_holder = Client(raise_request_exception=False)
    other = unit_of(things["campaign"], "xa-nhonhai")
    signed = accounts.make_link(
        other.unit, campaign_id=things["campaign"].pk, expires_at=TOO_LATE, by=SYSTEM, at=IN_TIME
    )
    link_holder.post(reverse("accounts:link", args=[signed]))
    return {
        "an officer of another province": signed_in(Role.OFFICER, unit=Unit.objects.get(key="ubnd-56")),
        "the coordinator of another province": signed_in(Role.COORDINATOR, campaign=elsewhere),
        "the holder of another unit's link": link_holder,
    }


def test_every_address_has_an_entry_here():
    known = PUBLIC | WAYS_IN | CLOSED | OWN | GUARDED
    assert sorted(set(names()) ^ known) == []


#: Where a stranger gets a page of his own instead of nothing.
HIS_OWN = {
    ("the coordinator of another province", name)
    for name in (
        "desk:queue",
        "desk:plans",
        "desk:units",
        "desk:load_units",
        "desk:units_template",
        "desk:tree",
        "desk:reforms",
        "desk:new_reform",
        "desk:reform_template",
        "desk:alike",
        "desk:journal_outside",
        "desk:contacts",
        "desk:contacts_file",
        "desk:load_contacts",
        "desk:users",
    )
}
#: Made to stand in other sites' pages, and nothing else is.
FRAMED = {"portal:embedded"}
#: What has no such way of asking, for anybody: 405 tells nothing.
NO_SUCH_WAY = 405


def test_strangers_find_nothing(things):
    found = {}
    for who, client in strangers(things).items():
        for door in doors(GUARDED, things):
            answers = {asked(client, door), client.post(door.address).status_code}
            if (who, door.name) in HIS_OWN:
                continue
            if not (404 in answers and answers <= {404, NO_SUCH_WAY}):
                found[f"{who}: {door.name}"] = answers
    assert found == {}


def test_what_a_stranger_sees_of_his_own_names_nobody_else(things):
    registered(unit_of(things["campaign"], "xa-lamson"), accepted=False)
    client = strangers(things)["the coordinator of another province"]
    page = client.get(reverse("desk:queue"))
    assert page.status_code == 200
    assert "Lâm Sơn" not in page.content.decode()


def test_strangers_change_nothing(things):
    """A POST that answers 404 must also have done nothing."""
    registration = things["registration"]
    before = (registration.version, registration.state, things["activity"].change_reason)
    for client in strangers(things).values():
        for door in doors(GUARDED, things):
            client.post(door.address, {"do": "cancel", "reason": "phá", "version": "0", "r-0-content": "phá"})
    registration.refresh_from_db()
    activity = registration.activities.get()
    assert (registration.version, registration.state, activity.change_reason) == before
    assert accounts.link_of(things["signed"], at=IN_TIME) is not None


def test_the_unknown_are_asked_to_sign_in_and_told_nothing(things):
    client = Client(raise_request_exception=False)
    wrong = {}
    for door in doors(GUARDED | OWN, things):
        for answer in (client.get(door.address), client.post(door.address)):
            if not (answer.status_code == 302 and answer["Location"].startswith("/tai-khoan/login/?next=/lam-viec/")):
                wrong[door.name] = answer.status_code
    assert wrong == {}


def test_a_coordinator_without_a_second_factor_gets_no_page_of_officers(things, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = signed_in(Role.COORDINATOR, campaign=things["campaign"])
    open_still = {}
    for door in doors(GUARDED | OWN, things):
        for answer in (client.get(door.address), client.post(door.address)):
            if not (answer.status_code == 302 and answer["Location"] == reverse("mfa_index")):
                open_still[door.name] = answer.status_code
    assert open_still == {}


def test_an_address_that_only_takes_a_form_leads_to_the_page_the_form_stands_on(things):
    """From the address bar, or by the way back after signing in anew."""
    client = signed_in(Role.COORDINATOR, campaign=things["campaign"])
    led, shut = {}, []
    for door in doors(PUBLIC | WAYS_IN | OWN | GUARDED, things):
        if door.name == "account_logout":
            continue
        answer = client.get(door.address)
        if answer.status_code == NO_SUCH_WAY:
            shut.append(door.name)
        if door.name in POST_ONLY:
            led[door.name] = (answer["Location"], client.get(answer["Location"]).status_code)
    assert shut == []
    pages = {
        name: page if page == "/" else reverse(page, args=sample(page, things)) for name, page in POST_ONLY.items()
    }
    # The school that stands for every unit here has no schedule of units under it.
    assert led == {name: (page, 404 if name == "schedule:bring_of_unit" else 200) for name, page in pages.items()}


def test_who_is_led_on_is_told_why_and_what_takes_nothing_says_so(things):
    client = signed_in(Role.COORDINATOR, campaign=things["campaign"])
    page = client.get(reverse("desk:receive_forms", args=[things["campaign"].code]), follow=True)
    assert "Địa chỉ vừa mở chỉ để gửi biểu mẫu" in page.content.decode()
    answer = client.post(reverse("portal:home"))
    assert (answer.status_code, answer["Allow"]) == (NO_SUCH_WAY, "GET, HEAD")
    assert "Địa chỉ này không nhận nội dung gửi đến" in answer.content.decode()


def test_whose_session_ended_while_writing_is_told_so_where_one_signs_in(things):
    address = reverse("desk:change", args=[things["activity"].pk])
    said = "Phiên làm việc đã hết nên nội dung vừa gửi chưa được nhận"
    assert said in Client().post(address, {"do": "cancel"}, follow=True).content.decode()
    assert said not in Client().get(address, follow=True).content.decode()


def test_public_pages_are_open_and_take_nothing(things):
    client = Client(raise_request_exception=False)
    answers = {
        d.name: (client.get(d.address).status_code, client.post(d.address).status_code) for d in doors(PUBLIC, things)
    }
    assert answers == dict.fromkeys(answers, (200, NO_SUCH_WAY))


def test_ways_in_never_break_and_closed_ones_are_not_there(things):
    clients = {"nobody": Client(raise_request_exception=False), **strangers(things)}
    odd = {}
    for who, client in clients.items():
        for door in doors(WAYS_IN | CLOSED, things):
            if door.name in {"account_logout", "accounts:leave"}:
                continue  # would sign the others out; looked at by its own test
            for answer in (client.get(door.address), client.post(door.address)):
                expected = {404} if door.name in CLOSED else {200, 302, 404, 405, 409, 410, 429}
                if door.name == "account_reauthenticate":
                    expected.add(403)  # somebody without a password or a key has nothing to prove himself by
                if answer.status_code not in expected:
                    odd[f"{who}: {door.name}"] = answer.status_code
            if door.name in {"accounts:link"} and who != "nobody":
                break  # a genuine link opens its unit to whoever holds it
    assert odd == {}


def test_every_answer_carries_the_headers_that_protect_it(things):
    client = signed_in(Role.COORDINATOR, campaign=things["campaign"])
    bare = {}
    for door in doors(PUBLIC | WAYS_IN | CLOSED | OWN | GUARDED, things):
        if door.name == "account_logout":
            continue
        answer = client.get(door.address)
        policy = answer.headers.get("Content-Security-Policy", "")
        good = (
            all(d in policy for d in DIRECTIVES if not (door.name in FRAMED and d.startswith("frame-")))
            and "unsafe" not in policy
            and answer.headers.get("X-Content-Type-Options") == "nosniff"
            and (door.name in FRAMED or answer.headers.get("X-Frame-Options") == "DENY")
            and answer.headers.get("Referrer-Policy") in {"same-origin", "strict-origin"}
            and answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin"
        )
        if not good:
            bare[door.name] = (answer.status_code, dict(answer.headers))
    assert bare == {}


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(next_page):
    User.objects.create_user("lan@example.vn", "mot-mat-khau-dai")
    answer = Client().post(
        reverse("account_login"), {"login": "lan@example.vn", "password": "mot-mat-khau-dai", "next": next_page}
    )
    assert answer["Location"] == "/lam-viec/"


def test_signing_in_and_opening_a_link_change_the_session_key(things):
    client = Client()
    client.post(reverse("accounts:link", args=[things["signed"]]))
    by_link = client.session.session_key
    User.objects.create_user("lan@example.vn", "mot-mat-khau-dai")
    client.post(reverse("account_login"), {"login": "lan@example.vn", "password": "mot-mat-khau-dai"})
    by_password = client.session.session_key
    client.post(reverse("accounts:link", args=[things["signed"]]))
    assert len({by_link, by_password, client.session.session_key}) == 3
    assert "_auth_user_id" not in client.session
