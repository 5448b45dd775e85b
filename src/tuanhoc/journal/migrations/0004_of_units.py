import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("journal", "0003_searched")]

    operations = [
        migrations.CreateModel(
            name="EntryUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit_id", models.BigIntegerField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="units", to="journal.entry"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit_id", "entry"), name="journal_unit_named_once")]
            },
        ),
    ]
