"""The index of the roster inside the database: FTS5 on SQLite, an array of hashes on PostgreSQL.

Both hold the same tokens. PostgreSQL keeps each as the first 64 bits of its BLAKE2b: with 32 bits
thousands of tokens of a national roster would share a number and give wrong answers; with 64 the
chance that any two of ten million do is below one in 300,000.
"""

# Table names are this module's constants; all that was typed goes in as parameters.
# ruff: noqa: S608

from hashlib import blake2b
from typing import NamedTuple

from django.db import connection


class Index(NamedTuple):
    """The tables of one index. On PostgreSQL ``tokens`` is a column of ``entries``."""

    entries: str
    tokens: str


MEDIATORS = Index("registry_mediatorentry", "registry_mediatortokens")
ORGANIZATIONS = Index("registry_organizationentry", "registry_organizationtokens")


def is_postgresql():
    return connection.vendor == "postgresql"


def hashed(token):
    """Return the 64-bit number of a token."""
    return int.from_bytes(blake2b(token.encode(), digest_size=8).digest(), signed=True)


def write(index, entries):
    """Add entries to the index. Those of rows that went are taken away by the database itself."""
    with connection.cursor() as cursor:
        if is_postgresql():
            with cursor.copy(
                f"COPY {index.entries} (rank, facets, text, tokens) FROM STDIN"
            ) as copy:
                for rank, tokens, facets, text in entries:
                    copy.write_row((rank, facets, text, [*map(hashed, tokens)]))
        else:
            cursor.executemany(
                f"INSERT INTO {index.entries} (rank, facets, text) VALUES (%s, %s, %s)",
                [(entry.rank, entry.facets, entry.text) for entry in entries],
            )
            cursor.executemany(
                f"INSERT INTO {index.tokens} (rowid, tokens) VALUES (%s, %s)",
                [(entry.rank, " ".join(sorted(entry.tokens))) for entry in entries],
            )


def read(index):
    """Yield ``(rank, tokens, facets, text)`` of every entry, with tokens as they are kept."""
    if is_postgresql():
        source = index.entries
    else:
        source = (
            f"{index.entries} JOIN {index.tokens} ON {index.tokens}.rowid = {index.entries}.rank"
        )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {index.entries}.rank, tokens, facets, text FROM {source}")
        while rows := cursor.fetchmany(1000):
            for rank, tokens, facets, text in rows:
                yield rank, set(tokens if is_postgresql() else tokens.split(" ")), facets, text


def kept(tokens):
    """Return the tokens of an entry in the form in which the index keeps them."""
    return {hashed(token) for token in tokens} if is_postgresql() else set(tokens)


def count(index, tiers, limit):
    """Return how many entries match, at most ``limit``."""
    selects = [select(index, tier, "1") for tier in tiers]
    found = _run(_union(selects, "LIMIT %s", [limit]), "SELECT count(*) FROM ({sql}) AS found")
    return found[0][0]


def matches(index, tiers, limit):
    """Return ``(tier, rank, facets)`` of the matching entries, in any order, at most ``limit``."""
    selects = [
        select(index, tier, f"{number}, {_rank(index, tier)}, facets", with_entries=True)
        for number, tier in enumerate(tiers)
    ]
    return _run(_union(selects, "LIMIT %s", [limit]))


def page(index, tiers, offset, size):
    """Return ``(tier, rank)`` of one page: the better tier first, inside a tier by rank."""
    selects = []
    for number, tier in enumerate(tiers):
        sql, params = select(index, tier, f"{number} AS tier, {_rank(index, tier)} AS rank")
        sql = f"SELECT * FROM ({sql} ORDER BY rank LIMIT %s) AS first{number}"
        selects.append((sql, [*params, offset + size]))
    return _run(_union(selects, "ORDER BY tier, rank LIMIT %s OFFSET %s", [size, offset]))


def select(index, tier, columns, *, with_entries=False):
    """Return the statement and parameters that read the entries of a tier."""
    conditions, params = _token_conditions(index, tier)
    with_entries = with_entries or _needs_entries(tier)
    proofs, proof_params = _text_conditions(tier)
    where = " AND ".join([*conditions, *proofs]) or "1 = 1"
    return f"SELECT {columns} FROM {_source(index, tier, with_entries)} WHERE {where}", [
        *params,
        *proof_params,
    ]


def _run(union, template="{sql}"):
    sql, params = union
    with connection.cursor() as cursor:
        cursor.execute(template.format(sql=sql), params)
        return cursor.fetchall()


def _union(selects, ending, values):
    sql = " UNION ALL ".join(sql for sql, _params in selects)
    return f"{sql} {ending}", [value for _sql, params in selects for value in params] + values


def _needs_entries(tier):
    return not tier.clauses or bool(tier.without) or any(clause.proofs for clause in tier.clauses)


def _source(index, tier, with_entries):
    if is_postgresql() or not tier.clauses:
        return index.entries
    if with_entries:
        return f"{index.tokens} JOIN {index.entries} ON {index.entries}.rank = {index.tokens}.rowid"
    return index.tokens


def _rank(index, tier):
    return "rank" if is_postgresql() or not tier.clauses else f"{index.tokens}.rowid"


def _token_conditions(index, tier):
    if not tier.clauses:
        return [], []
    if is_postgresql():
        return _conditions_on_hashes(tier)
    match = " AND ".join(map(_any_of, (clause.alternatives for clause in tier.clauses)))
    if tier.barred:
        match = f"({match}) NOT {_any_of(tier.barred)}"
    return [f"{index.tokens} MATCH %s"], [match]


def _any_of(alternatives):
    """Say in FTS5's words: all tokens of one alternative. No token holds a quotation mark."""
    each = (" AND ".join(f'"{token}"' for token in tokens) for tokens in alternatives)
    return f"({' OR '.join(f'({tokens})' for tokens in each)})"


def _conditions_on_hashes(tier):
    conditions, params = [], []
    for negation, alternatives in [
        *(("", clause.alternatives) for clause in tier.clauses),
        *([("NOT ", tier.barred)] if tier.barred else []),
    ]:
        holds = " OR ".join("tokens @> %s::bigint[]" for _ in alternatives)
        conditions.append(f"{negation}({holds})")
        params += [[*map(hashed, tokens)] for tokens in alternatives]
    return conditions, params


def _text_conditions(tier):
    """Return what only the text can prove, and what a better tier has shown already."""
    position = "strpos" if is_postgresql() else "instr"
    conditions, params = [], []
    for proofs in filter(None, (clause.proofs for clause in tier.clauses)):
        conditions.append(f"({' OR '.join(f'{position}(text, %s) > 0' for _ in proofs)})")
        params += proofs
    if tier.without:
        shown = " AND ".join(f"{position}(text, %s) > 0" for _ in tier.without)
        conditions.append(f"NOT ({shown})")
        params += tier.without
    return conditions, params
