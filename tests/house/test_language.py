"""The reader's language changes what is shown, never what is printed on paper, put into a file or read from one."""

import io
import zipfile

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.builders import IN_TIME, registered, row, unit_of, week
from tuanhoc.accounts import actions as accounts
from tuanhoc.accounts.models import User
from tuanhoc.activities.models import Registration
from tuanhoc.lib.actor import SYSTEM, Role
from tuanhoc.lib.refusal import N_, Refusal
from tuanhoc.lib.sentences import Day, Sentence
from tuanhoc.schedule.actions import release_schedule
from tuanhoc.units import actions as units
from tuanhoc.units.actions import reform_files
from tuanhoc.units.contact_sheets import contacts_file, read_contacts_file
from tuanhoc.units.models import Contact, Unit
from tuanhoc.units.rules import Person
from tuanhoc.units.rules.reforms import Doing, Step
from tuanhoc.web import clock, speech

pytestmark = pytest.mark.django_db

LANGUAGES = ("vi", "en")


@pytest.fixture
def campaign(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)
    campaign = week()
    host = unit_of(campaign, "th-lamson")
    registered(host, [row(part_of_day="morning", audience="Người dân"), row("Ngày hội đọc sách")])
    person = Person(
        "Nguyễn Thị Mẫu", phone="0259 000 000", email="mau@truong.example", preferred="phone", language="en"
    )
    units.keep_contact(host.unit, person, by=SYSTEM, at=IN_TIME)
    return campaign


def parts(data: bytes) -> dict[str, bytes] | bytes:
    """Return what stands in a file: of an archive, as .docx and .xlsx are, every part but the moment it was made."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != "docProps/core.xml"}


def addresses(campaign) -> list[str]:
    registration = Registration.objects.get(host__unit__key="th-lamson")
    release = release_schedule(campaign, by=SYSTEM, at=IN_TIME)
    district = unit_of(campaign, "ubnd-585")
    named = [
        ("schedule:standing", [campaign.code, ending]) for ending in ("docx", "xlsx", "csv")
    ] + [
        ("schedule:release", [campaign.code, release.number, "docx"]), ("schedule:of_unit", [district.pk, "docx"]),
        ("activities:annex", [registration.host_id]),
        ("activities:receipt", [registration.submissions.get().pk, "docx"]),
        ("office:draft", [campaign.code, "ke-hoach", "docx"]), ("office:draft", [campaign.code, "giay-moi", "docx"]),
        ("desk:units_template", []), ("desk:reform_template", []), ("desk:contacts_file", []),
    ]  # fmt: skip
    return [reverse(name, args=args) for name, args in named]


def test_papers_and_files_that_come_back_are_the_same_whoever_asks(campaign):
    user = User.objects.create_user("dieuphoi@ninhthuan.example")
    accounts.give_seat(user, Role.COORDINATOR, campaign_id=campaign.pk, by=SYSTEM, at=IN_TIME)
    client = Client()
    client.force_login(user)
    for address in addresses(campaign):
        made = []
        for language in LANGUAGES:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            answer = client.get(address)
            assert answer.status_code == 200, address
            made.append(parts(answer.getvalue()))
        assert made[0] == made[1], address


def test_a_kind_of_unit_is_read_in_either_language(campaign):
    text = "key,parent_key,kind,name\ntv-1,,Thư viện,Thư viện A\ntv-2,,Library,Thư viện B\n"
    for language in LANGUAGES:
        with translation.override(language):
            assert [one.kind for one in units.rows_of_csv(text)] == ["library", "library"]


def test_a_reform_file_made_in_one_language_is_read_in_the_other(campaign):
    step = Step(Doing.NEW, "tv-moi", name="Thư viện mới", kind="library", parent_key="ubnd-585", line=2)
    for made_in, read_in in (LANGUAGES, LANGUAGES[::-1]):
        with translation.override(made_in):
            data = reform_files.steps_file([step])
        with translation.override(read_in):
            assert [one.kind for one in reform_files.given_file(data).steps] == ["library"]


def test_a_directory_made_in_one_language_changes_nothing_when_read_in_the_other(campaign):
    for made_in, read_in in (LANGUAGES, LANGUAGES[::-1]):
        with translation.override(made_in):
            data = contacts_file(Contact.objects.all(), Unit.objects.in_bulk())
        with translation.override(read_in):
            looked = read_contacts_file(data)
        assert (looked.same, looked.new, looked.changed, looked.problems) == (Contact.objects.count(), [], [], [])


class Refused(Refusal):
    message = N_("“%(name)s” không hoạt động vào ngày %(day)s.")


def test_a_sentence_is_translated_and_then_filled_in(campaign):
    refused = Refused(name="Trường A", day=Day(IN_TIME.date()))
    row_of = Sentence(N_("Dòng %(line)s: %(why)s"), {"line": 3, "why": refused})
    assert str(row_of).startswith("Dòng 3: “Trường A” không hoạt động vào ngày ")
    with translation.override("en"):
        assert speech.said(row_of).startswith("Row 3: “Trường A” is not active on ")
    assert speech.said(row_of) == str(row_of)


def test_what_was_stored_in_vietnamese_is_found_again(campaign):
    with translation.override("en"):
        assert speech.kept("Không kết nối được máy chủ thư. (TimeoutError)").endswith("reached. (TimeoutError)")
        assert speech.kept("“Trường A” không hoạt động vào ngày 5/9.") == "“Trường A” is not active on 5/9."
        assert speech.kept("550 no such user") == "550 no such user"
    assert speech.kept("Không kết nối được máy chủ thư. (X)") == "Không kết nối được máy chủ thư. (X)"
