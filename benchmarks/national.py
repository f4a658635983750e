"""An invented national roster of any size: public rows and their index, without a register.

Shares are those of the national figures: 3.2 million mediators in 690,000 organisations in 665,000
divisions. Everything is drawn from a seed, so two runs have the same people.
"""

import json
import random
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from registry.city.names import RARE, SURNAMES, WITH_A_DOT
from registry.models import (
    Division,
    Language,
    Level,
    MediatorRow,
    Speciality,
)
from registry.models.division import division_id
from registry.models.public_id import ALPHABET, LENGTH
from registry.models.roster import UNRATED, mediator_rank
from registry.search import index, upkeep
from registry.search.originals import UNRATED_CODE, mask
from registry.search.tokens import entry

TERMS = json.loads((Path(__file__).parent.parent / "fixtures" / "terms.json").read_text())
PLACES = (
    "东西南北上下大小新安平宁清江河湖海山石泉龙凤金银玉柳杨松桥塘坪岭沟湾洲渡口永兴和顺福长太古白云"
)
GIVEN = (
    "伟强军勇杰涛明超刚平辉鹏斌波宇浩凯健俊峰建国华林海江水根良法永祥福荣志忠芳娟敏静丽艳娜秀英慧巧美兰香梅"
    "莲玉珍凤琴萍红霞燕玲婷雪琳颖洁文嘉晨欣子雨一思佳晓春远宁安乐和清逸生成龙学东旭阳光庆元才贵富利民进步"
)
MORE_SURNAMES = dict.fromkeys(
    "黄林罗宋郑梁谢韩唐冯于董萧程曹袁邓吕魏苏卢蔡贾钟田姜范廖邹熊陆郝孔崔康毛邱秦江史顾侯邵孟"
    "龙段雷汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞鲁葛伍韦申尤毕聂丛焦向柳邢"
    "岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫屈鲍位覃霍翁隋"
    "植甘景薄单包司柏宁柯阮桂闵",
    14,
)
BATCH = 5_000
DAY = date(2025, 3, 1)


class Body(NamedTuple):
    """An organisation and the names of the county, township and village it stands in."""

    name: str
    kind: str
    number: int
    places: tuple
    public_id: str


def public_id(rng):
    return "".join(rng.choices(ALPHABET, k=LENGTH))


def place_name(rng, ending):
    return "".join(rng.choices(PLACES, k=2)) + ending


def bodies(rng):
    """Yield organisations spread over provinces, cities, counties, townships and villages."""
    counties = {}
    while True:
        county_code = rng.choice(COUNTIES)
        if county_code not in counties:
            counties[county_code] = (
                place_name(rng, "县"),
                [place_name(rng, "镇") for _ in range(14)],
            )
        county, townships = counties[county_code]
        township_number = rng.randrange(14)
        township = townships[township_number]
        village_number = rng.randrange(1, 17)
        kind = rng.choices(
            ["village", "township", "industry", "enterprise", "studio"], [88, 5, 2, 4, 1]
        )[0]
        code = f"{county_code}{township_number + 100:03d}"
        if kind == "village":
            village = place_name(random.Random(f"{code}{village_number}"), "村")  # noqa: S311
            code += f"{village_number + 200:03d}"
            yield Body(
                f"{township}{village}人民调解委员会",
                kind,
                division_id(code),
                (county, township, village),
                public_id(rng),
            )
        elif kind == "industry":
            field = rng.choice(TERMS["specialities"])["name"]
            yield Body(
                f"{county}{field}纠纷人民调解委员会",
                kind,
                division_id(county_code),
                (county,),
                public_id(rng),
            )
        else:
            name = {"township": "", "enterprise": place_name(rng, "纺织厂"), "studio": "老娘舅"}[
                kind
            ]
            yield Body(
                f"{county}{township}{name}人民调解委员会",
                kind,
                division_id(code),
                (county, township),
                public_id(rng),
            )


PROVINCES = [
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
]
COUNTIES = [f"{p}{c:02d}{n:02d}" for p in PROVINCES for c in range(1, 12) for n in range(1, 10)]


