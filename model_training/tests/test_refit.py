import keras
import numpy as np
import pytest

from model_training import refit
from model_training.alphabets import LETTERS
from model_training.datasets import Images
from model_training.network import build_cnn, outputs
from model_training.refit import BEHIND, Refit
from model_training.training_data import TrainingData

HOW = Refit(steps=40, batch_size=32, learning_rate=4e-3, ema_momentum=0.8)


@pytest.fixture(scope="module")
def bars() -> TrainingData:
    """Upright bars, which are I's, level ones, which are negatives, and scans of the former."""
    rng = np.random.default_rng(1)
    upright, level = np.zeros((2, 60, 28, 28), np.uint8)
    for i, at in enumerate(rng.integers(12, 16, 60)):
        upright[i, 4:24, at : at + 3] = level[i, at : at + 3, 4:24] = 255
    letters = Images(upright, np.full(60, LETTERS.index("I"), np.uint8))
    negatives = Images(level, np.full(60, len(LETTERS), np.uint8))
    nothing = Images(upright[:0], letters.labels[:0])
    return TrainingData(LETTERS, nothing, letters, letters, negatives, {}, nothing)


@pytest.mark.slow
def test_what_lies_behind_the_convolutions_learns_and_they_stay(bars):
    keras.utils.set_random_seed(1)  # or every run would begin, and end, elsewhere
    model = build_cnn(alphabet=LETTERS)
    before = model.get_weights()
    learnt = refit.refit(model, bars, HOW)
    letters, negatives = (outputs(learnt, of.images) for of in (bars.strokes, bars.negatives))
    assert (letters["probabilities"].argmax(axis=1) == LETTERS.index("I")).mean() > 0.9
    assert letters["is_letter"].mean() > negatives["is_letter"].mean() + 0.3
    names = [layer.name for layer in model.layers]
    for name in names[: names.index(BEHIND)]:
        for old, new in zip(
            model.get_layer(name).get_weights(), learnt.get_layer(name).get_weights(), strict=True
        ):
            np.testing.assert_array_equal(old, new)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)  # the model itself is as it was
