"""Codes count who tried them; recipients are told what became of a person."""

import django.db.models.deletion
import izin.lib.ids
import izin.organisations.scope
import izin.organisations.tenancy
from django.db import migrations, models

from izin.organisations.tenancy import Isolate


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_jobs'),
        ('accountability', '0002_walls'),
        ('rights', '0002_walls'),
    ]

    operations = [
        migrations.AddField(
            model_name='proofcode',
            name='heard_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='proofcode',
            name='message_index',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='proofcode',
            name='sender_index',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='proofcode',
            index=models.Index(fields=['organisation', 'shown_at'], name='proof_code_shown'),
        ),
        migrations.AddIndex(
            model_name='proofcode',
            index=models.Index(fields=['organisation', 'sender_index'], name='proof_code_sender'),
        ),
        migrations.CreateModel(
            name='RecipientNotice',
            fields=[
                ('id', models.UUIDField(default=izin.lib.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject_ref', models.UUIDField()),
                ('kind', models.CharField(choices=[('correct', 'corrected'), ('restrict', 'restricted'), ('erase', 'erased')], max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('how', models.CharField(blank=True, choices=[('email', 'e-mail'), ('letter', 'letter'), ('call', 'phone call'), ('portal', "the recipient's own system")], max_length=8)),
                ('sent_at', models.DateTimeField(null=True)),
                ('sent_by', models.UUIDField(null=True)),
                ('entry_seq', models.BigIntegerField(null=True)),
                ('organisation', models.ForeignKey(db_index=False, default=izin.organisations.scope.current, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.organisation')),
                ('recipient', izin.organisations.tenancy.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accountability.recipient')),
                ('request', izin.organisations.tenancy.TenantForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='rights.subjectrequest')),
            ],
            options={
                'ordering': ['due_on', 'opened_at'],
                'indexes': [models.Index(fields=['organisation', 'subject_ref'], name='notice_subject'), models.Index(condition=models.Q(('sent_at', None)), fields=['organisation', 'due_on'], name='notice_open')],
            },
        ),
        Isolate(
            "RecipientNotice",
            references={"request_id": "rights_subjectrequest", "recipient_id": "accountability_recipient"},
            web="SELECT, INSERT, UPDATE",
        ),
    ]
