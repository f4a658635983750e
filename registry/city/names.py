"""Names as they are met in a roster: common, compound, rare characters, names with a dot."""

SURNAMES = {
    "陈": 70, "王": 62, "张": 52, "李": 42, "徐": 36, "周": 34, "吴": 30, "朱": 28,
    "章": 26, "金": 26, "赵": 22, "俞": 22, "何": 20, "钱": 18, "孙": 18, "沈": 18,
    "杨": 18, "楼": 16, "蒋": 16, "傅": 14, "丁": 14, "胡": 14, "郑": 12, "袁": 12,
    "马": 12, "高": 12, "许": 12, "潘": 12, "叶": 12, "方": 10, "石": 10, "祝": 10,
    "屠": 8, "裘": 8, "竺": 8, "应": 8, "冯": 8, "宣": 8, "骆": 8, "寿": 6,
    "边": 6, "斯": 6, "郭": 6, "单": 5, "仇": 4, "解": 3, "曾": 5, "区": 1,
    "查": 3, "盖": 1, "朴": 1, "华": 4, "任": 6, "柏": 2, "宓": 2, "酆": 1,
    "欧阳": 3, "诸葛": 2, "上官": 1, "司徒": 1,
}  # fmt: skip
GIVEN_MALE = "伟强军勇杰涛明超刚平辉鹏斌波宇浩凯健俊峰建国华林海江水根良法永祥福荣志忠土炎泉松柏岳"
GIVEN_FEMALE = "芳娟敏静丽艳娜秀英华慧巧美兰香梅莲玉珍凤琴萍红霞燕玲婷雪琳颖洁娣囡菊芬仙彩爱"
GIVEN_EITHER = "文嘉晨欣子雨一思佳晓春明远宁安乐和清逸"
RARE = ["堃", "喆", "犇", "淼", "燚", "㛃", "䶮", "旻", "頔", "翀"]
WITH_A_DOT = ["阿依古丽·买买提", "买买提江·阿不都拉", "迪丽努尔·艾合买提", "尼玛·次仁", "卓玛·拉姆"]


def full_name(rng, *, female):
    """Draw a name; about one in 250 has a rare character, one in 600 a dot."""
    luck = rng.random()
    if luck < 1 / 600:
        return rng.choice(WITH_A_DOT)
    surname = rng.choices(list(SURNAMES), SURNAMES.values())[0]
    pool = (GIVEN_FEMALE if female else GIVEN_MALE) + GIVEN_EITHER
    given = "".join(rng.choice(pool) for _ in range(rng.choices([1, 2], [22, 78])[0]))
    if luck > 1 - 1 / 250:
        given = given[:-1] + rng.choice(RARE)
    return surname + given
