"""A picture that lies on its side is told from one of no digit."""

import numpy as np
import pytest

from backend.reading.classifier import GraphClassifier
from backend.reading.predict import predict_picture
from backend.tests.pictures import grey_of, picture

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


def test_what_is_no_digit_any_way_up_is_no_turned_digit(classifier):
    star = np.full((200, 200), 255, np.uint8)
    star[96:104, 30:170] = star[30:170, 96:104] = 0
    for step in range(-60, 60):
        star[97 + step : 103 + step, 97 + step : 103 + step] = 0
        star[97 - step : 103 - step, 97 + step : 103 + step] = 0
    assert reason_of(star, classifier) == "not_a_character"
