"""A picture that lies on its side is told from one of no digit."""

import numpy as np
import pytest

from backend.reading.classifier import GraphClassifier
from backend.reading.predict_picture import predict_picture
from backend.tests.pictures import five_upside_down, grey_of, picture

MOST = 10**9  # bytes


def reason_of(grey: np.ndarray, classifier: GraphClassifier) -> str | None:
    prediction, _, _ = predict_picture(picture(np.ascontiguousarray(grey)), MOST, classifier)
    return prediction.get("reason_code")


@pytest.fixture(scope="module")
def classifier(served):
    return GraphClassifier(served)


@pytest.mark.parametrize("digit", [3, 5])
@pytest.mark.parametrize("turns", [1, 3])
def test_a_digit_on_its_side_is_refused_with_a_hint(classifier, digit, turns):
    assert reason_of(grey_of(digit), classifier) is None
    assert reason_of(np.rot90(grey_of(digit), turns), classifier) == "turned"


def upside_down_of(grey: np.ndarray, classifier: GraphClassifier) -> tuple[str | None, str | None]:
    prediction, _, _ = predict_picture(picture(np.ascontiguousarray(grey)), MOST, classifier)
    return prediction["character"], prediction.get("upside_down")


def test_a_digit_that_stands_on_its_head_and_reads_as_another_one_says_so(classifier):
    assert upside_down_of(np.rot90(five_upside_down(), 2), classifier) == ("5", None)
    assert upside_down_of(five_upside_down(), classifier) == ("9", "5")


def test_nobody_can_tell_a_six_from_a_nine_that_stands_on_its_head(classifier):
    assert upside_down_of(np.rot90(grey_of(6), 2), classifier) == ("9", None)


def test_what_is_no_digit_any_way_up_is_no_turned_digit(classifier):
    star = np.full((200, 200), 255, np.uint8)
    star[96:104, 30:170] = star[30:170, 96:104] = 0
    for step in range(-60, 60):
        star[97 + step : 103 + step, 97 + step : 103 + step] = 0
        star[97 - step : 103 - step, 97 + step : 103 + step] = 0
    assert reason_of(star, classifier) == "not_a_character"
