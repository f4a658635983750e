"""The readings of names, as people type them."""

import pytest

from registry.search.pinyin import initials, readings, sounds, syllable_runs


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("单伟", "shanwei"),
        ("单伟", "danwei"),
        ("仇和", "qiuhe"),
        ("解明", "xieming"),
        ("曾强", "zengqiang"),
        ("区平", "ouping"),
        ("查军", "zhajun"),
        ("盖文", "gewen"),
        ("盖文", "gaiwen"),
        ("朴英", "piaoying"),
        ("朴英", "puying"),
        ("吕安", "lvan"),
        ("吕安", "lyuan"),
        ("欧阳明", "ouyangming"),
        ("西安", "xian"),
        ("㛃", "jie"),
    ],
)
def test_a_name_has_every_reading_people_type(name, spelled):
    assert {spelled} & syllable_runs(name) == {spelled}


def test_every_run_of_whole_syllables_is_spelled_and_no_part_of_one():
    assert syllable_runs("张伟明") == {
        "zhang", "wei", "ming", "zhangwei", "weiming", "zhangweiming",
    }  # fmt: skip


def test_a_long_name_is_spelled_as_a_whole_and_in_runs_of_six():
    assert {"maimaitijiangabudula"} & syllable_runs("买买提江阿不都拉") == {"maimaitijiangabudula"}
    assert {len(run) for run in syllable_runs("买" * 8)} == {3, 6, 9, 12, 15, 18, 24}


def test_a_character_without_a_reading_breaks_the_runs():
    assert syllable_runs("王𠮷明") == {"wang", "ming"}
    assert initials("王𠮷明") == set()


def test_initials_start_with_the_surname():
    assert initials("张伟明") == {"zw", "zwm"}
    assert initials("单伟") == {"sw", "dw"}


def test_spellings_are_limited_however_many_readings_there_are():
    assert len(sounds("乐行重朝长茜")) == 12


@pytest.mark.parametrize("word", ["", "a", "张a", "𠮷"])
def test_what_has_no_reading_has_no_sound(word):
    assert sounds(word) == set()


def test_latin_letters_and_digits_have_no_reading():
    assert [readings(char) for char in "a1·"] == [(), (), ()]
