from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0002_following'),
    ]

    operations = [
        migrations.CreateModel(
            name='WechatMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.CharField(max_length=64, unique=True, verbose_name="hash of the message's number")),
                ('sender_hash', models.CharField(max_length=64, verbose_name='hash of the sender')),
                ('content_hash', models.CharField(max_length=64, verbose_name='hash of the content')),
                ('signature_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the signature')),
                ('query', models.CharField(choices=[('none', 'asks nothing'), ('asked', 'asked'), ('answered', 'answered'), ('refused', 'refused: too many')], default='none', max_length=10, verbose_name='query')),
                ('received_at', models.DateTimeField(db_index=True, verbose_name='received at')),
            ],
            options={
                'verbose_name': 'WeChat message',
                'verbose_name_plural': 'WeChat messages',
                'default_permissions': [],
                'indexes': [models.Index(fields=['sender_hash', 'received_at'], name='wechatmessage_of_sender')],
                'constraints': [models.CheckConstraint(condition=models.Q(('query__in', ['none', 'asked', 'answered', 'refused'])), name='wechatmessage_query_is_known')],
            },
        ),
    ]