def person_name(rng):
    luck = rng.random()
    if luck < 1 / 300:
        return rng.choice(WITH_A_DOT)
    given = "".join(rng.choices(GIVEN, k=rng.choices([1, 2], [22, 78])[0]))
    if luck > 1 - 1 / 300:
        given = given[:-1] + rng.choice(RARE)
    return rng.choices(ALL_SURNAMES, SURNAME_WEIGHTS)[0] + given


_BY_WEIGHT = {**MORE_SURNAMES, **SURNAMES}
ALL_SURNAMES, SURNAME_WEIGHTS = list(_BY_WEIGHT), list(_BY_WEIGHT.values())


def mediator(rng, pk, body):
    """Return the row and index entry of one invented person."""
    level = rng.choices([1, 2, 3, 4, None], [4, 13, 70, 300, 613])[0]
    employment = rng.choices(["full_time", "part_time", "invited"], [13, 84, 3])[0]
    fields = rng.sample(TERMS["specialities"], rng.choices([1, 2, 3], [50, 35, 15])[0])
    languages = ["mandarin", *rng.choices([["shaoxing"], ["cantonese"], []], [30, 10, 60])[0]]
    number, name = f"{body.number // 10**6}{pk:09d}", person_name(rng)
    row = MediatorRow(
        rank=mediator_rank(level or UNRATED, employment, pk), mediator_id=pk,
        public_id=public_id(rng), name=name, sex=rng.choice(["male", "female"]),
        division_id=body.number, place=" ".join(body.places),
        organization_public_id=body.public_id, organization_name=body.name,
        organization_kind=body.kind, work_phone="0000-12345678", post="mediator",
        employment=employment, from_on=DAY,
        level=f"l{level}" if level else "", level_from_on=DAY if level else None,
        specialities=" ".join(field["code"] for field in fields), languages=" ".join(languages),
        certificate_masked=mask(number),
    )  # fmt: skip
    facets = {
        f"l{row.level or UNRATED_CODE}", f"e{employment}", f"k{body.kind}",
        *(f"s{field['code']}" for field in fields), *(f"g{language}" for language in languages),
    }  # fmt: skip
    words = [word for field in fields for word in (field["name"], *field["synonyms"])]
    lines = [body.name, *body.places, *words]
    found = entry(
        row.rank, name=name, number=number, lines=lines, facets=facets, divisions=[body.number]
    )
    return row, found


def people(seed, count):
    """Yield ``(row, entry)`` of every person."""
    rng, pk = random.Random(seed), 0  # noqa: S311
    for body in bodies(rng):
        for _ in range(rng.choices([3, 4, 5, 6, 7], [20, 30, 25, 20, 5])[0]):
            if pk == count:
                return
            pk += 1
            yield mediator(rng, pk, body)


def fill(seed, count):
    """Store the roster and the lists of words its pages show."""
    for model, name in [(Speciality, "specialities"), (Language, "languages"), (Level, "levels")]:
        model.objects.all().delete()
        model.objects.bulk_create(model(**values) for values in TERMS[name])
    divisions()
    batch = []
    for pair in people(seed, count):
        batch.append(pair)
        if len(batch) == BATCH:
            store(batch)
            batch = []
    store(batch)
    upkeep.analyze()


def divisions():
    """Store the provinces, cities and counties, from which one chooses."""
    rows = {}
    for county in COUNTIES:
        for length, level in [(2, "province"), (4, "city"), (6, "county")]:
            code = county[:length]
            parent = division_id(code[:-2]) if length > 2 else None
            rows[code] = Division(
                id=division_id(code), code=code, name=f"{code}地", level=level, parent_id=parent
            )
    Division.objects.bulk_create(rows.values(), ignore_conflicts=True)


@transaction.atomic
def store(batch):
    """Store rows as they are; the ORM's own way takes as long as the index."""
    table, columns = (
        MediatorRow._meta.db_table,
        [f.column for f in MediatorRow._meta.concrete_fields],
    )
    values = [tuple(getattr(row, column) for column in columns) for row, _entry in batch]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            rows = [[v.isoformat() if isinstance(v, date) else v for v in row] for row in values]
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows
            )
    index.write(index.MEDIATORS, [found for _row, found in batch])
