"""Assignment: nobody reads what he is recused from, and the work is as even as that allows."""

import random
import time
from collections import Counter
from itertools import chain, combinations, product

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from grading.rules.assigning import CAP_REACHED, TOO_FEW, assigned

MEMBERS = tuple(f"m{number:02}" for number in range(15))


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@st.composite
def tasks(draw, applications=12, members=6):
    """Draw a task: how much, who is recused, who has how much room, what stands already."""
    people = list(MEMBERS[: draw(st.integers(1, members))])
    numbers = list(range(draw(st.integers(0, applications))))
    pairs = st.sets(st.sampled_from(list(product(people, numbers)))) if numbers else st.just(set())
    return {
        "applications": numbers,
        "members": people,
        "reads": draw(st.integers(0, 4)),
        "seed": draw(st.integers()),
        "recused": draw(pairs),
        "caps": draw(st.dictionaries(st.sampled_from(people), st.integers(0, 8))),
    }


def may_take(task, member, application, readers):
    return (member, application) not in task["recused"] and member not in readers[application]


def room(task, member, loads):
    return loads[member] < task["caps"].get(member, 10**9)


def reachable(task, plan, starts):
    """Return the members to whom work can move on from some, one application after another."""
    seen, queue = set(starts), list(starts)
    while queue:
        one = queue.pop()
        for application, readers in plan.readers.items():
            if one in readers:
                for other in task["members"]:
                    if other not in seen and may_take(task, other, application, plan.readers):
                        seen.add(other)
                        queue.append(other)
    return seen


@given(tasks())
def test_no_recusal_cap_or_number_of_readers_is_broken(task):
    plan = assigned(**task)

    for application, readers in plan.readers.items():
        assert len(set(readers)) == len(readers) <= task["reads"]
        assert not {(member, application) for member in readers} & task["recused"]
    assert Counter(plan.loads) == Counter(chain(*plan.readers.values()))
    for member, cap in task["caps"].items():
        assert plan.loads[member] <= cap


@given(tasks())
def test_no_chain_of_moves_would_find_a_further_reader(task):
    """By the theorem of augmenting paths the number of readings is then the greatest possible."""
    plan = assigned(**task)

    for application, readers in plan.readers.items():
        if len(readers) < task["reads"]:
            starts = [
                one for one in task["members"] if may_take(task, one, application, plan.readers)
            ]
            ends = reachable(task, plan, starts)
            assert not [one for one in ends if room(task, one, plan.loads)]


@given(tasks())
def test_no_chain_of_moves_would_make_the_work_more_even(task):
    """A flow of least convex cost has no cheaper cycle: so no assignment is more even."""
    plan = assigned(**task)

    for member, load in plan.loads.items():
        for other in reachable(task, plan, [member]):
            assert plan.loads[other] >= load - 1 or not room(task, other, plan.loads)


def every_plan(task):
    choices = []
    for application in task["applications"]:
        may = [one for one in task["members"] if (one, application) not in task["recused"]]
        sizes = range(min(task["reads"], len(may)) + 1)
        choices.append(list(chain(*(combinations(may, size) for size in sizes))))
    for plan in product(*choices):
        loads = Counter(chain(*plan))
        if all(loads[member] <= cap for member, cap in task["caps"].items()):
            yield plan, loads


def evenness(task, loads):
    return sorted((loads[member] for member in task["members"]), reverse=True)


@settings(max_examples=60, deadline=None)
@given(tasks(applications=3, members=4))
def test_of_all_assignments_there_are_none_has_more_readings_or_is_more_even(task):
    plan = assigned(**task)
    most = max(loads.total() for _plan, loads in every_plan(task))
    best = min(evenness(task, loads) for _plan, loads in every_plan(task) if loads.total() == most)
    fewest = max(
        sorted(map(len, other)) for other, loads in every_plan(task) if loads.total() == most
    )

    assert sum(plan.loads.values()) == most
    assert evenness(task, plan.loads) == best
    assert sorted(map(len, plan.readers.values())) == fewest


@given(st.integers(0, 40), st.integers(3, 9), st.integers(0, 3))
def test_without_recusals_loads_differ_by_one_at_most(number, members, reads):
    plan = assigned(range(number), MEMBERS[:members], reads=reads, seed=1)

    assert max(plan.loads.values()) - min(plan.loads.values()) <= 1
    assert sum(plan.loads.values()) == number * reads
    assert plan.short == ()


