from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("schedule", "0002_releases_keep_their_issuer_and_counts")]

    operations = [
        migrations.AddField(model_name="release", name="windows", field=models.JSONField(default=list)),
    ]
