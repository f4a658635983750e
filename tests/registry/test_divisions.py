"""Loading the divisions of a city, or of the country."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from office.models import LedgerEntry
from registry import actions
from registry.models import Division

pytestmark = pytest.mark.django_db
SHAOXING = Path(__file__).parents[2] / "fixtures" / "divisions_330600.csv"


def load(*rows):
    names = ["code", "name", "parent_code", "level"]
    return actions.load_divisions(
        [dict(zip(names, row, strict=True)) for row in rows], by=None, source="test.csv"
    )


ZHEJIANG = ("33", "浙江省", "", "province")
SHAOXING_CITY = ("3306", "绍兴市", "33", "city")


def test_the_city_loads_whole_and_a_second_time_changes_nothing():
    out = StringIO()
    call_command("load_divisions", str(SHAOXING), stdout=out)
    call_command("load_divisions", str(SHAOXING), stdout=out)

    first, second = map(json.loads, out.getvalue().splitlines())
    with SHAOXING.open(encoding="utf-8") as stream:
        rows = len(list(csv.DictReader(stream)))
    assert first == {"rows": rows, "new": rows, "changed": 0}
    assert second == {"rows": rows, "new": 0, "changed": 0}
    levels = {
        level: Division.objects.filter(level=level).count()
        for level in ["city", "county", "township", "village"]
    }
    assert levels == {"city": 1, "county": 6, "township": 103, "village": 2168}
    assert LedgerEntry.objects.count() == 1


def test_a_division_spans_all_that_lies_below_it():
    call_command("load_divisions", str(SHAOXING), stdout=StringIO())

    zhuji = Division.objects.get(code="330681")
    below = Division.objects.all().in_division(zhuji)

    assert set(below) == set(Division.objects.filter(code__startswith="330681"))


def test_a_new_name_is_a_change():
    load(ZHEJIANG, SHAOXING_CITY)

    assert load(("3306", "绍兴", "33", "city")) == {"rows": 1, "new": 0, "changed": 1}
    assert Division.objects.get(code="3306").name == "绍兴"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (("33060", "五位", "33", "city"), 3),
        (("3307", "金华市", "33", "county"), 3),
        (("3307", "", "33", "city"), 3),
        (("3407", "别省", "33", "city"), 3),
        (("33", "再来", "", "province"), 3),
        (("３３０６", "全角", "33", "city"), 3),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_stored(row, line):
    with pytest.raises(ValidationError) as refusal:
        load(ZHEJIANG, row)

    assert refusal.value.messages[0].startswith(("Line 3:", "第 3 行"))
    assert Division.objects.count() == 0


def test_a_missing_parent_is_named():
    with pytest.raises(ValidationError) as refusal:
        load(SHAOXING_CITY)

    assert len(refusal.value.messages) == 1
    assert "3306" in refusal.value.messages[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"code,name\n33,x\n", b"\xff\xfe\x00", b"code,name,parent_code,level\n1,x,,city\n"],
)
def test_an_unusable_file_is_refused_with_a_sentence(tmp_path, content):
    file = tmp_path / "divisions.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("load_divisions", str(file))

    assert Division.objects.count() == 0
