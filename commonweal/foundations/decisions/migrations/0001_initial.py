import commonweal.foundations.verbs.refs
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('audit', '0001_initial'),
        ('notices', '0001_initial'),
        ('people', '0001_initial'),
        ('thread', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason_code', models.CharField(choices=[('adopted', 'Yes: we will do this'), ('adapted', 'Yes, in part: we will do something like this'), ('already_so', 'This is done already'), ('not_our_power', 'No: it is not ours to decide'), ('too_costly', 'No: it costs too much'), ('evidence_against', 'No: what we know speaks against it'), ('outvoted', 'No: more people chose something else'), ('unlawful', 'No: the law does not allow it'), ('referred', 'We have passed this on')], max_length=20)),
                ('cost_pence', models.BigIntegerField(null=True)),
                ('referred_to', models.CharField(blank=True, max_length=160)),
                ('drafted_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('cleared_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100, null=True)),
                ('published_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('published_at', models.DateTimeField()),
                ('reply_until', models.DateField()),
                ('is_public', models.BooleanField(default=True)),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='decisions.answer')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
            ],
        ),
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('party', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('asks_implementer', models.BooleanField(default=False)),
                ('asked_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('asked_at', models.DateTimeField()),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.link')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=300)),
                ('rule', models.CharField(max_length=200)),
                ('decided_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('decided_on', models.DateField()),
                ('outcome', models.CharField(max_length=300)),
                ('is_public', models.BooleanField(default=True)),
                ('exempt_because', models.CharField(blank=True, max_length=300)),
                ('recorded_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('recorded_at', models.DateTimeField()),
                ('sent_as', models.UUIDField(null=True, unique=True)),
                ('reasons', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
            ],
        ),
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='decisions.decision')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('party', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='decisions.decision')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='decisions.decision')),
            ],
        ),
        migrations.CreateModel(
            name='Owed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(choices=[('open', 'Nobody has been asked to answer yet'), ('assigned', 'Somebody has been asked to answer'), ('drafted', 'An answer has been written and is being checked'), ('cleared', 'The answer is ready to be published'), ('answered', 'Answered')], default='open', max_length=10)),
                ('owed_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('owed_at', models.DateTimeField()),
                ('first_due_on', models.DateField()),
                ('due_on', models.DateField(db_index=True)),
                ('is_public', models.BooleanField(default=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('because', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
            ],
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('before', models.DateField()),
                ('until', models.DateField()),
                ('by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('at', models.DateTimeField()),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
                ('owed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='decisions.owed')),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reason_code', models.CharField(choices=[('adopted', 'Yes: we will do this'), ('adapted', 'Yes, in part: we will do something like this'), ('already_so', 'This is done already'), ('not_our_power', 'No: it is not ours to decide'), ('too_costly', 'No: it costs too much'), ('evidence_against', 'No: what we know speaks against it'), ('outvoted', 'No: more people chose something else'), ('unlawful', 'No: the law does not allow it'), ('referred', 'We have passed this on')], max_length=20)),
                ('cost_pence', models.BigIntegerField(null=True)),
                ('referred_to', models.CharField(blank=True, max_length=160)),
                ('drafted_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('cleared_by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100, null=True)),
                ('is_current', models.BooleanField(default=True)),
                ('drafted_at', models.DateTimeField()),
                ('cleared_at', models.DateTimeField(null=True)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.answer')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
                ('owed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='decisions.owed')),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('by', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('at', models.DateTimeField()),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.link')),
                ('owed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='decisions.owed')),
            ],
        ),
        migrations.AddField(
            model_name='answer',
            name='owed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='decisions.owed'),
        ),
        migrations.CreateModel(
            name='OwedLine',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('contribution', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('owed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='decisions.owed')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='decisions.answer')),
                ('keyed_in_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.owedline')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
                ('words', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
            ],
        ),
        migrations.CreateModel(
            name='Assent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('subject', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('party', commonweal.foundations.verbs.refs.RefField(db_index=True, max_length=100)),
                ('number', models.PositiveSmallIntegerField()),
                ('stance', models.CharField(choices=[('assent', 'Agrees'), ('reservation', 'Agrees, with a reservation'), ('dissent', 'Does not agree')], max_length=12)),
                ('given_on', models.DateField()),
                ('at', models.DateTimeField()),
                ('sent_as', models.UUIDField(null=True, unique=True)),
                ('keyed_in_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('link', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.link')),
                ('on_word_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='thread.step')),
                ('words', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.words')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'party', 'number'), name='a_party_says_one_thing_after_another'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), models.Q(('link', None), _negated=True), ('keyed_in_by', None)), models.Q(models.Q(('person', None), _negated=True), ('link', None), ('keyed_in_by', None)), models.Q(('person', None), ('link', None), models.Q(('keyed_in_by', None), _negated=True)), _connector='OR'), name='an_assent_is_given_by_a_person_with_a_link_or_keyed_in'), models.CheckConstraint(condition=models.Q(models.Q(('keyed_in_by', None), ('on_word_of', None)), models.Q(models.Q(('keyed_in_by', None), _negated=True), models.Q(('on_word_of', None), _negated=True)), _connector='OR'), name='what_is_keyed_in_says_how_we_know'), models.CheckConstraint(condition=models.Q(('stance', 'assent'), models.Q(('words', None), _negated=True), _connector='OR'), name='who_does_not_simply_agree_says_why')],
            },
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('is_public', True), models.Q(('exempt_because', ''), _negated=True), _connector='OR'), name='an_exempt_decision_says_why'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('decision', 'place'), name='an_option_has_its_own_place'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(fields=('decision', 'text'), name='an_option_is_put_once'),
        ),
        migrations.AddIndex(
            model_name='owed',
            index=models.Index(fields=['state', 'due_on'], name='owed_by_state_and_date'),
        ),
        migrations.AddConstraint(
            model_name='owed',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('first_due_on'))), name='an_extension_never_brings_a_date_forward'),
        ),
        migrations.AddConstraint(
            model_name='owed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', False), ('state', 'answered')), models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', True)), _connector='OR'), name='what_is_answered_says_when'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.UniqueConstraint(fields=('owed', 'number'), name='one_extension_follows_another'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('before'))), name='an_extension_gives_more_time'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('owed',), name='one_draft_is_current'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('cleared_by', None), models.Q(('cleared_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='nobody_clears_their_own_draft'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cleared_at', None), ('cleared_by', None)), models.Q(models.Q(('cleared_by', None), _negated=True), models.Q(('cleared_at', None), _negated=True)), _connector='OR'), name='what_is_cleared_says_when_and_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('reason_code', 'too_costly'), _negated=True), ('cost_pence__gt', 0), _connector='OR'), models.Q(models.Q(('reason_code', 'referred'), _negated=True), models.Q(('referred_to', ''), _negated=True), _connector='OR')), name='a_draft_says_how_much_and_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('owed', 'number'), name='one_assignment_follows_another'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects', None)), fields=('owed',), name='what_is_owed_is_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cleared_by', None), _negated=True), models.Q(('cleared_by', models.F('drafted_by')), _negated=True)), name='a_published_answer_was_cleared_by_somebody_else'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('reason_code', 'too_costly'), _negated=True), ('cost_pence__gt', 0), _connector='OR'), models.Q(models.Q(('reason_code', 'referred'), _negated=True), models.Q(('referred_to', ''), _negated=True), _connector='OR')), name='an_answer_says_how_much_and_to_whom'),
        ),
        migrations.AddConstraint(
            model_name='owedline',
            constraint=models.UniqueConstraint(fields=('owed', 'contribution'), name='an_answer_covers_a_contribution_once'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(fields=('answer', 'line'), name='an_answer_is_replied_to_once'),
        ),
    ]
