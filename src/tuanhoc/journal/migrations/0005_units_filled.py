from django.db import migrations

_CHUNK = 1000


def fill(apps, schema_editor):
    """Let units find what was written before: what names its unit by its path, or is done to a unit."""
    entry, link = apps.get_model("journal", "Entry"), apps.get_model("journal", "EntryUnit")
    using = schema_editor.connection.alias
    rows = entry.objects.using(using)
    last = 0
    fields = ("pk", "unit_path", "on_kind", "on_id")
    while chunk := list(rows.filter(pk__gt=last).order_by("pk").values_list(*fields)[:_CHUNK]):
        found = [(pk, _unit_of(path, kind, number)) for pk, path, kind, number in chunk]
        link.objects.using(using).bulk_create([link(entry_id=pk, unit_id=unit) for pk, unit in found if unit])
        last = chunk[-1][0]


def _unit_of(path, kind, number):
    leaf = path.rstrip("/").rpartition("/")[2]
    if leaf.isdecimal():
        return int(leaf)
    return number if kind == "units.unit" else 0


class Migration(migrations.Migration):
    # Apart from the table: PostgreSQL makes no index on rows that were written in the same transaction.
    dependencies = [("journal", "0004_of_units")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
