from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0006_letters_that_may_have_left'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='duty_ids',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
