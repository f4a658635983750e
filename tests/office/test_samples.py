"""Samples: the same from the same seed, no larger than asked, and fair to every group."""

from hypothesis import given
from hypothesis import strategies as st

from office.samples import digest_of, drawn, drawn_from_each, shared_out, size_of

COUNTS = st.dictionaries(st.integers(1, 99), st.integers(1, 60), min_size=1, max_size=12)
STRATA = st.dictionaries(
    st.integers(1, 20), st.sets(st.integers(1, 9_999), max_size=30), max_size=8
)


@given(st.sets(st.integers(1, 10_000), max_size=60), st.text(max_size=8), st.integers(0, 70))
def test_a_sample_is_a_matter_of_its_seed_and_not_of_the_order(pks, seed, size):
    chosen = drawn(pks, seed=seed, size=size)

    assert chosen == drawn(sorted(pks, reverse=True), seed=seed, size=size)
    assert set(chosen) <= pks
    assert len(chosen) == len(set(chosen)) == min(size, len(pks))


@given(COUNTS, st.integers(0, 800))
def test_shares_add_up_and_leave_no_group_out(counts, size):
    parts = shared_out(counts, size)

    assert sum(parts.values()) == min(max(size, len(counts)), sum(counts.values()))
    assert all(1 <= parts[key] <= counts[key] for key in counts)
    assert parts.keys() == counts.keys()


@given(COUNTS, st.integers(0, 800))
def test_a_larger_group_never_gets_less(counts, size):
    parts = shared_out(counts, size)
    for one in counts:
        for other in counts:
            if counts[one] > counts[other]:
                assert parts[one] >= parts[other]


@given(STRATA, st.text(max_size=8), st.integers(1, 100))
def test_each_group_with_rows_is_drawn_from_whatever_the_order(strata, seed, size):
    chosen = drawn_from_each(strata, seed=seed, size=size)
    turned = {key: sorted(pks, reverse=True) for key, pks in reversed(strata.items())}

    assert chosen == drawn_from_each(turned, seed=seed, size=size)
    for pks in strata.values():
        assert not pks or pks & set(chosen)


@given(st.integers(0, 100_000), st.integers(1, 100))
def test_a_share_is_rounded_up(count, percent):
    size = size_of(count, percent)
    assert 0 <= size * 100 - count * percent < 100
    assert (size >= 1) is (count >= 1)


def test_a_digest_tells_lines_apart():
    assert digest_of(["1 2", "3 4"]) == digest_of(iter(["1 2", "3 4"]))
    assert digest_of(["1 2", "3 4"]) != digest_of(["1 23 4"])
    assert digest_of(["1", "2"]) != digest_of(["2", "1"])
