"""A unit is chosen by a part of its name on every page that asks for one; none outside the officer's reach is named."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from tests.builders import registered, row, unit_of, week
from tests.form_files import word_form
from tests.mails import eml

from tuanhoc.accounts.models import Seat, User
from tuanhoc.activities.models import Activity
from tuanhoc.campaigns.models import RosterUnit
from tuanhoc.desk.choosing import MOST, Choice, Chooser, HostChooser, IsItThisUnit, UnitNotFound, WhichUnit
from tuanhoc.desk.tests.test_edited import brought, whole
from tuanhoc.desk.tests.test_inbox import page_of, posted, sent
from tuanhoc.desk.tests.test_mails import decided, drop
from tuanhoc.intake.models import FormFile, MailMessage
from tuanhoc.lib.text import fold, name_key
from tuanhoc.schedule.models import ProposedChange
from tuanhoc.units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_time")]


def joined(campaign, above, *names):
    """Let units of these names join a roster, under one that is there."""
    over, so_far = unit_of(campaign, above), Unit.objects.count()
    units = Unit.objects.bulk_create(
        Unit(key=f"them-{so_far + n}", kind="other", name=name) for n, name in enumerate(names)
    )
    return RosterUnit.objects.bulk_create(
        RosterUnit(
            campaign=campaign, unit=unit, name=unit.name, kind=unit.kind, rank=9, name_order=500 + n,
            name_key=name_key(unit.name), path=f"{over.path}{unit.pk}/", closes_at=over.closes_at,
        )
        for n, unit in enumerate(units)
    )  # fmt: skip


def asked_in(answer):
    """Return of each question of a page the words it is about, and the units offered with their keys."""
    return {
        question.xpath("./input[starts-with(@name, 'cho-')]/@value")[0]: {
            label.xpath("./input/@value")[0]: " ".join(label.text_content().split())
            for label in question.xpath(".//label")
        }
        for question in html.fromstring(answer.content).xpath("//fieldset[contains(@class, 'which-unit')]")
    }


def value_of(answer, name):
    return html.fromstring(answer.content).xpath(f"//input[@name='{name}']/@value")


class Places:
    """Every page of the desk that asks for one unit of a Week, with something on it to give to a unit."""

    def __init__(self, client, campaign):
        self.client, self.campaign = client, campaign

    def form(self, typed, **more):
        """A form in the inbox; posts it with these words."""
        form = FormFile.objects.filter(mail=None).first() or sent(self.client, self.campaign, "Công ty Nắng Mới")
        answer = posted(self.client, form, "save", don_vi_khac=typed, **more) if typed else None
        form.refresh_from_db()
        return page_of(form), answer, form.host, "don_vi_khac"

    def mail(self, typed, **more):
        if not MailMessage.objects.exists():
            drop(self.client, self.campaign, {"a.eml": eml(("a.docx", word_form("Công ty Ánh Dương")))})
        message, form = MailMessage.objects.get(), FormFile.objects.exclude(mail=None).get()
        name = f"ten-{form.pk}"
        fields = {"do": f"unit:{form.pk}", name: typed, **more}
        answer = decided(self.client, self.campaign, message, **fields) if typed else None
        form.refresh_from_db()
        return reverse("desk:mail", args=[self.campaign.code, message.pk]), answer, form.host, name

    def mails(self, typed, **more):
        _address, answer, host, name = self.mail(typed, tu="cho", q="", trang="1", **more)
        return reverse("desk:mails", args=[self.campaign.code]), answer, host, name

    def invite(self, typed, **more):
        address = reverse("desk:invite", args=[self.campaign.code])
        fields = {"email": "moi@huyen.vn", "name": "Anh Mới", "role": "officer", "unit": typed, **more}
        return address, self.client.post(address, fields) if typed else None, self._seat("moi@huyen.vn"), "unit"

    def user(self, typed, **more):
        person = User.objects.filter(email="lan@huyen.vn").first() or User.objects.create_user("lan@huyen.vn")
        if not person.seats.exists():
            Seat.objects.create(user=person, role="viewer", unit=unit_of(self.campaign, "so-tttt").unit)
        address, fields = reverse("desk:user", args=[person.pk]), {"do": "seat", "role": "officer", "unit": typed}
        return address, self.client.post(address, fields | more) if typed else None, self._seat(person.email), "unit"

    def edited(self, typed, **more):
        change = ProposedChange.objects.first()
        if change is None:
            registered(unit_of(self.campaign, "so-tttt"), [row("Bản tin truyền thanh")])
            brought(self.client, *whole(self.campaign))
            change = ProposedChange.objects.get()
            line = change.line | {"unit": "Đơn vị lạ"}
            ProposedChange.objects.update(host=None, kind="added", activity=None, before={}, line=line, after=line)
        address = reverse("desk:edited", args=[change.edited_id])
        fields = {"do": "accept", "change": change.pk, "unit": typed, "trang-thai": "waiting", "trang": "1", **more}
        for host in self.campaign.roster.filter(unit__key=more.get("chon-0", "")):
            registered(host)  # lines go into what a unit has handed in
        answer = self.client.post(address, fields) if typed else None
        added = Activity.objects.filter(content="Bản tin truyền thanh").last()
        host = added.registration.host if added else None
        return address, answer, host if host and host.unit.key != "so-tttt" else None, "unit"

    def _seat(self, email):
        seat = Seat.objects.filter(user__email=email, role="officer").select_related("unit").first()
        return unit_of(self.campaign, seat.unit.key) if seat and seat.unit else None


PAGES = ("form", "mail", "mails", "invite", "user", "edited")
each_page = pytest.mark.parametrize("name", PAGES)


@pytest.fixture
def places(officer, campaign):
    return Places(officer, campaign)


@each_page
def test_no_page_carries_the_list_of_units(places, officer, campaign, name):
    address, *_ = getattr(places, name)("")
    joined(campaign, "xa-nhonhai", "Câu lạc bộ Đọc sách Nhơn Hải")
    page = officer.get(address).content.decode()
    assert "<datalist" not in page
    assert "Câu lạc bộ Đọc sách" not in page


@each_page
def test_what_is_typed_is_said_back_asked_about_and_once_chosen_taken(places, campaign, name):
    joined(campaign, "xa-nhonhai", "Câu lạc bộ Đọc sách", "Câu lạc bộ Thơ")
    post = getattr(places, name)

    _address, answer, host, field = post("Xã Không Có")
    assert "Chưa tìm thấy đơn vị nào có “Xã Không Có” trong tên hoặc mã." in answer.content.decode()
    assert (host, asked_in(answer), value_of(answer, field)) == (None, {}, ["Xã Không Có"])

    _address, answer, host, _field = post("cau lac bo")
    [(words, offered)] = asked_in(answer).items()
    assert "Chưa rõ “cau lac bo” là đơn vị nào." in answer.content.decode()
    assert (host, words, value_of(answer, field)) == (None, "cau lac bo", ["cau lac bo"])
    assert sorted(offered.values()) == [
        "Câu lạc bộ Thơ UBND xã Nhơn Hải", "Câu lạc bộ Đọc sách UBND xã Nhơn Hải",
    ]  # fmt: skip

    # A part that one unit alone has is only a hint: the person says yes.
    _address, answer, host, _field = post("thơ bộ")
    assert "Có phải “thơ bộ” là Câu lạc bộ Thơ không?" in answer.content.decode()
    [(words, offered)] = asked_in(answer).items()
    ticked = html.fromstring(answer.content).xpath("//input[@name='chon-0'][@checked]/@value")
    assert (host, ticked) == (None, list(offered))

    *_, host, _field = post("thơ bộ", **{"cho-0": words, "chon-0": ticked[0]})
    assert host.name == "Câu lạc bộ Thơ"


@each_page
def test_no_unit_of_another_week_is_offered_or_taken(places, campaign, name):
    other = week("ninh-thuan-khac")
    [there] = joined(other, "xa-nhonhai", "Câu lạc bộ Đọc sách")
    _address, answer, host, _field = getattr(places, name)("câu lạc bộ")
    assert (host, asked_in(answer)) == (None, {})
    forged = {"cho-0": "câu lạc bộ", "chon-0": there.unit.key}
    assert getattr(places, name)("câu lạc bộ", **forged)[2] is None
    assert getattr(places, name)(f"Câu lạc bộ Đọc sách ({there.unit.key})")[2] is None


@pytest.mark.parametrize("name", ["form", "mail"])
def test_a_district_is_offered_its_own_units_alone(district, campaign, name):
    places = Places(district, campaign)
    _address, answer, host, _field = getattr(places, name)("ubnd")
    [offered] = asked_in(answer).values()
    assert (host, set(offered)) == (None, {"ubnd-585", "xa-lamson"})
    assert getattr(places, name)("ubnd", **{"cho-0": "ubnd", "chon-0": "xa-nhonhai"})[2] is None
    assert getattr(places, name)("UBND xã Nhơn Hải")[2] is None


def test_a_district_gives_lines_of_its_schedule_to_its_own_units_alone(district, campaign):
    host = unit_of(campaign, "ubnd-585")
    registered(unit_of(campaign, "th-lamson"), [row("Bản tin truyền thanh")])
    brought(
        district, reverse("schedule:of_unit", args=[host.pk, "docx"]), reverse("schedule:bring_of_unit", args=[host.pk])
    )
    ProposedChange.objects.update(host=None, kind="added", activity=None, before={})
    change = ProposedChange.objects.get()
    fields = {"do": "accept", "change": change.pk, "unit": "ubnd"}
    answer = district.post(reverse("desk:edited", args=[change.edited_id]), fields)
    [offered] = asked_in(answer).values()
    assert set(offered) == {"ubnd-585", "xa-lamson"}


@each_page
def test_as_many_queries_for_many_units_as_for_few(places, campaign, name):
    counts = []
    for n in range(2):
        joined(campaign, "xa-nhonhai", *(f"Câu lạc bộ {n} số {k}" for k in range(2 + 40 * n)))
        getattr(places, name)("")
        with CaptureQueriesContext(connection) as seen:
            answer = getattr(places, name)("cau lac bo")[1]
        counts.append(len(seen))
        assert len(next(iter(asked_in(answer).values()))) == (MOST if n else 2)
    assert counts[1] <= counts[0]


def test_lines_and_places_typed_before_the_question_stay_on_the_screen(officer, campaign):
    form = sent(officer, campaign, "Công ty Nắng Mới", foot=["Xe đón lúc 6 giờ"])
    typed = {"r-0-place": "Sân vận động huyện", "u-0": "0", "o-0": "place"}
    page = html.fromstring(posted(officer, form, "place", don_vi_khac="ubnd", **typed).content)
    [place] = page.xpath("//*[@name='r-0-place']")
    assert (place.value or place.text) == "Sân vận động huyện"
    assert [page.xpath(f"//select[@name='{one}']")[0].value for one in ("u-0", "o-0")] == ["0", "place"]
    assert len(page.xpath("//details[contains(@class, 'form-unit')][@open]")) == 1


def test_a_message_asked_about_from_the_list_leads_back_to_its_place_in_the_list(officer, campaign):
    drop(officer, campaign, {"a.eml": eml(("a.docx", word_form("Công ty A")), ("b.docx", word_form("Công ty B")))})
    message, (first, second) = MailMessage.objects.get(), FormFile.objects.order_by("pk")
    place = {"tu": "cho", "q": "cong ty", "trang": "1"}
    typed = {f"ten-{first.pk}": "ubnd", f"ten-{second.pk}": "truong lam"}
    answer = decided(officer, campaign, message, do=f"unit:{first.pk}", **place, **typed)
    assert {name: value_of(answer, name) for name in (*place, *typed)} == {
        name: [value] for name, value in (place | typed).items()
    }
    assert list(asked_in(answer)) == ["ubnd"]
    chosen = typed | {"cho-0": "ubnd", "chon-0": "ubnd-585"}
    after = decided(officer, campaign, message, do=f"unit:{first.pk}", **place, **chosen)
    assert after.redirect_chain[-1][0] == (
        f"{reverse('desk:mails', args=[campaign.code])}?trang-thai=cho&q=cong+ty&trang=1"
    )


def test_enter_in_a_field_gives_the_form_it_was_typed_for_and_confirms_no_other(officer, campaign):
    """Enter presses the first button of the message's form, whatever field it is pressed in."""
    forms = [(f"{unit}.docx", word_form(unit)) for unit in ("Công ty A", "Công ty B")]
    drop(officer, campaign, {"a.eml": eml(*forms)})
    message, (first, second) = MailMessage.objects.get(), FormFile.objects.order_by("pk")
    address = reverse("desk:mail", args=[campaign.code, message.pk])
    enter = {"do": html.fromstring(officer.get(address).content).xpath("//article//button/@value")[0]}
    decided(officer, campaign, message, **enter, **{f"ten-{first.pk}": "", f"ten-{second.pk}": "xa-nhonhai"})
    both = {f"ten-{first.pk}": "xa-lamson", f"ten-{second.pk}": "th-lamson"}
    unclear = decided(officer, campaign, message, **enter, **both)
    assert value_of(unclear, f"ten-{first.pk}") == ["xa-lamson"]
    assert list(FormFile.objects.order_by("pk").values_list("host__unit__key", "state")) == [
        (None, "read"), ("xa-nhonhai", "read"),
    ]  # fmt: skip
    # Once a question was asked, Enter does what it was asked for.
    asked = decided(officer, campaign, message, do=f"confirm:{first.pk}", **{f"ten-{first.pk}": "ubnd"})
    assert html.fromstring(asked.content).xpath("//article//button/@value")[0] == f"confirm:{first.pk}"


