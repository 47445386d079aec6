"""The figures of numbers say what was measured, and which goal is missed."""

import os

import pytest

from backend.evaluation.numbers import (
    GOALS,
    NumberFigures,
    as_table,
    edits,
    is_as_labelled,
    missed_goals,
)
from backend.evaluation.written_numbers import CONDITIONS, UNSEEN
from model_training.datasets import DataUnavailableError, Drawing, load_pendigits, split_pendigits
from model_training.strangers import split_strangers
from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs
from model_training.unipen import load_unipen


def figures(name, right, sure=0):
    return NumberFigures(name, 100, right, 600, 100 - right, sure)


@pytest.mark.parametrize(
    ("read", "written", "count"),
    [
        ("", "", 0),
        ("42", "42", 0),
        ("", "42", 2),
        ("472", "42", 1),
        ("4", "42", 1),
        ("43", "42", 1),
        ("12\n3", "123", 1),
    ],
)
def test_edits_are_counted(read, written, count):
    assert edits(read, written) == edits(written, read) == count


def test_goals_are_missed_by_name():
    assert set(GOALS) <= set(CONDITIONS)
    assert missed_goals([figures(name, 95) for name in CONDITIONS | UNSEEN]) == []
    missed = missed_goals([figures(name, 84) for name in CONDITIONS | UNSEEN])
    assert [sentence.split(":")[0] for sentence in missed] == [name for name in CONDITIONS if name in GOALS]


def test_the_table_says_whole_numbers_digits_and_what_was_sure_and_wrong_and_tells_the_halves_apart():
    untouched = [figures("touching", 90, 2), figures("over a comb", 70)]
    tuned_on = [figures("touching", 96, 1), figures("over a comb", 80)]
    table = as_table(untouched, tuned_on, "model-1")
    assert "| touching | 93.0% | 88.6% to 95.8% | 90.0% | 98.8% | 3 |" in table
    assert "| **mean of those never tuned on** | **75.0%** | | **70.0%** | 95.8% | 0 |" in table
    assert table.startswith("Model model-1, 100 pictures of each condition by each half of the writers.")


def test_what_shows_something_else_than_its_label_says_is_not_written_with():
    try:
        pen, unipen = load_pendigits(), load_unipen("digits")
    except DataUnavailableError as error:
        if os.environ.get("REQUIRE_DATA"):
            raise
        pytest.skip(str(error))
    if unipen is None:
        pytest.skip("UNIPEN_PATH isn't set")
    validation = [*split_pendigits(pen)[1], *split_strangers(unipen).validation]
    assert sum(not is_as_labelled(drawing) for drawing in validation) == 24
    assert all(is_as_labelled(Drawing(strokes, name[0])) for name, strokes in glyphs(DIGIT_GLYPHS).items())
