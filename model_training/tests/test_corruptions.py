import numpy as np
import pytest

from model_training.corruptions import CORRUPTIONS
from model_training.pseudo_digits import drawings, noise
from model_training.strokes import frame_strokes

SEVEN = frame_strokes([np.array([[0.2, 0.2], [0.7, 0.18], [0.4, 0.85]])])[None]
HARMLESS = {"scale": 1}


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corruption_has_one_harmless_level(name):
    corruption = CORRUPTIONS[name]
    harmless = HARMLESS.get(name, 0)
    damage = {
        level: np.abs(corruption(SEVEN, level).astype(int) - SEVEN).mean() for level in corruption.levels
    }
    assert damage[harmless] == 0
    assert all(value > 0 for level, value in damage.items() if level != harmless)


def test_thickness_adds_and_takes_ink():
    thickness = CORRUPTIONS["thickness"]
    assert thickness(SEVEN, -1).sum() < SEVEN.sum() < thickness(SEVEN, 1).sum()


def test_pseudo_digits_are_framed_images_that_differ():
    images = np.stack([*drawings().values(), *noise(3)])
    assert images.shape[1:] == (28, 28)
    assert len(np.unique(images, axis=0)) == len(images)
