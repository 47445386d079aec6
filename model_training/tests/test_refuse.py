import numpy as np
import pytest

from model_training.alphabets import DIGITS
from model_training.datasets import Drawing, Images
from model_training.network import outputs
from model_training.refuse import Refuse, refuse
from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs
from model_training.stroke_augmentation import render_variants
from model_training.training_data import TrainingData

HOW = Refuse(units=8, steps=60, batch_size=64, learning_rate=0.01, ema_momentum=0.8)


@pytest.fixture(scope="module")
def drawn() -> tuple[TrainingData, Images]:
    """Ones, and zeros that are to be refused."""
    ones, zeros = (
        render_variants([Drawing(strokes, name[0]) for name, strokes in glyphs(DIGIT_GLYPHS).items()
                         if name[0] == label], 20, 1)
        for label in "10"
    )  # fmt: skip
    nothing = ones.take(np.zeros(len(ones), bool))
    data = TrainingData(DIGITS, ones, ones, ones, nothing, {}, nothing)
    return data, Images(zeros.images, np.full(len(zeros), len(DIGITS), np.uint8))


@pytest.mark.slow
def test_more_is_refused_and_all_else_stays_as_it_was(drawn, shipped_model):
    data, further = drawn
    wide = refuse(shipped_model, data, further, HOW)
    for images, lower in ((data.strokes.images, False), (further.images, True)):
        before, after = outputs(shipped_model, images), outputs(wide, images)
        np.testing.assert_allclose(after["probabilities"], before["probabilities"], atol=1e-5)
        assert (after["is_digit"] <= before["is_digit"] + 1e-5).all()
        assert ((before["is_digit"] - after["is_digit"]).mean() > 0.2) == lower
    units = [of.get_layer("head_relu").output.shape[-1] for of in (shipped_model, wide)]
    assert units[1] == units[0] + HOW.units
