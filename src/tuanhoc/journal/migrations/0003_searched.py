from django.db import migrations, models

from tuanhoc.journal.protection import unlocked
from tuanhoc.journal.rules import words_of

_CHUNK = 500


def fill(apps, schema_editor):
    """Let search find what was written before it could."""
    entry = apps.get_model("journal", "Entry")
    using = schema_editor.connection.alias
    standing = entry.objects.using(using).filter(words="").order_by("pk")
    if not standing.exists():
        return
    with unlocked(using):
        last = 0
        while chunk := list(standing.filter(pk__gt=last)[:_CHUNK]):
            for one in chunk:
                one.words = words_of(one.by_name, one.details)
            entry.objects.using(using).bulk_update(chunk, ["words"])
            last = chunk[-1].pk


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_of_a_campaign")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="words",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
