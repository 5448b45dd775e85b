"""What is said about a link twice waits once; of those that two clicks at one moment made, the last words wait."""

from django.db import migrations, models
from django.db.models import Q

_SAME = ("campaign_id", "kind", "unit_id", "unit_words", "email", "phone")


def settle_what_was_said_twice(apps, schema_editor):
    requests = apps.get_model("accounts", "LinkRequest").objects
    seen = set()
    for request in requests.filter(answered_at=None).order_by("-pk"):
        same = tuple(getattr(request, name) for name in _SAME)
        if same in seen:
            requests.filter(pk=request.pk).update(answered_at=request.made_at, answered_by="Hệ thống")
        seen.add(same)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_sign_ins")]

    operations = [
        migrations.RunPython(settle_what_was_said_twice, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="linkrequest",
            constraint=models.UniqueConstraint(
                name="the_same_of_a_unit_waits_once",
                fields=("campaign_id", "kind", "unit", "unit_words", "email", "phone"),
                condition=Q(("answered_at", None), ("unit__isnull", False)),
            ),
        ),
        migrations.AddConstraint(
            model_name="linkrequest",
            constraint=models.UniqueConstraint(
                name="the_same_of_a_name_waits_once",
                fields=("campaign_id", "kind", "unit_words", "email", "phone"),
                condition=Q(("answered_at", None), ("unit", None)),
            ),
        ),
    ]
