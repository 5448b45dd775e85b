"""The table of a duty's owners gets what each owner says of it; who owns what stays as it is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0006_head_confirms_and_joining"),
        ("files", "0002_quarantine"),
    ]

    operations = [
        # The table is there since 0001, made for ``Duty.owners``: only its model is new.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        (
                            "duty",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="campaigns.duty"
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                db_column="rosterunit_id", on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments", to="campaigns.rosterunit",
                            ),
                        ),
                    ],
                    options={"db_table": "campaigns_duty_owners", "unique_together": {("duty", "host")}},
                ),
                migrations.AlterField(
                    model_name="duty",
                    name="owners",
                    field=models.ManyToManyField(
                        related_name="duties", through="campaigns.Assignment", to="campaigns.rosterunit"
                    ),
                ),
            ],
        ),
        migrations.AlterModelTable(name="assignment", table=None),
        migrations.AddField(
            model_name='assignment',
            name='evidence_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='evidence_link',
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='assignment',
            name='obstacle',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='assignment',
            name='said_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='said_by',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='assignment',
            name='state',
            field=models.CharField(choices=[('none', 'Chưa bắt đầu'), ('doing', 'Đang làm'), ('done', 'Đã xong'), ('waived', 'Không áp dụng')], default='none', max_length=10),
        ),
        migrations.AddField(
            model_name='assignment',
            name='version',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='assignment',
            name='words',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='host',
            field=models.ForeignKey(db_column='rosterunit_id', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='campaigns.rosterunit'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('host__isnull', True)), fields=('duty',), name='the_coordinator_owns_a_duty_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'waived'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='not_applicable_says_why'),
        ),
    ]
