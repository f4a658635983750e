"""Twenty classes of question, each drawn from a seed that no design was tuned with."""

import random
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.http import QueryDict

from registry.models import MediatorRow
from registry.search import index
from registry.search.asking import Question
from registry.search.filters import OF_MEDIATORS
from registry.search.folding import fold
from registry.search.pinyin import initials, readings, surname_readings, syllable_runs


class Drawn(NamedTuple):
    """The query part of an address."""

    address: str

    @property
    def question(self):
        return Question(QueryDict(self.address), OF_MEDIATORS)


def drawn(text="", **filters):
    return Drawn(urlencode([("q", text), *filters.items()] if text else list(filters.items())))


def sample(rng, number):
    """Return roster rows from all over the list."""
    ends = MediatorRow.objects.order_by("rank").values_list("mediator_id", flat=True)
    total = ends.count()
    pks = [rng.randrange(1, total + 1) for _ in range(number)]
    found = {row.mediator_id: row for row in MediatorRow.objects.filter(mediator_id__in=pks)}
    return [found[pk] for pk in pks]


def number_of(row):
    return f"{row.division_id // 10**6}{row.mediator_id:09d}"


def spelled(name):
    return "".join((surname_readings(c) if i == 0 else readings(c))[0] for i, c in enumerate(name))


def given(name):
    return "".join(readings(char)[0] for char in name[1:])


def alike(rng, name):
    """Return a name that sounds the same and is written differently."""
    other = {
        "张": "章",
        "章": "张",
        "陈": "沉",
        "王": "汪",
        "李": "里",
        "徐": "许",
        "周": "舟",
        "吴": "武",
        "朱": "猪",
    }
    return (
        other.get(name[0], name[0])
        + name[1:-1]
        + {"伟": "玮", "国": "帼", "明": "铭", "华": "桦"}.get(name[-1], name[-1])
    )


def chinese(rows):
    return [row for row in rows if "·" not in row.name and all(readings(c) for c in row.name)]


def code(row, digits):
    return f"{row.division_id:012d}"[:digits]


# Each class draws one question from a roster row.
CLASSES = {
    "surname": lambda rng, r: drawn(r.name[0]),
    "given name, one character": lambda rng, r: drawn(r.name[-1]),
    "given name, two characters": lambda rng, r: drawn(r.name[-2:]),
    "full name": lambda rng, r: drawn(r.name),
    "full pinyin": lambda rng, r: drawn(spelled(r.name)),
    "pinyin of the surname": lambda rng, r: drawn(surname_readings(r.name[0])[0]),
    "pinyin in words": lambda rng, r: drawn(f"{spelled(r.name[0])} {given(r.name)}"),
    "initials": lambda rng, r: drawn(sorted(initials(r.name), key=len)[-1]),
    "homophone": lambda rng, r: drawn(alike(rng, r.name)),
    "certificate number": lambda rng, r: drawn(number_of(r)),
    "whole organisation": lambda rng, r: drawn(r.organization_name),
    "part of an organisation": lambda rng, r: drawn(r.organization_name[rng.randrange(3) :][:4]),
    "words every name has": lambda rng, r: drawn(
        rng.choice(["人民", "调解", "委员会", "人民调解", "调解委员会"])
    ),
    "speciality as a word": lambda rng, r: drawn(
        rng.choice(["物业", "婚姻", "劳动", "医疗", "土地"])
    ),
    "name and place": lambda rng, r: drawn(f"{r.name[0]} {r.place.split()[-1]}"),
    "surname in a county": lambda rng, r: drawn(r.name[0], division=code(r, 6)),
    "a county": lambda rng, r: drawn(division=code(r, 6)),
    "a province": lambda rng, r: drawn(division=code(r, 2)),
    "three filters": lambda rng, r: drawn(
        level=r.level or "unrated",
        employment=r.employment,
        speciality=r.specialities.split()[0],
        division=code(r, 4),
    ),
    "nobody": lambda rng, r: drawn(r.name[0] + "龘" + r.name[-1]),
}


def questions(seed, number):
    """Return ``number`` questions of each class."""
    rng = random.Random(seed)  # noqa: S311
    rows = chinese(sample(rng, number * 3))
    return {
        name: [draw(rng, rng.choice(rows)) for _ in range(number)] for name, draw in CLASSES.items()
    }


def by_substrings(question, limit):
    """Answer as plain SQL would, reading every row: the primary keys of what is written so.

    Pinyin, initials and numbers are no substrings; for these None.
    """
    if any(word.is_latin for word in question.words):
        return None
    conditions, params = [], []
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    for word in question.words:
        conditions.append(f"{position}(text, %s) > 0")
        params.append(word.text)
    for group in question.groups:
        alternatives = []
        for facet in group:
            if facet[0] == "d":
                low = int(facet[1:].ljust(12, "0"))
                alternatives.append("division_id >= %s AND division_id < %s")
                params += [low, low + 10 ** (12 - len(facet[1:]))]
            else:
                alternatives.append("' ' || facets || ' ' LIKE %s")
                params.append(f"% {facet} %")
        conditions.append(f"({' OR '.join(alternatives)})")
    entries, rows = index.MEDIATORS.entries, MediatorRow._meta.db_table
    sql = (
        f"SELECT {entries}.rank FROM {entries} JOIN {rows} ON {rows}.rank = {entries}.rank "
        f"WHERE {' AND '.join(conditions)} ORDER BY {entries}.rank"
    )
    if limit:
        sql += f" LIMIT {limit:d}"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [rank for (rank,) in cursor.fetchall()]


def by_sounds(asked):
    """Answer questions in Latin letters by asking the name of every row, without the index."""
    wanted = {one: one.question for one in asked}
    by_name, by_number = {}, {}
    rows = MediatorRow.objects.values_list("rank", "name", "mediator_id", "division_id")
    for rank, name, pk, division in rows.order_by("rank").iterator(5000):
        by_name.setdefault(name, []).append(rank)
        by_number[f"{division // 10**6}{pk:09d}"] = rank
    spelled = {name: syllable_runs(fold(name)) | initials(fold(name)) for name in by_name}
    return {
        one: sorted(_matching(question, by_name, spelled, by_number))
        for one, question in wanted.items()
    }


def _matching(question, by_name, spelled, by_number):
    words = {word.pinyin for word in question.words}
    if len(words) == 1 and (number := by_number.get(next(iter(words)))):
        yield number
    for name, ranks in by_name.items():
        if words <= spelled[name]:
            yield from ranks