@given(tasks(), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_in_any_order(task, rng):
    mixed = task | {
        "applications": rng.sample(task["applications"], len(task["applications"])),
        "members": rng.sample(task["members"], len(task["members"])),
        "recused": dict.fromkeys(task["recused"], ("kin",)),
    }

    assert assigned(**task) == assigned(**mixed)


def test_another_seed_is_another_assignment():
    plans = [assigned(range(30), MEMBERS, reads=2, seed=seed).readers for seed in range(5)]

    assert all(one != other for one, other in combinations(plans, 2))


def test_what_could_not_be_assigned_is_told_with_the_reason():
    recused = {("m00", 1), ("m01", 1)}
    plan = assigned(
        [1, 2], MEMBERS[:3], reads=2, seed=1, recused=recused, caps={"m02": 1, "m01": 0}
    )

    assert [(one.application, one.readers, one.why) for one in plan.short] == [
        (1, 1, TOO_FEW),
        (2, 1, CAP_REACHED),
    ]
    assert plan.short[0].sentence == (
        "Application 1 has 1 of 2 readers: only 1 members are not recused."
    )
    assert plan.short[1].sentence == (
        "Application 2 has 1 of 2 readers: all other members who are not recused have reached "
        "their limit."
    )


def test_everybody_gets_a_first_reader_before_anybody_gets_a_second():
    plan = assigned(range(6), MEMBERS[:2], reads=2, seed=1, caps=dict.fromkeys(MEMBERS, 4))

    assert sorted(map(len, plan.readers.values())) == [1, 1, 1, 1, 2, 2]


def test_what_was_assigned_before_stays_and_counts():
    fixed = {("m00", number) for number in range(4)} | {("m01", 99)}
    plan = assigned(range(4), MEMBERS[:3], reads=2, seed=1, fixed=fixed, caps={"m00": 2})

    assert all("m00" in readers for readers in plan.readers.values())
    assert plan.loads == {"m00": 4, "m01": 3, "m02": 2}


def test_a_third_reader_is_another_than_the_first_two():
    first = assigned(range(50), MEMBERS, reads=2, seed=1)
    fixed = [(member, one) for one, readers in first.readers.items() for member in readers]

    third = assigned([7], MEMBERS, reads=3, seed=2, fixed=fixed)

    assert len(third.readers[7]) == 3
    assert set(first.readers[7]) < set(third.readers[7])
    assert sum(third.loads.values()) == 101


def test_a_pair_that_has_come_to_be_recused_is_dropped_and_told():
    fixed = [("m00", 1), ("gone", 1)]
    plan = assigned([1], MEMBERS[:2], reads=1, seed=1, fixed=fixed, recused={("m00", 1)})

    assert plan.readers == {1: ("m01",)}
    assert plan.dropped == (("gone", 1), ("m00", 1))


@given(tasks(), st.data())
def test_fixed_pairs_are_never_moved(task, data):
    allowed = sorted(set(product(task["members"], task["applications"])) - task["recused"])
    fixed = data.draw(st.sets(st.sampled_from(allowed))) if allowed else set()

    plan = assigned(**task, fixed=fixed)

    assert all(member in plan.readers[application] for member, application in fixed)
    assert plan.dropped == ()


def test_the_work_of_an_organisation_and_a_division_is_spread():
    groups = {number: (f"org{number % 60}", f"div{number % 6}") for number in range(3000)}
    plan = assigned(range(3000), MEMBERS, reads=3, seed=1, groups=groups)

    shares = Counter(
        (group, member)
        for application, readers in plan.readers.items()
        for member in readers
        for group in groups[application]
    )
    for group in {group for of_one in groups.values() for group in of_one}:
        counts = [shares[group, member] for member in MEMBERS]
        assert max(counts) - min(counts) <= 3
    assert set(plan.loads.values()) == {600}


def test_three_thousand_applications_take_no_time_to_speak_of():
    rng = random.Random(7)  # noqa: S311 - the same every time
    recused = {pair for pair in product(MEMBERS, range(3000)) if rng.random() < 0.1}

    before = time.process_time()
    plan = assigned(range(3000), MEMBERS, reads=3, seed=1, recused=recused)
    took = time.process_time() - before

    assert max(plan.loads.values()) - min(plan.loads.values()) <= 1
    assert took < 5
