import numpy as np

from model_training.judging import Answers, answers_of, change

MEANT = np.array([[0.9, 0.05, 0.05], [0.45, 0.35, 0.2], [0.3, 0.1, 0.6]])  # of two labels, and of nothing


def of(right, loss=None):
    right = np.array(right, bool)
    return Answers(right, np.where(right, 0.1, 2.0) if loss is None else np.array(loss))


def test_an_answer_is_right_if_it_is_what_was_meant_and_isnt_refused():
    assert answers_of(MEANT, np.array([0, 0, 2]), 0.5).right.tolist() == [True, True, True]
    assert answers_of(MEANT, np.array([1, 2, 0]), 0.5).right.tolist() == [False, False, False]
    assert answers_of(MEANT, np.array([0, 2, 2]), 0.9).right.tolist() == [True, True, True]  # two are refused


def test_the_loss_is_small_where_what_was_meant_is_probable():
    loss = answers_of(MEANT, np.array([0, 0, 0]), 0.5).loss
    assert loss[0] < loss[1] < loss[2]


def test_losing_some_and_gaining_as_many_is_no_forgetting():
    assert not change(of([1, 1, 0, 0] * 20), of([0, 0, 1, 1] * 20)).forgets


def test_a_loss_is_forgetting_only_beyond_chance():
    before = of([1] * 100)
    assert not change(before, of([0] * 3 + [1] * 97)).forgets
    assert change(before, of([0] * 4 + [1] * 96)).forgets


def test_fewer_errors_are_a_gain_and_more_are_none():
    before = of([1] * 8 + [0] * 2)
    assert change(before, of([1] * 9 + [0])).gains
    assert not change(before, of([1] * 7 + [0] * 3)).gains


def test_as_many_errors_are_a_gain_if_they_are_less_wrong_beyond_chance():
    right = [1] * 8
    assert change(of(right, [0.5] * 8), of(right, [0.1, 0.2] * 4)).gains
    assert not change(of(right, [0.5] * 8), of(right, [0.1, 0.9] * 4)).gains
    assert not change(of(right), of(right)).gains


def test_figures_of_nothing_are_no_error():
    empty = change(of([]), of([]))
    assert not empty.gains
    assert not empty.forgets
    assert empty.as_facts()["n"] == 0
