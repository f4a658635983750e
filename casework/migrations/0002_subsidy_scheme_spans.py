"""No two schemes of a division rule on one day: an exclusion constraint, which only PostgreSQL has.

On SQLite triggers refuse the same (``casework.models.subsidy_spans``).
"""

from django.db import migrations

UP = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE casework_subsidyscheme ADD CONSTRAINT subsidyscheme_no_overlap "
    "EXCLUDE USING gist (division_id WITH =, daterange(from_on, until_on) WITH &&) "
    "WHERE (state IN ('active', 'retired'))",
]
DOWN = ["ALTER TABLE casework_subsidyscheme DROP CONSTRAINT subsidyscheme_no_overlap"]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for sql in statements:
                schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [migrations.RunPython(run(UP), run(DOWN))]
