"""Digits that are cut out of something larger are read, in every condition."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from backend.evaluation.cutouts import CUT_OUTS, UNTUNED_CUT_OUTS, CutOut, cut_out
from backend.evaluation.forms import box
from backend.reading.classifier import GraphClassifier
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import STROKES, strokes_of

pytestmark = pytest.mark.slow

MOST = ReadingSettings.max_picture_memory
OTHERS = [strokes_of(digit) for digit in (2, 0, 7, 5)]
# Eight shapes drawn in code, so a miss is an eighth: fewer right is no accident.
LEAST = {name: 0.75 for name in CUT_OUTS} | {name: 0.6 for name in UNTUNED_CUT_OUTS}


@pytest.fixture(scope="module")
def classifier(served):
    return GraphClassifier(served)


@pytest.mark.parametrize("name", LEAST)
def test_cut_out_digits_are_read(classifier, name):
    right = []
    for digit in STROKES:
        rng = np.random.default_rng([4, digit])
        content = cut_out((CUT_OUTS | UNTUNED_CUT_OUTS)[name](rng), strokes_of(digit), OTHERS, rng)
        prediction, _, _ = predict_picture(content, MOST, classifier)
        right.append(prediction["digit"] == digit)
    assert np.mean(right) >= LEAST[name], right


def grey(kind, digit=4, seed=0):
    content = cut_out(kind, strokes_of(digit), OTHERS, np.random.default_rng(seed))
    return np.asarray(Image.open(BytesIO(content)).convert("L")).astype(int)


def test_cut_outs_are_what_they_are_called():
    plain = CutOut(size=(200, 200), room=(0.3, 0.3))
    assert grey(plain)[:, 0].min() == 255
    assert grey(replace(plain, neighbours="beside"))[:, 0].min() < 255
    # A box crosses every row of the middle, left and right of the digit.
    assert (grey(replace(plain, printing=box))[100] < 128).sum() > (grey(plain)[100] < 128).sum()
    small = grey(replace(plain, square=16, binary=True))
    assert small.shape == (16, 16)
    assert set(np.unique(small)) == {0, 255}
    thin, wide = (grey(replace(plain, pen_px=(width, width))) < 128 for width in (1, 4))
    assert 2 * thin.sum() < wide.sum()
    assert grey(replace(plain, translucent=0.4)).min() < 255 * 0.6


def test_cut_outs_are_the_same_each_time():
    for make in (CUT_OUTS | UNTUNED_CUT_OUTS).values():
        one, other = (
            cut_out(make(rng), strokes_of(3), OTHERS, rng) for rng in map(np.random.default_rng, (3, 3))
        )
        assert one == other
