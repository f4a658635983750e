"""No two versions of a scheme on one day: an exclusion constraint, which only PostgreSQL has.

On SQLite triggers refuse the same (``grading.models.scheme_guards``).
"""

from django.db import migrations

UP = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    "ALTER TABLE grading_schemeversion ADD CONSTRAINT schemeversion_one_a_day "
    "EXCLUDE USING gist (scheme_id WITH =, daterange(effective_from, effective_until) WITH &&) "
    "WHERE (state IN ('active', 'retired'))",
]
DOWN = ["ALTER TABLE grading_schemeversion DROP CONSTRAINT schemeversion_one_a_day"]


def run(statements):
    def on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for sql in statements:
                schema_editor.execute(sql)

    return on_postgresql


class Migration(migrations.Migration):
    dependencies = [("grading", "0001_initial")]
    operations = [migrations.RunPython(run(UP), run(DOWN))]