def test_a_unit_once_chosen_is_written_out_while_something_else_is_mended(places):
    answer = places.invite("hải nhơn", email="không phải thư", **{"cho-0": "hải nhơn", "chon-0": "xa-nhonhai"})[1]
    assert (value_of(answer, "unit"), asked_in(answer)) == (["UBND xã Nhơn Hải (xa-nhonhai)"], {})
    assert value_of(answer, "name") == ["Anh Mới"]


def test_units_of_one_name_are_told_apart_by_whom_they_are_under(places, campaign):
    joined(campaign, "xa-nhonhai", "Câu lạc bộ Hưu trí")
    joined(campaign, "xa-lamson", "Câu lạc bộ Hưu trí")
    answer = places.invite("Câu lạc bộ Hưu trí")[1]
    assert sorted(next(iter(asked_in(answer).values())).values()) == [
        "Câu lạc bộ Hưu trí UBND xã Lâm Sơn", "Câu lạc bộ Hưu trí UBND xã Nhơn Hải",
    ]  # fmt: skip
    [offered] = asked_in(places.invite("hưu trí (nhơn hải)")[1]).values()
    assert list(offered.values()) == ["Câu lạc bộ Hưu trí UBND xã Nhơn Hải"]


def test_the_units_nearest_to_what_was_typed_are_offered_first():
    names = ("Sở Thông tin và Truyền thông", "Hội Người cao tuổi phường Thọ Sơn", "Câu lạc bộ Thơ", "Đài An Thới")
    chooser = Chooser([Choice(f"don-vi-{n}", name) for n, name in enumerate(names)], {})
    assert [chooser.key_of(typed) for typed in ("thơ", "tho")] == ["", ""]
    offered = [[unit.name.split()[-1] for unit in question.units] for question in chooser.questions]
    assert offered == [["Thơ", "Sơn", "thông", "Thới"], ["Sơn", "Thơ", "thông", "Thới"]]


