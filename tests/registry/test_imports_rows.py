"""What single rows and other layouts come to."""

from datetime import date

import pytest
from django.core.management import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.imports.places import committee_key, village_keys
from registry.imports.rows import split_words
from registry.models import Appointment, ImportBatch, LevelHolding, Mediator, Organization
from tests import make
from tests.make import DAY, TODAY
from tests.registry.rosters import (
    COMMITTEE,
    HEADS,
    counts,
    csv_file,
    id_number,
    import_people,
    load_zhuji,
    person,
    refused,
    register,
    run,
    table,
    undo,
    xlsx,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    load_zhuji()
    return make.organization(name=COMMITTEE, in_division=make.division("330681109"))


def imported(tmp_path, *rows, arguments=()):
    return import_people(tmp_path, *rows, arguments=arguments)


OTHER_WORDS = {
    "姓名": "人民调解员姓名", "性别": "性 别", "身份证号码": "公民身份号码",
    "所在调解组织": "调委会名称", "专/兼职": "人员类别", "联系电话": "手机号",
}  # fmt: skip


@pytest.mark.parametrize("order", [HEADS, HEADS[::-1], HEADS[3:] + HEADS[:3]])
def test_the_order_of_the_columns_does_not_matter(committee, tmp_path, order):
    rows = table(person(11), person(12, 姓名="李秀英"), heads=order)

    assert counts(run("import_mediators", xlsx(tmp_path / "a.xlsx", rows))) == {
        "rows": 2, "accepted": 2, "new": 2,
    }  # fmt: skip


def test_other_words_extra_columns_notes_and_totals_are_taken(committee, tmp_path):
    heads = ["序号", *(OTHER_WORDS[head] for head in HEADS), "是否党员"]
    rows = [
        ["诸暨市2026年人民调解员花名册", None],
        ["填报单位：", "诸暨市司法局"],
        heads,
        *([n, *(person(n)[head] for head in HEADS), "否"] for n in (11, 13)),
        [],
        ["合计", "2人"],
        ["填表人：", "王某"],
    ]

    result = run("import_mediators", xlsx(tmp_path / "a.xlsx", rows))

    assert counts(result) == {"rows": 2, "accepted": 2, "new": 2}


def test_a_head_of_two_rows_is_taken(committee, tmp_path):
    upper = ["序号", "基本情况", None, None, "任职情况", None, "联系方式"]
    lower = [None, "姓名", "性别", "身份证号码", "所在调解组织", "专/兼职", "手机号码"]
    cells = person(11)
    rows = [upper, lower, [1, *(cells[head] for head in HEADS)]]

    assert counts(run("import_mediators", xlsx(tmp_path / "a.xlsx", rows)))["accepted"] == 1


@pytest.mark.parametrize(("encoding", "delimiter"), [("gb18030", ","), ("utf-8-sig", "\t")])
def test_csv_in_the_encodings_of_the_trade_is_taken(committee, tmp_path, encoding, delimiter):
    path = csv_file(tmp_path / "a.csv", table(person(11)), encoding=encoding, delimiter=delimiter)

    assert counts(run("import_mediators", path))["accepted"] == 1
    assert Mediator.objects.get().name == "张建国"


def test_two_columns_of_phones_are_settled_by_the_better_word(committee, tmp_path):
    imported(tmp_path, person(11, 手机号码="13900000001", 联系电话="0575-87654321"))

    assert Mediator.objects.get().phone == "13900000001"


def test_the_employer_is_not_taken_for_the_committee(committee, tmp_path):
    result = imported(tmp_path, person(11, 工作单位="枫桥镇人民政府"))

    assert counts(result)["accepted"] == 1


def test_two_headings_that_fit_a_required_column_are_asked_about(committee, tmp_path):
    cells = person(11, 所属调委会=COMMITTEE)
    path = xlsx(tmp_path / "a.xlsx", table(cells))

    with pytest.raises(CommandError, match="所属调委会"):
        run("import_mediators", path)

    assert run.last == {**dict.fromkeys(run.last, 0), "errors": []}
    assert counts(run("import_mediators", path, "--map", "organization=所属调委会"))["new"] == 1


def test_an_order_number_is_no_certificate_number(committee, tmp_path):
    imported(tmp_path, {"编号": "1", **person(11)})

    assert Mediator.objects.get().certificate_number is None


def test_all_that_a_full_row_says_is_entered(committee, tmp_path):
    imported(
        tmp_path,
        person(
            11, 民族="汉族", 学历="研究生", 政治面貌="群众", 职务="副主任", 聘任时间="2024.06",
            产生方式="选举", 擅长领域="婚姻家庭纠纷、医患，渔业", 方言="绍兴话",
            等级="三级人民调解员", 调解员证号="ZJ-0001", 专业背景="律师", 备注="先进个人",
        ),
    )  # fmt: skip

    mediator, appointment = Mediator.objects.get(), Appointment.objects.get()
    assert (mediator.sex, mediator.born_on, mediator.ethnicity, mediator.education) == (
        "male", date(1975, 3, 8), "汉族", "master",
    )  # fmt: skip
    assert sorted(mediator.specialities.values_list("code", flat=True)) == ["marriage", "medical"]
    assert mediator.other_specialities == "渔业"
    assert [str(row) for row in mediator.languages.all()] == ["绍兴话"]
    assert (mediator.certificate_number, mediator.background) == ("ZJ-0001", "legal")
    assert (mediator.political_status, mediator.note) == ("群众", "先进个人")
    assert mediator.division_id == committee.division_id
    assert (appointment.post, appointment.employment, appointment.route) == (
        "deputy", "part_time", "elected",
    )  # fmt: skip
    assert (appointment.organization, appointment.from_on) == (committee, date(2024, 6, 1))
    assert LevelHolding.objects.get().level.label == "三级"


@pytest.mark.parametrize(
    ("cells", "heading"),
    [
        ({"姓名": ""}, "姓名"),
        ({"姓名": "—"}, "姓名"),
        ({"姓名": "张" * 61}, "姓名"),
        ({"身份证号码": ""}, "身份证号码"),
        ({"身份证号码": 330681197503080117.0}, "身份证号码"),
        ({"身份证号码": "330681750308011"}, "身份证号码"),
        ({"性别": "女"}, "性别"),
        ({"专/兼职": "临时"}, "专/兼职"),
        ({"专/兼职": ""}, "专/兼职"),
        ({"联系电话": "12345"}, "联系电话"),
        ({"所在调解组织": "月亮村人民调解委员会"}, "所在调解组织"),
        ({"所在调解组织": ""}, "所在调解组织"),
        ({"任职时间": "去年"}, "任职时间"),
        ({"身份证号码": id_number(11, date(2016, 1, 1))}, "身份证号码"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_with_its_heading(committee, tmp_path, cells, heading):
    result = imported(tmp_path, person(13), person(11, **cells))

    assert refused(result) == {2: [heading]}
    assert Mediator.objects.count() == 1


@pytest.mark.parametrize(
    "cells",
    [
        {"学历": "肄业"},
        {"职务": "网格长"},
        {"出生年月": "1980.01"},
        {"等级": "钻石级"},
        {"任职时间": "2099-01-01"},
        {"方言": "温州话"},
        {"性别": "未知"},
    ],
)
def test_what_is_only_odd_is_remarked_and_taken(committee, tmp_path, cells):
    result = imported(tmp_path, person(11, **cells))

    assert counts(result) == {"rows": 1, "accepted": 1, "new": 1}
    assert ImportBatch.objects.get().remarked == 1


def test_words_that_fit_no_answer_are_kept_in_the_note_once(committee, tmp_path):
    imported(tmp_path, person(11, 学历="肄业", 备注="好"))
    noted = Mediator.objects.get().note

    again = imported(tmp_path, person(11, 学历="肄业", 备注="好"))

    assert noted.split("\n")[0] == "好"
    assert noted.endswith("肄业")
    assert counts(again)["same"] == 1


@pytest.mark.parametrize(
    "name",
    [
        "枫桥镇枫源村调委会",
        "诸暨市枫桥镇枫源村人民调解委员会",
        "浙江省绍兴市诸暨市枫桥镇枫源村人民调解委员会",
        " 枫桥镇枫源村　人民调解委员会",
        "枫桥镇（枫源村）人民调解委员会",
        "枫桥镇枫源村调解委员会",
    ],
)
def test_an_organization_is_found_by_the_names_people_write(committee, tmp_path, name):
    assert counts(imported(tmp_path, person(11, 所在调解组织=name)))["accepted"] == 1


def test_of_two_organizations_of_one_name_the_township_says_which(tmp_path):
    load_zhuji()
    for code in ("330681109", "330681104"):
        make.organization(name="大溪村人民调解委员会", in_division=make.division(code))
    cells = {"所在调解组织": "大溪村人民调解委员会"}

    assert refused(imported(tmp_path, person(11, **cells))) == {1: ["所在调解组织"]}
    assert counts(imported(tmp_path, person(11, **cells, 乡镇="店口镇")))["new"] == 1
    assert Appointment.objects.get().organization.division.code == "330681104"


def test_empty_cells_never_erase_and_given_ones_change(committee, tmp_path):
    imported(tmp_path, person(11, 民族="汉族", 学历="高中"))
    before = register()

    result = imported(tmp_path, person(11, 民族="", 学历="大专", 联系电话="13700000000"))

    assert counts(result) == {"rows": 1, "accepted": 1, "changed": 1}
    mediator = Mediator.objects.get()
    assert (mediator.ethnicity, mediator.education, mediator.phone) == (
        "汉族", "college", "13700000000",
    )  # fmt: skip
    assert Mediator.objects.filter(phone_hash__of="13700000000").exists()
    undo()
    assert register() == before


def test_a_person_of_another_bureau_is_refused_without_saying_which(committee, tmp_path):
    elsewhere = make.mediator(
        in_division=make.division("330624"), name="李四", id_number=id_number(11)
    )

    result = imported(tmp_path, person(11))

    assert refused(result) == {1: ["身份证号码"]}
    told = result["errors"][0]["reason"]
    assert "330624" not in told
    assert elsewhere.division.name not in told
    assert elsewhere.name not in told


def test_a_second_full_time_post_is_refused(committee, tmp_path):
    person_there = make.mediator(in_division=committee.division, id_number=id_number(11))
    make.appointment(
        person_there, make.organization(in_division=committee.division), employment="full_time"
    )

    full, part = person(11, **{"专/兼职": "专职"}), person(11)

    assert refused(imported(tmp_path, full)) == {1: ["专/兼职"]}
    assert counts(imported(tmp_path, part)) == {"rows": 1, "accepted": 1, "changed": 1}
    assert Appointment.objects.filter(mediator=person_there).count() == 2


def test_a_level_of_the_register_is_not_changed_by_a_file(committee, tmp_path):
    there = make.mediator(in_division=committee.division, id_number=id_number(11))
    make.level_holding(there, rank=1)

    imported(tmp_path, person(11, 等级="四级"))

    assert LevelHolding.objects.get().level.rank == 1


def test_a_certificate_number_belongs_to_one_person(committee, tmp_path):
    make.mediator(in_division=make.division("330624"), certificate_number="A-1")

    result = imported(
        tmp_path, person(11, 证号="A-1"), person(13, 证号="A-2"), person(15, 证号="A-2")
    )

    assert refused(result) == {1: ["证号"], 3: ["证号"]}


def test_without_a_column_of_numbers_name_and_organization_tell_people_apart(committee, tmp_path):
    rows = [
        {k: v for k, v in person(n, 姓名=name).items() if k != "身份证号码"}
        for n, name in [(11, "张一"), (13, "张二"), (15, "张一")]
    ]

    result = imported(tmp_path, *rows)

    assert refused(result) == {3: ["姓名"]}
    assert counts(imported(tmp_path, *rows[:2])) == {"rows": 2, "accepted": 2, "same": 2}


def test_a_number_that_comes_later_is_given_to_the_same_person(committee, tmp_path):
    cells = {k: v for k, v in person(11).items() if k != "身份证号码"}
    imported(tmp_path, cells)

    result = imported(tmp_path, person(11))

    assert counts(result)["changed"] == 1
    assert Mediator.objects.get().id_number == id_number(11)


def test_organizations_are_entered_changed_and_left_alone(tmp_path):
    load_zhuji()
    cells = {
        "调委会名称": "枫桥镇枫源村人民调解委员会",
        "类别": "村(社区)",
        "成立时间": "2012年3月",
    }
    hospital = {
        "调委会名称": "诸暨市医疗纠纷人民调解委员会",
        "类别": "行业性、专业性",
        "领域": "医疗",
    }

    def organizations(*rows):
        return run("import_organizations", xlsx(tmp_path / "a.xlsx", table(*rows)))

    assert counts(organizations(cells, hospital))["new"] == 2
    village = Organization.objects.get(kind="village")
    assert (village.division.level, village.established_on) == ("village", date(2012, 3, 1))
    assert Organization.objects.get(kind="industry").field.code == "medical"
    assert counts(organizations(cells, hospital))["same"] == 2
    before = register()
    assert counts(organizations({**cells, "地址": "枫源村1号"}))["changed"] == 1
    assert Organization.objects.get(kind="village").address == "枫源村1号"
    undo()
    assert register() == before


@pytest.mark.parametrize(
    ("cells", "heading"),
    [
        ({"类型": "未知类型"}, "类型"),
        ({"类型": ""}, "类型"),
        ({"所属乡镇": "月亮镇"}, "所属乡镇"),
        ({"成立时间": "2099-01-01"}, "成立时间"),
        ({"统一社会信用代码": "123"}, "统一社会信用代码"),
        ({"组织名称": "枫桥镇人民调解委员会"}, "组织名称"),
    ],
)
def test_an_organization_that_cannot_stand_is_refused(tmp_path, cells, heading):
    load_zhuji()
    good = {"组织名称": "枫桥镇人民调解委员会", "类型": "乡镇街道", "所属乡镇": "枫桥镇"}
    other = {**good, "组织名称": "枫桥镇枫源村人民调解委员会", "类型": "村居"}

    result = run("import_organizations", xlsx(tmp_path / "a.xlsx", table(good, {**other, **cells})))

    assert refused(result) == {2: [heading]}


def test_an_organization_in_another_county_of_the_same_name_is_not_touched(tmp_path):
    load_zhuji()
    elsewhere = make.organization(
        name="医疗纠纷人民调解委员会", in_division=make.division("330624")
    )
    rows = table({"组织名称": elsewhere.name, "类型": "行业性专业性"})

    assert counts(run("import_organizations", xlsx(tmp_path / "a.xlsx", rows)))["new"] == 1
    assert Organization.objects.filter(name=elsewhere.name).count() == 2


def test_a_date_without_a_day_is_told(committee, tmp_path):
    imported(tmp_path, person(11, 任职时间="2020年5月"))

    assert ImportBatch.objects.get().remarked == 1
    assert Appointment.objects.get().from_on == date(2020, 5, 1)


def test_a_suspended_appointment_stays_suspended(committee, tmp_path):
    there = make.mediator(in_division=committee.division, id_number=id_number(11))
    make.appointment(there, committee, state="suspended", from_on=TODAY - 30 * DAY)

    imported(tmp_path, person(11, 职务="主任"))

    assert Appointment.objects.values_list("state", "post").get() == ("suspended", "director")


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_has_keys_and_words(text):
    assert committee_key(text) == committee_key(f"  （{text}） ")
    assert village_keys(text)
    assert all(split_words(text))
