"""What the outputs along a line tell is what summing over every alignment gives."""

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.reading.segmentation.ctc import best_strings, places_of, probability_of

BLANK = 2  # of two labels


def outputs_of(seed: int, places: int) -> np.ndarray:
    """Logarithms of random probabilities, (places, 3)."""
    return np.log(np.random.default_rng(seed).dirichlet([0.5] * (BLANK + 1), places) + 1e-12)


def read(alignment: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(label for label, _ in groupby(alignment) if label != BLANK)


def by_alignments(outputs: np.ndarray) -> dict[tuple[int, ...], float]:
    """Every string's probability: the sum over all alignments that read as it."""
    total: dict[tuple[int, ...], float] = {}
    for alignment in product(range(BLANK + 1), repeat=len(outputs)):
        string = read(alignment)
        total[string] = total.get(string, 0) + float(np.exp(outputs[range(len(outputs)), alignment].sum()))
    return total


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_a_strings_probability_is_the_sum_over_its_alignments(seed, places):
    outputs = outputs_of(seed, places)
    for string, probability in by_alignments(outputs).items():
        assert np.exp(probability_of(outputs, string)) == pytest.approx(probability, abs=1e-9)


def test_the_probabilities_of_all_strings_sum_to_one():
    outputs = outputs_of(3, 5)
    assert sum(np.exp(probability_of(outputs, string)) for string in by_alignments(outputs)) == pytest.approx(
        1
    )


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_the_best_string_is_found(seed, places):
    outputs = outputs_of(seed, places)
    truth = by_alignments(outputs)
    string, probability = best_strings(outputs, beam=200)[0]
    # What is below the least probability at a place begins no string.
    assert truth[string] > max(truth.values()) - 0.01
    assert np.exp(probability) == pytest.approx(truth[string], abs=0.01)


@given(st.integers(0, 10_000), st.integers(2, 7), st.data())
def test_labels_lie_in_order_where_the_most_probable_alignment_has_them(seed, places, data):
    outputs = outputs_of(seed, places)
    string = data.draw(st.sampled_from([each for each in by_alignments(outputs) if each]))
    found = places_of(outputs, string)
    assert (found[:, 1] > found[:, 0]).all()
    assert (found[1:, 0] >= found[:-1, 1]).all()
    alignment = np.full(places, BLANK)
    for label, (start, end) in zip(string, found.tolist(), strict=True):
        alignment[start:end] = label
    likeliest = max(
        outputs[range(places), each].sum()
        for each in product(range(BLANK + 1), repeat=places)
        if read(each) == string
    )
    assert outputs[range(places), alignment].sum() == pytest.approx(likeliest)


def test_two_equal_labels_need_a_blank_between():
    sure = np.log(np.array([[0.98, 0.01, 0.01]] * 2))
    assert probability_of(sure, (0, 0)) == -np.inf
    with pytest.raises(ValueError, match="2 labels don't fit into 2 places"):
        places_of(sure, (0, 0))
    assert best_strings(sure)[0][0] == (0,)


def test_a_line_of_blanks_reads_as_nothing():
    string, probability = best_strings(np.log(np.array([[1e-9, 1e-9, 1.0]] * 9)))[0]
    assert (string, round(probability, 6)) == ((), 0)
