from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0005_calls_of_districts'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='may_have_left',
            field=models.BooleanField(default=False),
        ),
    ]
