from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0017_standards'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='policy',
            name='policy_key_is_known',
        ),
        migrations.AlterField(
            model_name='policy',
            name='key',
            field=models.CharField(choices=[('filing_limit', 'limit for filing an event'), ('rectification_term', 'term to put a fault right'), ('closure_notice', 'notice before a deregistration'), ('appointment_notice', 'notice before an appointment'), ('edition_notice', 'notice of a roster edition'), ('idle_months', 'months without activity that call for a look'), ('term_years', 'years of a term'), ('term_lead', 'lead time before a term ends'), ('probation_months', 'months of probation'), ('reentry_months', 'months before a dismissed person may be nominated again'), ('entry_age_most', 'highest age at entry'), ('star_years', 'years until a star rating is checked again'), ('expert_years', "years of an expert's term"), ('expert_age_below', 'age an expert must be under'), ('forecast_months', 'months for which legality is forecast')], max_length=30, verbose_name='what it sets'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('key__in', ['filing_limit', 'rectification_term', 'closure_notice', 'appointment_notice', 'edition_notice', 'idle_months', 'term_years', 'term_lead', 'probation_months', 'reentry_months', 'entry_age_most', 'star_years', 'expert_years', 'expert_age_below', 'forecast_months'])), name='policy_key_is_known'),
        ),
    ]
