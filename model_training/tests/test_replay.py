import numpy as np
import pytest

from model_training.alphabets import DIGITS, LETTERS
from model_training.network import predict
from model_training.replay import (
    CHARACTERS,
    DRAWN_NEGATIVES,
    draw_own,
    halves,
    own_characters,
    remember,
    to_choose_by,
    to_judge_by,
)


@pytest.fixture(autouse=True)
def without_data(monkeypatch):
    for name in ("MNIST_PATH", "PENDIGITS_PATH", "UNIPEN_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("alphabet", [DIGITS, LETTERS], ids=lambda alphabet: alphabet.name)
def test_every_character_and_what_is_none_is_drawn_without_any_data(alphabet):
    drawn = draw_own(alphabet, 1, 20, seed=1)
    assert set(drawn.labels.tolist()) == set(range(len(alphabet) + 1))
    assert (drawn.labels == len(alphabet)).sum() == 20
    assert drawn.images.any(axis=(1, 2)).all()
    assert {d.label.upper() for d in own_characters(alphabet)} == set(alphabet.labels)


def test_the_shipped_model_reads_our_own_digits(shipped_model):
    drawn = draw_own(DIGITS, 300, 0, seed=2)
    assert (predict(shipped_model, drawn.images).argmax(axis=1) == drawn.labels).mean() > 0.95


@pytest.mark.slow
def test_what_chooses_and_what_judges_are_other_drawings():
    choose_by, judge_by = to_choose_by(DIGITS), to_judge_by(DIGITS)
    assert set(choose_by) == set(judge_by) == {CHARACTERS, DRAWN_NEGATIVES}
    for name, images in choose_by.items():
        both = {image.tobytes() for image in images.images} & {i.tobytes() for i in judge_by[name].images}
        assert len(both) <= len(images) * 0.02  # a bar is a bar


def test_halves_share_nothing_and_leave_nothing_out():
    images = draw_own(DIGITS, 31, 0, seed=3)
    first, second = halves(images)
    assert len(first) + len(second) == len(images)
    assert np.array_equal(first.images, images.images[::2])


def test_what_is_remembered_are_the_models_own_answers(shipped_model):
    images = draw_own(DIGITS, 31, 9, seed=4).images
    replay = remember(shipped_model, images)
    assert replay.probabilities.shape == (len(images), 10)
    assert np.allclose(replay.probabilities, predict(shipped_model, images), atol=1e-6)
    assert ((replay.is_one >= 0) & (replay.is_one <= 1)).all()