def test_whoever_merges_a_commune_is_offered_communes_first_and_never_itself():
    names = [
        "Trung tâm HTCĐ xã Đông Hải", "Trường Tiểu học Công Hải", "UBND xã Công Hải", "UBND xã Đông Hải công cộng",
        "Trung tâm Học tập cộng đồng xã Mỹ Hải", "UBND xã Lợi Hải",
    ]  # fmt: skip
    kinds = ["centre", "school", "commune", "commune", "centre", "commune"]
    choices = [Choice(f"u-{n}", name, kind=kind) for n, (name, kind) in enumerate(zip(names, kinds, strict=True))]

    def offered(typed, **page):
        chooser = Chooser(choices, {}, **page)
        chooser.key_of(typed)
        return [unit.name for unit in chooser.questions[0].units]

    assert offered("Công Hải", kind="commune") == [
        "UBND xã Công Hải", "UBND xã Đông Hải công cộng", "Trường Tiểu học Công Hải",
        "Trung tâm Học tập cộng đồng xã Mỹ Hải",
    ]  # fmt: skip
    assert offered("cong hai")[:2] == ["Trường Tiểu học Công Hải", "UBND xã Công Hải"]  # side by side before apart
    assert offered("Công Hải", kind="commune", besides="u-2")[0] == "UBND xã Đông Hải công cộng"
    assert Chooser(choices, {}, kind="school").key_of("ubnd xa cong hai") == "u-2"  # the name in full, whatever kind
    assert Chooser(choices, {}, besides="u-2").key_of("UBND xã Công Hải") == "u-2"  # refused as what it is


