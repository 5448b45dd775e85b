"""Of one unit and tree at most one edge holds on any day: said to the database itself, in its own words.

SQLite drops triggers when a later migration remakes the table: such a migration runs ``forwards`` again.
"""

from django.db import migrations

TREES = ("administrative", "association")
_SQLITE = """
CREATE TRIGGER units_no_two_edges_{verb} BEFORE {verb} ON units_reportingedge
WHEN EXISTS (
    SELECT 1 FROM units_reportingedge AS had
    WHERE had.unit_id = NEW.unit_id AND had.tree = NEW.tree AND had.id IS NOT NEW.id
      AND (had.valid_from IS NULL OR NEW.valid_to IS NULL OR had.valid_from <= NEW.valid_to)
      AND (NEW.valid_from IS NULL OR had.valid_to IS NULL OR NEW.valid_from <= had.valid_to)
)
BEGIN SELECT RAISE(ABORT, 'two reporting edges of one unit on one day'); END
"""
#: ``int8range`` of one number, because equality of numbers in GiST would need an extension
_POSTGRESQL = """
ALTER TABLE units_reportingedge ADD CONSTRAINT units_no_two_edges_{tree} EXCLUDE USING gist (
    int8range(unit_id, unit_id, '[]') WITH &&, daterange(valid_from, valid_to, '[]') WITH &&
) WHERE (tree = '{tree}')
"""


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for tree in TREES:
            schema_editor.execute(_POSTGRESQL.format(tree=tree))
    else:
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(_SQLITE.format(verb=verb))


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for tree in TREES:
            schema_editor.execute(f"ALTER TABLE units_reportingedge DROP CONSTRAINT units_no_two_edges_{tree}")
    else:
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER units_no_two_edges_{verb}")


class Migration(migrations.Migration):
    dependencies = [("units", "0004_reforms")]

    operations = [migrations.RunPython(forwards, backwards)]
