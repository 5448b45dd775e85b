"""Words of the form join the search texts of what was saved before ``rules.search_texts`` added them."""

from django.db import migrations
from django.db.models import Value
from django.db.models.functions import Concat


def add_words(apps, schema_editor):
    held_online = apps.get_model("activities", "Activity").objects.filter(form__in=["online", "both"])
    held_online.update(
        search_folded=Concat("search_folded", Value(" truc tuyen online")),
        search_marked=Concat("search_marked", Value(" trực tuyến online")),
    )


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_what_could_not_be_read")]

    operations = [migrations.RunPython(add_words, migrations.RunPython.noop)]
