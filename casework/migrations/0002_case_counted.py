"""An index that holds all that figures ask of a case, so that the wide rows stay unread.

Measured with ``benchmarks/case_metrics.py``; see docs/performance.md. PostgreSQL carries what is
only read along as INCLUDE; SQLite knows no such thing and has it among the keys.
"""

from django.db import migrations

CARRIED = (
    "id, state, same_as_id, closed_on, agreement, fulfilment, is_voluntary, confirmation, judgment,"
    " organization_id, division_id, dispute_type_id, difficulty_id"
)


def add(apps, schema_editor):
    table = "casework_caserecord"
    if schema_editor.connection.vendor == "postgresql":
        columns = f"(accepted_on) INCLUDE ({CARRIED})"
    else:
        # The row's number is in every index of SQLite.
        columns = f"(accepted_on, {CARRIED.removeprefix('id, ')})"
    schema_editor.execute(f"CREATE INDEX case_counted ON {table} {columns}")


def remove(apps, schema_editor):
    schema_editor.execute("DROP INDEX case_counted")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
