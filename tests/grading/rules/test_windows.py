from datetime import date

import pytest

from grading.rules.scheme import SchemeFault
from grading.rules.windows import window, windows
from tests.grading.rules.make_rules import open_rules, rule

JULY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2024, 6, 30), "closed"),
        (date(2024, 7, 1), "open"),
        (date(2024, 7, 20), "open"),
        (date(2024, 7, 21), "closed"),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "{round: {windows: [{levels: [L1], opens: 2024-07-01, closes: 2024-07-20}]}}",
        "{round: {windows: [{levels: any, opens: 2024-07-01, closes: 2024-07-20}]}}",
        "{round: {windows: [{level: L1, from: 2024-07-01, to: '2024-07-20'}]}}",
        "{round: {windows: {L1: {opens: 2024-07-01, closes: 2024-07-20}}}}",
        "{round: {windows: {L1: [2024-07-01, 2024-07-20]}}}",
    ],
)
def test_a_window_is_open_from_its_first_to_its_last_day(text, day, answer):
    assert window(rule(text), "L1", day) == answer


def test_windows_of_the_same_round_close_on_their_own_days():
    yuhuan = open_rules()["O2-zhejiang-yuhuan-2017"]

    assert window(yuhuan, "S", date(2017, 8, 8)) == "open"
    assert window(yuhuan, "S", date(2017, 8, 10)) == "closed"
    assert window(yuhuan, "L1", date(2017, 8, 10)) == "open"


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{round: UNK}",
        "{round: {windows: UNK}}",
        "{round: {windows: [{levels: UNK, opens: 2024-07-01, closes: 2024-07-20}]}}",
        "{round: {windows: [{levels: [L1], opens: 2024-07-01, closes: UNK}]}}",
        "{round: {windows: [{levels: [L1], opens: 2024-07-01}]}}",
        "{round: {windows: {L1: UNK}}}",
        "{round: {windows: [{levels: [L2], opens: 2024-07-01, closes: 2024-07-20}]}}",
        "{open_levels: [L2], round: {windows: {any: [2024-07-01, 2024-07-20]}}}",
    ],
)
def test_without_a_known_window_a_level_is_closed(text):
    assert window(rule(text), "L1", JULY) == "closed"


def test_an_extension_moves_the_last_day():
    text = "{{round: {{windows: {{L1: {{opens: 2024-06-01, closes: 2024-06-30{}}}}}}}}}"

    assert window(rule(text.format("")), "L1", JULY) == "closed"
    assert window(rule(text.format(", extended_to: 2024-07-01")), "L1", JULY) == "open"


@pytest.mark.parametrize(
    "text",
    [
        "{round: {windows: {L1: [2024-07-20, 2024-07-01]}}}",
        "{round: {windows: {L1: [summer, 2024-07-01]}}}",
        "{round: {windows: {L1: {opens: 2024-07-01, shuts: 2024-07-20}}}}",
        "{round: {windows: {L1: soon}}}",
    ],
)
def test_what_is_no_window_is_a_fault(text):
    with pytest.raises(SchemeFault):
        windows(rule(text))


def test_a_level_that_does_not_exist_is_a_fault():
    with pytest.raises(SchemeFault):
        window(rule(), "L9", JULY)
