"""The figures of numbers say what was measured, and which goal is missed."""

import pytest

from backend.evaluation.numbers import GOALS, NumberFigures, as_table, edits, missed_goals
from backend.evaluation.written_numbers import CONDITIONS, UNSEEN


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


def test_the_table_says_whole_numbers_digits_and_what_was_sure_and_wrong():
    table = as_table([figures("touching", 90, 2), figures("over a comb", 70)], "model-1")
    assert "| touching | 90.0% | 82.6% to 94.5% | 98.3% | 2 |" in table
    assert "| **mean of those never tuned on** | **70.0%** | | 95.0% | 0 |" in table
    assert table.startswith("Model model-1, 100 pictures of each condition.")
