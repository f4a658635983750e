"""No two posts of a person overlap: exclusion constraints, which only PostgreSQL has.

On SQLite triggers refuse the same (``registry.overlaps``); they come back after every migration.
"""

from django.db import migrations

HOLDING = "state IN ('probation', 'in_post', 'suspended', 'ended')"
PERIOD = "daterange(from_on, until_on) WITH &&"
UP = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE registry_appointment ADD CONSTRAINT appointment_no_overlap_in_an_organization "
    f"EXCLUDE USING gist (mediator_id WITH =, organization_id WITH =, {PERIOD}) WHERE ({HOLDING})",
    "ALTER TABLE registry_appointment ADD CONSTRAINT appointment_no_overlap_full_time "
    f"EXCLUDE USING gist (mediator_id WITH =, {PERIOD}) "
    f"WHERE ({HOLDING} AND employment = 'full_time')",
]
DOWN = [
    "ALTER TABLE registry_appointment DROP CONSTRAINT appointment_no_overlap_in_an_organization",
    "ALTER TABLE registry_appointment DROP CONSTRAINT appointment_no_overlap_full_time",
]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for sql in statements:
                schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("registry", "0015_appointments")]
    operations = [migrations.RunPython(run(UP), run(DOWN))]
