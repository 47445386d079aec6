"""One framed image is predicted: the same as `predict` says of it, with few operations on small arrays.

Most requests are such an image, and what NumPy spends on each of `predict`'s operations, which are made for
many images, adds up to more than the network takes.
"""

import math
from typing import Any

import cv2
import numpy as np

from backend.reading.classifier import Classifier
from backend.reading.levels import LEAST_BRIGHT, LEAST_PIXELS
from backend.reading.predict import DECIMALS, as_prediction
from model_training.framing import BOX, CENTRE, SIDE, SPECK


def predict_framed(levels: np.ndarray, classifier: Classifier) -> dict[str, Any] | None:
    """Return the prediction of `levels`, (28, 28) uint8; None where they aren't plainly a framed character.

    None says nothing of them: `predict` tells what they are.
    """
    left, top, width, height = cv2.boundingRect(levels)
    longer = max(width, height)
    if (longer != BOX and longer > SPECK) or longer == 0:
        return None
    if top in (0, SIDE - height) and levels[[0, -1]].mean() > LEAST_BRIGHT / 2:
        return None  # it may be inverted
    moments = cv2.moments(levels)  # of whole numbers, so these are exact
    mass = moments["m00"]
    if mass <= LEAST_PIXELS or mass <= width * height:  # nothing, or levels that may all lie in 0..1
        return None
    if top != _offset((moments["m01"] - top * mass) / mass, height):
        return None
    if left != _offset((moments["m10"] - left * mass) / mass, width):
        return None
    (row,), (is_character,) = classifier.classify(levels[None])
    score = float(is_character)
    probabilities = [round(each, DECIMALS) for each in row.tolist()]
    accepted = score >= classifier.threshold
    return as_prediction(probabilities, round(score, DECIMALS), accepted, None, classifier.alphabet)


def _offset(centre_of_mass: float, length: int) -> int:
    """Where ink of that `length` begins that has its centre of mass there, as in `framing`."""
    return min(max(math.ceil(CENTRE - 0.5 - centre_of_mass), 0), SIDE - length)
