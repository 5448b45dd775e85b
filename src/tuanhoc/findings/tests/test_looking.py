"""A look that remembers the last finds what a look at everything finds, and reads far less."""

import datetime as dt
import random
import uuid
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import IN_TIME, registered, row, unit_of, week

from tuanhoc.activities.models import Activity, State
from tuanhoc.findings import actions, queries
from tuanhoc.findings.models import Finding, Search
from tuanhoc.findings.rules import Areas, look, looking, search
from tuanhoc.findings.tests.test_rules import AREAS, CONTENTS, DAY, PLACES, rows

changes = st.lists(
    st.tuples(
        st.integers(0, 7), st.sampled_from(("drop", "copy", "content", "place", "day", "host", "speaker")),
        st.integers(0, 20),
    ),
    max_size=4,
)  # fmt: skip


def changed(listed, asked):
    """Return the rows after some were dropped, written once more, or written otherwise."""
    listed = list(listed)
    for at, what, chosen in asked:
        if not listed:
            break
        place = at % len(listed)
        one = listed[place]
        if what == "drop":
            listed.pop(place)
            continue
        if what == "copy":
            listed.append(replace(one, activity_id=100 + len(listed) + place, note=f"lần {chosen}"))
            continue
        listed[place] = replace(
            one,
            **{
                "content": {"content": CONTENTS[chosen % len(CONTENTS)]},
                "place": {"place": PLACES[chosen % len(PLACES)]},
                "day": {"held_on": DAY + dt.timedelta(days=chosen % 3)},
                "host": {"host": "UBND xã Lâm Sơn" if chosen % 2 else ""},
                "speaker": {"contact": "TS. Lê Văn Minh"},
            }[what],
        )
    return list({one.activity_id: one for one in listed}.values())


@pytest.mark.parametrize("much", [looking.MUCH, 1.0])
@given(rows, changes)
@settings(max_examples=60, deadline=None)
def test_what_stands_and_what_is_found_anew_is_what_a_look_at_everything_finds(much, listed, asked):
    after = changed(listed, asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(looking, "MUCH", much)
        looked = look(after, AREAS, "1", look(listed, AREAS, "1").memory)

    stands = [f for f in search(listed, AREAS) if {f.one.activity_id, f.other.activity_id} <= looked.still]
    by_id = {one.activity_id: one for one in after}
    assert all(by_id[f.one.activity_id] == f.one and by_id[f.other.activity_id] == f.other for f in stands)
    told = [(f.kind, f.one, f.other, f.score, f.reasons, f.about) for f in (*stands, *looked.found)]
    wanted = [(f.kind, f.one, f.other, f.score, f.reasons, f.about) for f in search(after, AREAS)]
    assert sorted(told, key=repr) == sorted(wanted, key=repr)
    assert looked.memory == look(after, AREAS, "1").memory


def many():
    """Return a row each of 60 units, most of them unlike each other."""
    from tuanhoc.findings.rules import Row

    return [
        Row(n, n, f"Trường Tiểu học số {n}", 3, DAY, place="Sân trường", content=f"Buổi alpha{n} beta{n} gamma{n}")
        for n in range(1, 61)
    ]


@pytest.fixture
def read_rows(monkeypatch):
    """Return the ids of the rows whose words were read."""
    ids = []
    real = looking.read

    def noting(listed, areas):
        listed = list(listed)
        ids.extend(one.activity_id for one in listed)
        return real(listed, areas)

    monkeypatch.setattr(looking, "read", noting)
    return ids


def test_a_changed_row_and_what_it_could_pair_with_are_read_and_nothing_else(read_rows):
    before = many()
    memory = look(before, AREAS, "1").memory
    read_rows.clear()
    after = [replace(before[0], content=before[6].content, place="Nhà văn hóa xã"), *before[1:]]
    look(after, AREAS, "1", memory)
    assert sorted(read_rows) == [1, 7]


@pytest.mark.parametrize("spoiled", ["rules", "areas", "cut short"])
def test_other_rules_other_areas_or_a_spoiled_memory_mean_a_look_at_everything(read_rows, spoiled):
    memory = look(many(), AREAS, "1").memory
    read_rows.clear()
    fewer = Areas.of(area for area in AREAS.by_id.values() if area.id != 5)
    looked = {
        "rules": lambda: look(many(), AREAS, "2", memory),
        "areas": lambda: look(many(), fewer, "1", memory),
        "cut short": lambda: look(many(), AREAS, "1", memory[:-7]),
    }[spoiled]()
    assert (len(read_rows), looked.still) == (60, frozenset())


def standing():
    """Return what the desk lists."""
    found = Finding.objects.filter(is_standing=True)
    return sorted(map(repr, found.values_list("kind", "pair", "first", "second", "score", "reasons", "about")))


def wanted(campaign):
    found = {(f.kind, f.pair): f for f in reversed(search(queries.rows_of(campaign), queries.areas_of(campaign)))}
    return sorted(
        repr((f.kind, f.pair, f.one.activity_id, f.other.activity_id, f.score, list(f.reasons), f.about))
        for f in found.values()
    )


KEYS = ("xa-lamson", "th-lamson", "ubnd-585", "ubnd-586", "so-tttt", "tv-58", "xa-nhonhai")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_change_the_list_is_that_of_a_search_through_everything(seed):
    chance, campaign = random.Random(seed), week()

    def draft():
        place = chance.choice(("Hội trường UBND xã Lâm Sơn", "Nhà văn hóa xã", "Sân trường", ""))
        return row(chance.choice(CONTENTS[:7]), place=place, starts_at=chance.choice((None, dt.time(8), dt.time(9))))

    for key in KEYS:
        registered(unit_of(campaign, key), [draft() for _ in range(4)])
    actions.look_again(campaign, at=IN_TIME)
    assert standing() == wanted(campaign) != []
    for turn in range(6):
        pks = list(Activity.objects.values_list("pk", flat=True).order_by("pk"))
        one = Activity.objects.get(pk=chance.choice(pks))
        match chance.randrange(4):
            case 0:
                one.content, one.place = draft().content, chance.choice(("Hội trường UBND xã Lâm Sơn", ""))
            case 1:
                one.cancelled_at = None if one.cancelled_at else IN_TIME
            case 2:
                one.pk, one.uid, one.note = None, uuid.uuid4(), f"chép lần {turn}"
            case _:
                one.registration.state = State.RETURNED if one.registration.state == State.ACCEPTED else State.ACCEPTED
                one.registration.save()
        one.sequence += 1
        one.save()
        actions.look_again(campaign, at=IN_TIME + dt.timedelta(hours=turn))
        assert standing() == wanted(campaign)


@pytest.mark.django_db
def test_a_look_that_another_window_overtook_looks_anew(monkeypatch):
    campaign = week()
    registered(unit_of(campaign, "xa-lamson"), [row(place="Nhà văn hóa xã")])
    actions.look_again(campaign, at=IN_TIME)
    registered(unit_of(campaign, "th-lamson"), [row(place="Nhà văn hóa xã Lâm Sơn")])
    real, calls = actions.look, []

    def overtaken(*given):
        calls.append(given)
        if len(calls) == 1:
            Search.objects.update(stamp="another", memory=b"")
        return real(*given)

    monkeypatch.setattr(actions, "look", overtaken)
    actions.look_again(campaign, at=IN_TIME)
    assert len(calls) == 2
    assert standing() == wanted(campaign) != []
