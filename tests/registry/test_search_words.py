"""What is typed into the one box, and what it finds."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry.models import MediatorRow
from registry.search import index, lookup
from registry.search.folding import fold
from registry.search.originals import mask
from registry.search.pinyin import initials, sounds, syllable_runs
from registry.search.tokens import entry
from registry.search.typed import LONGEST, understand
from tests.make import TODAY

PEOPLE = [
    ("张三丰", "枫桥镇人民调解委员会"),
    ("章三丰", "枫桥镇人民调解委员会"),
    ("张伟", "诸暨市物业纠纷人民调解委员会"),
    ("单伟", "店口镇人民调解委员会"),
    ("阿依古丽·买买提", "大唐街道人民调解委员会"),
    ("王㛃", "大唐街道人民调解委员会"),
    ("𠮷田明", "大唐街道ABC电机厂人民调解委员会"),
    ("Anna Meier", "店口镇人民调解委员会"),
    ("吕安", "枫桥镇人民调解委员会"),
    ("欧阳西安", "店口镇人民调解委员会"),
]


def store(people):
    """Put people on the roster without the register behind them."""
    rows, entries = [], []
    for pk, (name, body) in enumerate(people, 1):
        number = f"ZJ{pk:06d}"
        rows.append(
            MediatorRow(
                rank=pk,
                mediator_id=pk,
                public_id=f"{pk:012d}",
                name=name,
                division_id=330681000000,
                organization_name=body,
                from_on=TODAY,
                certificate_masked=mask(number),
            )
        )
        entries.append(
            entry(
                pk,
                name=name,
                lines=[body],
                number=number,
                facets={"ll1" if pk % 2 else "ll2"},
                divisions=[330681000000 + pk // 4 * 1_000_000],
            )
        )
    MediatorRow.objects.bulk_create(rows)
    index.write(index.MEDIATORS, entries)


def found(text, filters=()):
    answer = lookup.find_mediators(understand(text), filters)
    assert answer.total == len(answer.rows)
    return [row.name for row in answer.rows]


@pytest.fixture
def people(db):
    store(PEOPLE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三丰", ["张三丰", "章三丰"]),
        ("章三丰", ["章三丰", "张三丰"]),
        ("三丰", ["张三丰", "章三丰"]),
        ("张", ["张三丰", "张伟", "章三丰"]),
        ("章", ["章三丰", "张三丰", "张伟"]),
        ("zhangsanfeng", ["张三丰", "章三丰"]),
        ("Zhang San", ["张三丰", "章三丰"]),
        ("zhāng wěi", ["张伟"]),
        ("ZHANG", ["张三丰", "章三丰", "张伟"]),
        ("zs", ["张三丰", "章三丰"]),
        ("zsf", ["张三丰", "章三丰"]),
        ("sf", []),
        ("shanwei", ["单伟"]),
        ("danwei", ["单伟"]),
        ("lvan", ["吕安"]),
        ("lǚ'ān", ["吕安"]),
        ("lyuan", ["吕安"]),
        ("xian", ["欧阳西安"]),
        ("xi an", ["欧阳西安"]),
        ("xi'an", ["欧阳西安"]),
        ("ouyang", ["欧阳西安"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("阿依古丽买买提", ["阿依古丽·买买提"]),
        ("阿依古丽•买买提", ["阿依古丽·买买提"]),
        ("买买提", ["阿依古丽·买买提"]),
        ("㛃", ["王㛃"]),
        ("𠮷田", ["𠮷田明"]),
        ("𠮷", ["𠮷田明"]),
        ("anna", ["Anna Meier"]),
        ("ANNA meier", ["Anna Meier"]),
        ("ｍｅｉｅｒ", ["Anna Meier"]),
        ("eie", ["Anna Meier"]),
        ("abc", ["𠮷田明"]),
        ("abc电机", ["𠮷田明"]),
        ("枫桥", ["张三丰", "章三丰", "吕安"]),
        ("枫桥镇人民调解委员会", ["张三丰", "章三丰", "吕安"]),
        ("张 枫桥", ["张三丰", "章三丰"]),
        ("章三丰 枫桥镇", ["章三丰", "张三丰"]),
        ("zhang 物业", ["张伟"]),
        ("物业 张", ["张伟"]),
        ("ZJ000003", ["张伟"]),
        ("ｚｊ 000003", ["张伟"]),
        ("zj00000", []),
        ("000003", []),
        ("枫桥人民", []),
        ("李四", []),
    ],
)
def test_the_box_finds(people, text, names):
    assert found(text) == names


def test_only_the_sound_is_told_apart_from_the_writing(people):
    answer = lookup.find_mediators(understand("章三丰"), [])

    assert [(row.name, row.only_sounds_alike) for row in answer.rows] == [
        ("章三丰", False),
        ("张三丰", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '张" OR "单',
        "AND",
        "NOT 张",
        "NEAR(张 伟)",
        "张*",
        "tokens:张x",
        "'; DROP TABLE x --",
        "%",
        "_",
        "^张x",
        "张+单",
    ],
)
def test_signs_and_operators_mean_nothing(people, text):
    try:
        words = understand(text)
    except ValidationError:
        return
    assert lookup.find_mediators(words, []).total == len(found(" ".join(w.text for w in words)))


def test_signs_inside_a_word_are_left_out(people):
    assert found("张*") == found("张")
    assert found("枫-桥") == found("枫桥")
    assert found("张\x00三\x1f丰\u200b") == found("张三丰")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("·", "The search text has neither a character nor a letter nor a digit."),
        (" ！？ ", "The search text has neither a character nor a letter nor a digit."),
        ("\x00", "The search text has neither a character nor a letter nor a digit."),
        ("张" * 51, "The search text has 51 characters. Shorten it to at most 50."),
        ("一 二 三 四 五 六 七 八 九", "The search text has 9 words. Leave some out: at most 8."),
    ],
)
def test_what_cannot_be_searched_for_is_refused_with_a_sentence(text, sentence):
    with override("en"), pytest.raises(ValidationError) as refused:
        understand(text)

    assert refused.value.messages == [sentence]


@pytest.mark.parametrize("text", ["", " ", "\u3000"])
def test_nothing_typed_is_no_mistake(text):
    assert understand(text) == []


def test_the_longest_text_is_searched_for(people):
    assert found("张" * LONGEST) == []


@pytest.mark.parametrize(
    ("filters", "total"),
    [
        ([], 10),
        ([["ll1"]], 5),
        ([["ll1", "ll2"]], 10),
        ([["ll1"], ["d330681"]], 2),
        ([["d3306"]], 10),
        ([["d33"]], 10),
        ([["d330682"]], 4),
        ([["d34"]], 0),
    ],
)
def test_filters_narrow_by_one_value_of_each_group(people, filters, total):
    assert lookup.find_mediators([], filters).total == total


def test_facets_count_what_was_found(people):
    assert lookup.find_mediators(understand("张"), []).facets == {"ll1": 2, "ll2": 1}


def test_past_the_cap_the_number_is_a_lower_bound(people, monkeypatch):
    monkeypatch.setattr(lookup, "CAP", 9)
    monkeypatch.setattr(lookup, "FACET_CAP", 5)

    answer = lookup.find_mediators([], [])

    assert (answer.total, answer.is_capped, answer.facets) == (9, True, None)


@pytest.mark.parametrize(("cap", "is_capped"), [(10, False), (11, False)])
def test_up_to_the_cap_the_number_is_exact(people, monkeypatch, cap, is_capped):
    monkeypatch.setattr(lookup, "CAP", cap)

    assert lookup.find_mediators([], []).is_capped is is_capped


@pytest.mark.parametrize(("cap", "is_counted"), [(9, False), (10, True), (11, True)])
def test_facets_are_counted_up_to_a_cap_of_their_own(people, monkeypatch, cap, is_counted):
    monkeypatch.setattr(lookup, "FACET_CAP", cap)

    answer = lookup.find_mediators([], [])

    assert (answer.total, answer.facets is not None) == (10, is_counted)


@pytest.mark.parametrize("cap", [0, 2000])
def test_a_page_is_the_same_whether_its_facets_were_counted_or_not(people, monkeypatch, cap):
    whole = [row.name for row in lookup.find_mediators(understand("zhang"), []).rows]
    monkeypatch.setattr(lookup, "FACET_CAP", cap)
    monkeypatch.setattr(lookup, "PAGE_SIZE", 2)

    pages = [lookup.find_mediators(understand("zhang"), [], page=n).rows for n in (1, 2)]

    assert [row.name for rows in pages for row in rows] == whole


def test_pages_follow_each_other_without_gap_or_repetition(people, monkeypatch):
    monkeypatch.setattr(lookup, "PAGE_SIZE", 2)

    pages = [lookup.find_mediators(understand("zhang"), [], page=n).rows for n in (1, 2, 3)]

    assert [[row.name for row in rows] for rows in pages] == [["张三丰", "章三丰"], ["张伟"], []]


def test_no_page_after_the_last_public_one_is_shown(people, monkeypatch):
    monkeypatch.setattr(lookup, "PAGE_SIZE", 1)

    answer = lookup.find_mediators([], [], page=9)

    assert (answer.page, answer.pager.paginator.num_pages, answer.is_cut) == (5, 5, True)
    assert answer.rows == lookup.find_mediators([], [], page=5).rows


ALPHABET = "张章三伟单西安镇a1·"
NAMES = st.text(ALPHABET, min_size=1, max_size=5).filter(fold)


def expected(people, text):
    """Answer by looking at every row: substrings, readings and nothing clever."""
    words = [fold(part) for part in text.split()]
    words = list(dict.fromkeys(filter(None, words)))
    number = "".join(words)

    def exact(word, name, body):
        by_sound = word.isascii() and word.isalpha()
        return any(word in fold(line) for line in (name, body)) or (
            by_sound and word in syllable_runs(fold(name)) | initials(fold(name))
        )

    def alike(word, name, body):
        return exact(word, name, body) or (
            not word.isascii() and len(word) <= 6 and sounds(word) & syllable_runs(fold(name))
        )

    ranks = []
    for test in (exact, alike):
        for pk, (name, body) in enumerate(people, 1):
            if all(test(word, name, body) for word in words) and pk not in ranks:
                ranks.append(pk)
    certified = [pk for pk in range(1, len(people) + 1) if number == f"zj{pk:06d}"]
    return certified + [pk for pk in ranks if pk not in certified]


class EqualToSubstringsTest(TestCase):
    """The index answers as reading every row would."""

    @settings(max_examples=60, deadline=None)
    @given(
        people=st.lists(st.tuples(NAMES, st.text(ALPHABET, max_size=7)), max_size=6),
        texts=st.lists(st.text(ALPHABET + " ", min_size=1, max_size=7), min_size=1, max_size=8),
        part=st.data(),
    )
    def test_answers_equal_plain_substrings(self, people, texts, part):
        MediatorRow.objects.all().delete()
        store(people)
        for name, body in people:
            line = part.draw(st.sampled_from([name, body]))
            start = part.draw(st.integers(0, len(line)))
            texts.append(line[start : part.draw(st.integers(start, len(line)))])
        for text in texts:
            try:
                words = understand(text)
            except ValidationError:
                continue
            if words:
                rows = lookup.find_mediators(words, []).rows
                assert [row.pk for row in rows] == expected(people, text)[:10], text
