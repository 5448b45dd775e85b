"""The form of an activity is among the words it is found by, also where it was saved before that was so."""

from importlib import import_module

import pytest
from django.apps import apps
from tests.builders import registered, row, unit_of, week

from tuanhoc.activities.models import Activity

pytestmark = pytest.mark.django_db
migration = import_module("tuanhoc.activities.migrations.0005_the_form_is_searched_too")


def test_what_was_saved_before_gets_the_words_that_saving_gives_now():
    registered(unit_of(week(), "tv-58"), [row("A", form="online"), row("B", form="both"), row("C", form="in_person")])
    saved = list(Activity.objects.order_by("pk").values_list("search_folded", "search_marked"))
    for activity in Activity.objects.all():
        activity.search_folded = activity.search_folded.removesuffix(" truc tuyen online")
        activity.search_marked = activity.search_marked.removesuffix(" trực tuyến online")
        activity.save()

    migration.add_words(apps, None)

    assert list(Activity.objects.order_by("pk").values_list("search_folded", "search_marked")) == saved
    assert [folded.endswith(" truc tuyen online") for folded, _ in saved] == [True, True, False]
