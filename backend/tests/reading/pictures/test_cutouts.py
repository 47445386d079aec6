"""A digit that is cut out of something larger is told from what else came with it."""

import cv2
import numpy as np
import pytest

from backend.reading.pictures.digit import picture_to_ink
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import grey_of, picture, strokes_of
from model_training.framing import frame

MOST = ReadingSettings.max_picture_memory


def parts_of(levels):
    return cv2.connectedComponents((levels > 127).astype(np.uint8))[0] - 1


@pytest.mark.parametrize("line", [cv2.LINE_8, cv2.LINE_AA], ids=["jagged", "soft"])
@pytest.mark.parametrize(("side", "pen"), [(280, 1), (400, 1), (600, 2), (1000, 3), (2000, 1)])
def test_a_thin_line_stays_whole(side, pen, line):
    page = np.full((side, side), 255, np.uint8)
    for stroke in strokes_of(2):
        cv2.polylines(page, [np.round(stroke * side * 16).astype(int)], False, 0, pen, line, 4)
    evened = picture_to_ink(picture(page), MOST).levels
    assert parts_of(evened) == 1
    wide = frame(picture_to_ink(picture(grey_of(2, 400, 40)), MOST).levels)
    assert frame(evened).sum() > 0.5 * wide.sum()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("digit", [2, 3, 5, 7])
@pytest.mark.parametrize("fading", [False, True], ids=["overlap", "running dry"])
def test_pale_strokes_are_kept_beside_dark_ones(digit, fading, kind):
    ink = (255 - grey_of(digit, 240, 18)).astype(np.float32)
    strength = np.linspace(1, 0.35, 240) if fading else np.where(np.arange(240) < 100, 1, 0.4)
    uneven = np.round(255 - ink * strength[:, None]).astype(np.uint8)
    seen, even = (
        frame(picture_to_ink(picture(page, kind), MOST).levels).astype(int)
        for page in (uneven, (255 - ink).astype(np.uint8))
    )
    assert np.abs(seen - even).mean() < 12  # levels; other digits differ by more than 25
