"""From what was sent to what is answered, without HTTP."""

from typing import Any

import numpy as np

from backend.reading.alphabet import Alphabet
from backend.reading.classifier import Classifier
from backend.reading.levels import frame_ink, wrong_levels
from backend.reading.pictures.cleaning import clean
from backend.reading.pictures.digit import Ink, choose_digit, picture_to_ink
from backend.reading.reasons import Reason, sentence
from model_training.framing import SIDE, frame

# Of 2,000 pen digits of writers trained on, turned and refused, 99% read so surely another way up.
SURELY_TURNED = 0.9
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

    def one(
        row: list[float], score: float, has_ink: bool, is_one: bool, reason: Reason | None
    ) -> dict[str, Any]:
        if reason or not has_ink:
            found = nothing(reason or blank, classifier.alphabet)
        elif not is_one:
            found = refused(row, Reason.NOT_A_CHARACTER, classifier.alphabet)
        else:
            found = recognised(row, classifier.alphabet)
        return {**found, "is_character": score}

    return list(map(one, rows, scores, inked, accepted, wrong)), framed


def predict_pixels(pixels: list[Any], classifier: Classifier) -> tuple[dict[str, Any], np.ndarray]:
    """Return the prediction of one image with validated `pixels`, flat or nested, and how it was framed."""
    (prediction,), (framed,) = predict(to_images([pixels]), classifier)
    return prediction, framed


def predict_picture(
    content: bytes, most_memory: int, classifier: Classifier
) -> tuple[dict[str, Any], np.ndarray, Ink]:
    """Return the prediction of the picture file `content`, how it was framed, and the ink found on it.

    A photograph on which nothing is recognised is looked at again as one that shadows fall on. What looks
    like a character only when it is turned isn't recognised, and the reason says so.

    Raises PictureError as `picture_to_ink` does.
    """
    ink = picture_to_ink(content, most_memory)
    read = _predict_ink(ink, classifier)
    if read[0]["character"] is None and ink.cleaned.photographed:
        again = _predict_ink(choose_digit(clean(ink.cleaned.picture, shaded=True)), classifier)
        if again[0]["character"] is not None:
            return again
    found, framed, _ = read
    if found.get("reason_code") == Reason.NOT_A_CHARACTER and not ink.cleaned.for_model:
        turned, _ = predict(np.stack([np.rot90(framed, turns) for turns in (1, 2, 3)]), classifier)
        if any(each["character"] is not None and each["confidence"] > SURELY_TURNED for each in turned):
            found |= {
                "reason": sentence(Reason.TURNED, classifier.alphabet),
                "reason_code": Reason.TURNED.value,
            }
    return read


def _predict_ink(ink: Ink, classifier: Classifier) -> tuple[dict[str, Any], np.ndarray, Ink]:
    (prediction,), (framed,) = predict(frame(ink.levels)[None], classifier, blank=Reason.NOTHING_FOUND)
    return prediction, framed, ink


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
