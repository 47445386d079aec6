"""From pixels that were sent to what is answered, without HTTP."""

from typing import Any

import numpy as np

from backend.reading.alphabet import Alphabet
from backend.reading.classifier import Classifier
from backend.reading.levels import frame_ink, wrong_levels
from backend.reading.reasons import Reason, sentence
from model_training.framing import SIDE

DECIMALS = 8  # of a probability; ten of them still sum to 1 within 1e-6


def to_images(pixels: list[Any]) -> np.ndarray:
    """Return images, (n, 28, 28) float64, of validated `pixels`: n lists, each flat or nested."""
    flat = [image if len(image) != SIDE else [level for row in image for level in row] for image in pixels]
    return np.array(flat, np.float64).reshape(-1, SIDE, SIDE)


def predict(
    images: np.ndarray, classifier: Classifier, blank: Reason = Reason.NOTHING_DRAWN
) -> tuple[list[dict[str, Any]], np.ndarray]:
    """Return one prediction an image, and the framed images, (n, 28, 28) uint8, that the model saw.

    `images` is (n, 28, 28) of 0..255; `blank` is the reason given where there is no ink. Noise of paper is
    removed before framing; an image that isn't on our scale has no answer, as an empty one.
    """
    wrong = wrong_levels(images)
    framed = frame_ink(images)
    probabilities, is_digit = classifier.classify(framed)  # (n, labels), (n,)
    inked: list[bool] = np.any(framed, axis=(1, 2)).tolist()
    accepted: list[bool] = (is_digit >= classifier.threshold).tolist()
    rows = np.round(probabilities, DECIMALS).tolist()
    answerable = [has_ink and reason is None for has_ink, reason in zip(inked, wrong, strict=True)]
    scores = np.where(answerable, np.round(is_digit, DECIMALS), 0).tolist()

    reasons = [reason or (None if has_ink else blank) for has_ink, reason in zip(inked, wrong, strict=True)]
    alphabet = classifier.alphabet
    predictions = [
        as_prediction(row, score, is_one, reason, alphabet)
        for row, score, is_one, reason in zip(rows, scores, accepted, reasons, strict=True)
    ]
    return predictions, framed


def as_prediction(
    probabilities: list[float], score: float, is_one: bool, reason: Reason | None, alphabet: Alphabet
) -> dict[str, Any]:
    """Return what is said of an image that nothing is told of for a `reason`, or that shows a character.

    It shows one of `alphabet` if it `is_one`; the `score` is how probable that is.
    """
    if reason:
        found = nothing(reason, alphabet)
    elif not is_one:
        found = refused(probabilities, Reason.NOT_A_CHARACTER, alphabet)
    else:
        found = recognised(probabilities, alphabet)
    found["is_character"] = score
    return found


def predict_pixels(pixels: list[Any], classifier: Classifier) -> tuple[dict[str, Any], np.ndarray]:
    """Return the prediction of one image with validated `pixels`, flat or nested, and how it was framed."""
    (prediction,), (framed,) = predict(to_images([pixels]), classifier)
    return prediction, framed


def recognised(probabilities: list[float], alphabet: Alphabet) -> dict[str, Any]:
    """Return the prediction of the most probable label; the first one of two that are equal."""
    confidence = max(probabilities)
    character = alphabet.labels[probabilities.index(confidence)]
    return {
        "digit": int(character) if character.isdecimal() else None,
        "character": character,
        "confidence": confidence,
        "probabilities": probabilities,
    }


def refused(probabilities: list[float], reason: Reason, alphabet: Alphabet) -> dict[str, Any]:
    """Return the prediction of what isn't recognised, for a `reason`: still how probable each label is."""
    return {
        "digit": None,
        "character": None,
        "confidence": max(probabilities),
        "probabilities": probabilities,
        "reason": sentence(reason, alphabet),
        "reason_code": reason.value,
    }


def nothing(reason: Reason, alphabet: Alphabet) -> dict[str, Any]:
    """Return the prediction where nothing is told for a `reason`: every label is as likely as the others."""
    count = len(alphabet.labels)
    return refused([1 / count] * count, reason, alphabet)