def test_short_names_people_write_are_understood(campaign):
    chooser = HostChooser(campaign, campaign.roster.all(), {})
    assert chooser.host_of("TH Lâm Sơn") == unit_of(campaign, "th-lamson")
    assert chooser.host_of("Sở TT&TT") == unit_of(campaign, "so-tttt")


@pytest.mark.parametrize(
    "typed", ["UBND xã Nhơn Hải", "  ubnd xa nhon hai ", "xa-nhonhai", "UBND xã Nhơn Hải (xa-nhonhai)"]
)
def test_a_name_in_full_or_a_key_is_taken_at_once(campaign, typed):
    assert HostChooser(campaign, campaign.roster.all(), {}).host_of(typed) == unit_of(campaign, "xa-nhonhai")


def test_nothing_is_asked_of_the_database_while_nothing_is_typed(campaign, django_assert_num_queries):
    chooser = HostChooser(campaign, campaign.roster.all(), {"cho-0": "xa", "chon-0": "xa-lamson"})
    with django_assert_num_queries(0):
        assert (chooser.host_of("  "), chooser.written("")) == (None, "")


NAMES = ("UBND xã Lâm Sơn", "UBND xã Nhơn Hải", "Trường THCS Lâm Sơn", "Thư viện tỉnh", "Trường Mầm non Ánh Dương")
CHOICES = [Choice(f"don-vi-{n}", name) for n, name in enumerate(NAMES)]


@given(st.sampled_from(CHOICES), st.data())
def test_any_words_of_a_name_in_any_order_with_or_without_marks_find_its_unit(choice, data):
    words = data.draw(st.lists(st.sampled_from(choice.name.split()), min_size=1, unique=True))
    typed = " ".join(data.draw(st.sampled_from([word, fold(word), word.upper()])) for word in words)
    chooser = Chooser(CHOICES, {})
    key = chooser.key_of(typed)
    assert key == choice.key or choice in chooser.questions[0].units


@given(st.text(max_size=40))
def test_whatever_is_typed_is_taken_asked_about_or_said_back(typed):
    chooser = Chooser(CHOICES, {})
    try:
        key = chooser.key_of(typed)
        chooser.refuse_unclear()
    except (UnitNotFound, WhichUnit, IsItThisUnit):
        return
    assert key in {"", *(choice.key for choice in CHOICES)}
