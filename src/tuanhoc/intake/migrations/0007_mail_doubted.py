from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_mail")]

    operations = [
        migrations.AddField(
            model_name="mailmessage", name="is_doubted", field=models.BooleanField(default=False)
        ),
    ]
