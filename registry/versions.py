"""The triggers that write versions: whatever changes a row leaves what it said before.

They are put in place after every migration, because SQLite loses those of a table it rebuilds, and
rows that have no version yet get one then.
"""

# Names of tables and columns come from the models; no value is put into a statement.

from django.db import connections

from registry.models.version import VERSIONS

SQLITE_NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
# How each database says: this moment, today, differs (null is a value).
WORDS = {
    "sqlite": (SQLITE_NOW, "date('now')", "IS NOT"),
    "postgresql": ("clock_timestamp()", "current_date", "IS DISTINCT FROM"),
}
WITHOUT_PERIODS = dict.fromkeys(["period", "new_period", "source_period", "cut", "over"], "")


def install(sender, using, **kwargs):
    """Put the triggers in place. A receiver of ``post_migrate``."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for version in VERSIONS:
        if {version._meta.db_table, version.source._meta.db_table} <= tables:
            with connection.cursor() as cursor:
                for sql in statements(version, connection.vendor):
                    cursor.execute(sql)


def statements(version, vendor):
    """Return the statements that make the triggers of a version table anew and fill its gaps."""
    writer = POSTGRESQL if vendor == "postgresql" else SQLITE
    return [part.format(**names(version, vendor)) for part in [*writer, FILL]]


def names(version, vendor):
    """Return what stands for the placeholders of the statements below."""
    columns, now, _today, differs = columns_of(version), *WORDS[vendor]
    watched = [*columns, *(["effective_on"] if has_periods(version) else [])]
    return {
        "version": version._meta.db_table,
        "source": version.source._meta.db_table,
        "now": now,
        "columns": ", ".join(columns),
        "new": _of("NEW", columns),
        "source_columns": _of("source", columns),
        "changed": " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in watched),
        **(periods(version, vendor) if has_periods(version) else WITHOUT_PERIODS),
    }


def periods(version, vendor):
    """Return the placeholders of a version that has a period of validity."""
    _now, today, _differs = WORDS[vendor]
    new, source = (
        f"COALESCE({_of(row, version.valid_since)}, {today})" for row in ("NEW", "source")
    )
    cut = CUT.format(
        version=version._meta.db_table,
        columns=", ".join(columns_of(version)),
        now="moment" if vendor == "postgresql" else SQLITE_NOW,
        since=new,
    )
    return {
        "period": "valid_from, valid_until, ",
        "new_period": f"{new}, NULL, ",
        "source_period": f"{source}, NULL, ",
        # What was so before the day from which the row reads otherwise stays known.
        "cut": cut,
        "over": f" AND (valid_until IS NULL OR valid_until > {new})",
    }


def has_periods(version):
    """Whether versions of this kind have a period of validity besides that of the record."""
    return hasattr(version, "valid_since")


def _of(row, columns):
    return ", ".join(f"{row}.{name}" for name in columns)


def columns_of(version):
    """Return the columns a version copies."""
    own = {"id", "subject", "recorded_at", "superseded_at", "valid_from", "valid_until"}
    return [f.column for f in version._meta.concrete_fields if f.column not in own]


CUT = (
    "INSERT INTO {version} (subject, recorded_at, valid_from, valid_until, {columns}) "
    "SELECT subject, {now}, valid_from, {since}, {columns} FROM {version} "
    "WHERE subject = NEW.id AND superseded_at IS NULL AND valid_from < {since} "
    "AND (valid_until IS NULL OR valid_until > {since});"
)
FILL = (
    "INSERT INTO {version} (subject, recorded_at, {period}{columns}) "
    "SELECT source.id, {now}, {source_period}{source_columns} FROM {source} AS source "
    "WHERE NOT EXISTS (SELECT 1 FROM {version} "
    "WHERE subject = source.id AND superseded_at IS NULL)"
)
SQLITE = [
    "DROP TRIGGER IF EXISTS {version}_begins",
    "DROP TRIGGER IF EXISTS {version}_goes_on",
    "DROP TRIGGER IF EXISTS {version}_ends",
    "CREATE TRIGGER {version}_begins AFTER INSERT ON {source} BEGIN "
    "INSERT INTO {version} (subject, recorded_at, {period}{columns}) "
    "VALUES (NEW.id, {now}, {new_period}{new}); END",
    "CREATE TRIGGER {version}_goes_on AFTER UPDATE ON {source} WHEN {changed} BEGIN {cut} "
    "UPDATE {version} SET superseded_at = {now} "
    "WHERE subject = NEW.id AND superseded_at IS NULL{over}; "
    "INSERT INTO {version} (subject, recorded_at, {period}{columns}) "
    "VALUES (NEW.id, {now}, {new_period}{new}); END",
    "CREATE TRIGGER {version}_ends AFTER DELETE ON {source} BEGIN "
    "UPDATE {version} SET superseded_at = {now} "
    "WHERE subject = OLD.id AND superseded_at IS NULL; END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION {version}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ "
    "DECLARE moment timestamptz := {now}; BEGIN "
    "IF TG_OP = 'DELETE' THEN UPDATE {version} SET superseded_at = moment "
    "WHERE subject = OLD.id AND superseded_at IS NULL; RETURN NULL; END IF; "
    "IF TG_OP = 'UPDATE' THEN {cut} UPDATE {version} SET superseded_at = moment "
    "WHERE subject = NEW.id AND superseded_at IS NULL{over}; END IF; "
    "INSERT INTO {version} (subject, recorded_at, {period}{columns}) "
    "VALUES (NEW.id, moment, {new_period}{new}); RETURN NULL; END $$",
    "CREATE OR REPLACE TRIGGER {version}_begins AFTER INSERT OR DELETE ON {source} "
    "FOR EACH ROW EXECUTE FUNCTION {version}_keep()",
    "CREATE OR REPLACE TRIGGER {version}_goes_on AFTER UPDATE ON {source} "
    "FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {version}_keep()",
]
