"""A digit that something surrounds, crosses or touches is found by looking again."""

import cv2
import numpy as np
import pytest

from backend.reading.classifier import GraphClassifier
from backend.reading.predict_picture import predict_picture
from backend.tests.pictures import grey_of, picture, strokes_of

MOST = 10**9  # bytes


@pytest.fixture(scope="module")
def classifier(served):
    return GraphClassifier(served)


def read(grey: np.ndarray, classifier: GraphClassifier) -> int | None:
    prediction, _, _ = predict_picture(picture(grey, "JPEG", quality=92), MOST, classifier)
    return prediction["digit"]


def written(digit: int, pen: int = 16) -> np.ndarray:
    """A dark digit on light paper, (300, 300) uint8."""
    grey = np.full((300, 300), 230, np.uint8)
    grey[50:250, 50:250] = grey_of(digit, 200, pen, 230, 30)
    return grey


@pytest.mark.parametrize("digit", [2, 3, 6])
def test_a_digit_in_a_box_with_a_double_line_is_read(classifier, digit):
    grey = written(digit)
    for start in (32, 42):
        cv2.rectangle(grey, (start, start), (299 - start, 299 - start), 40, 3)
    assert read(grey, classifier) == digit


@pytest.mark.parametrize("digit", [3, 5, 6])
def test_a_digit_that_touches_its_cut_off_neighbours_is_read(classifier, digit):
    ink = 230 - written(digit)[:, 50:250].astype(int)
    wide = np.zeros((300, 500), int)
    for left in (40, 150, 260):
        wide[:, left : left + 200] = np.maximum(wide[:, left : left + 200], ink)
    grey = (230 - wide[:, 110:390]).astype(np.uint8)
    assert read(grey, classifier) == digit


@pytest.mark.parametrize("digit", [2, 3, 5])
def test_the_shadow_of_a_bar_is_no_one(classifier, digit):
    ink = (230 - written(digit, 10).astype(np.float32)) / 230
    light = np.ones((300, 420), np.float32)
    cv2.line(light, (60, -20), (330, 320), 0.72, 50)
    light = cv2.GaussianBlur(light, (0, 0), 3)
    page = 230 * light
    page[:, 60:360] *= 1 - ink
    assert read(page.astype(np.uint8), classifier) == digit


@pytest.mark.parametrize("digit", [3, 6])
def test_the_shadow_of_a_finger_is_no_part_of_the_digit(classifier, digit):
    light = np.ones((300, 300), np.float32)
    cv2.line(light, (60, -20), (150, 170), 0.65, 36)
    page = written(digit, 12) * cv2.GaussianBlur(light, (0, 0), 4)
    assert read(page.astype(np.uint8), classifier) == digit


@pytest.mark.parametrize("digit", [2, 3])
def test_a_line_of_one_pixel_in_a_large_picture_is_read(classifier, digit):
    page = np.full((2400, 2400, 3), 255, np.uint8)
    for stroke in strokes_of(digit):
        at = np.round(300 + 1800 * stroke).astype(np.int32)
        cv2.polylines(page, [at], False, (35, 35, 60), 1, cv2.LINE_8)
    prediction, _, _ = predict_picture(picture(page), MOST, classifier)
    assert prediction["digit"] == digit


def test_even_paper_alone_is_empty(classifier):
    page = np.full((600, 800, 3), (250, 248, 240), np.uint8)
    prediction, _, _ = predict_picture(picture(page, "JPEG", quality=80), MOST, classifier)
    assert prediction["reason_code"] == "nothing_found"
