"""The index of the roster inside the database: FTS5 on SQLite, an array of hashes on PostgreSQL.

Both hold the same tokens. PostgreSQL keeps each as the first 64 bits of its BLAKE2b: with 32 bits
thousands of tokens of a national roster would share a number and give wrong answers; with 64 the
chance that any two of ten million do is below one in 300,000.
"""

# Table names are this module's constants; all that was typed goes in as parameters.
# ruff: noqa: S608

from hashlib import blake2b

from django.db import connection

MEDIATORS = "registry_mediatorindex"
ORGANIZATIONS = "registry_organizationindex"


def is_postgresql():
    return connection.vendor == "postgresql"


def hashed(token):
    """Return the 64-bit number of a token."""
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), signed=True)


def write(table, entries):
    """Add entries to the index. Those of rows that went are taken away by the database itself."""
    with connection.cursor() as cursor:
        if is_postgresql():
            with cursor.copy(f"COPY {table} (rank, tokens, facets, text) FROM STDIN") as copy:
                for entry in entries:
                    numbers = [*map(hashed, entry.tokens)]
                    copy.write_row((entry.rank, numbers, entry.facets, entry.text))
        else:
            cursor.executemany(
                f"INSERT INTO {table} (rowid, tokens, facets, text) VALUES (%s, %s, %s, %s)",
                [(e.rank, " ".join(sorted(e.tokens)), e.facets, e.text) for e in entries],
            )


def read(table):
    """Yield ``(rank, tokens, facets, text)`` of every entry, with tokens as they are kept."""
    key = "rank" if is_postgresql() else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, tokens, facets, text FROM {table}")
        while rows := cursor.fetchmany(1000):
            for rank, tokens, facets, text in rows:
                yield rank, set(tokens if is_postgresql() else tokens.split(" ")), facets, text


def kept(tokens):
    """Return the tokens of an entry in the form in which the index keeps them."""
    return {hashed(token) for token in tokens} if is_postgresql() else set(tokens)


def hits(table, tiers, limit):
    """Return ``(tier, facets)`` of the first rows, tier by tier, inside a tier unsorted."""
    return _run(_selects(table, tiers, "facets"), "LIMIT %s", [limit])


def page(table, tiers, offset, size):
    """Return ``(tier, rank)`` of one page, tier by tier, each by rank."""
    key = "rank" if is_postgresql() else "rowid AS rank"
    selects = [
        (f"SELECT * FROM ({sql} ORDER BY rank LIMIT %s) AS first{number}", [*params, offset + size])
        for number, (sql, params) in enumerate(_selects(table, tiers, key))
    ]
    return _run(selects, "ORDER BY tier, rank LIMIT %s OFFSET %s", [size, offset])


def _run(selects, ending, values):
    sql = " UNION ALL ".join(sql for sql, _params in selects)
    params = [value for _sql, values_of in selects for value in values_of]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} {ending}", [*params, *values])
        return cursor.fetchall()


def _selects(table, tiers, column):
    where = _where_postgresql if is_postgresql() else _where_sqlite
    for number, tier in enumerate(tiers):
        conditions, params = where(table, tier)
        _add_what_the_text_proves(
            "strpos" if is_postgresql() else "instr", tier, conditions, params
        )
        condition = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        yield f"SELECT {number} AS tier, {column} FROM {table} {condition}", params


def _where_sqlite(table, tier):
    match = " AND ".join(
        f"({' OR '.join(f'({_all_of(tokens)})' for tokens in clause.alternatives)})"
        for clause in tier.clauses
    )
    if tier.barred:
        match = f"({match}) NOT ({' OR '.join(map(_quoted, tier.barred))})"
    return ([f"{table} MATCH %s"], [match]) if match else ([], [])


def _all_of(tokens):
    return " AND ".join(map(_quoted, tokens))


def _quoted(token):
    return f'"{token}"'


def _where_postgresql(table, tier):
    conditions, params = [], []
    for clause in tier.clauses:
        holds = " OR ".join("tokens @> %s::bigint[]" for _ in clause.alternatives)
        conditions.append(f"({holds})")
        params += [[*map(hashed, tokens)] for tokens in clause.alternatives]
    if tier.barred:
        conditions.append("NOT tokens && %s::bigint[]")
        params.append([*map(hashed, tier.barred)])
    return conditions, params


def _add_what_the_text_proves(position, tier, conditions, params):
    for proofs in filter(None, (clause.proofs for clause in tier.clauses)):
        conditions.append(f"({' OR '.join(f'{position}(text, %s) > 0' for _ in proofs)})")
        params += proofs
    if tier.without:
        shown = " AND ".join(f"{position}(text, %s) > 0" for _ in tier.without)
        conditions.append(f"NOT ({shown})")
        params += tier.without
