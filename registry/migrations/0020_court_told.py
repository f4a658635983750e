from django.db import migrations


def carry_over(apps, schema_editor):
    """Keep on the letter itself on which day the court was told of a deregistration."""
    told = apps.get_model("registry", "Closure").objects.exclude(court_notified_on=None)
    letters = apps.get_model("registry", "CourtNotice").objects
    for closure in told.values("organization_id", "court_notified_on"):
        day = closure["court_notified_on"]
        letters.filter(
            organization=closure["organization_id"],
            subject="deregistration",
            sent_on=None,
            drawn_on__lte=day,
        ).update(sent_on=day)


class Migration(migrations.Migration):
    dependencies = [("registry", "0019_policy_units")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
