"""From a picture that was sent to what is answered: of several ways to look at it the surest is kept."""

from typing import Any

import numpy as np

from backend.reading.alphabet import Alphabet
from backend.reading.classifier import Classifier
from backend.reading.looks import further_looks, likelier_looks
from backend.reading.middle import middle_pieces, read_middle
from backend.reading.pictures.digit import Ink, picture_to_ink
from backend.reading.predict import DECIMALS, predict, recognised
from backend.reading.reasons import Reason, sentence
from model_training.framing import crop_to_ink, frame

# Of 2,000 pen digits of writers trained on, turned and refused, 99% read so surely another way up.
SURELY_TURNED = 0.9
# What a half turn makes of each other, so that nobody can tell which way up they were written.
HALF_TURNS = ({"6", "9"}, {"M", "W"}, {"N", "U"}, {"D", "P"}, {"B", "Q"})
# Found on 570 pictures of digits in boxes, among neighbours, on folded sheets and in shadows, of writers that
# the model was trained on: 0.8 to 0.95 of doubt and 0.8 to 0.9 of sureness read within 2 of them alike.
DOUBTFUL = 0.9  # a reading that is less sure is doubted
SURE_AGAIN = 0.85  # how sure another look's reading is at least
SURER = 0.1  # than the first, if that was a character
CERTAIN = 0.97  # no further look is taken
# Of 2,270 pictures of all kinds, by writers that the model was trained on, 100 read differently, nearly as
# surely, in two looks: 95 of them right. Those that are wrong are a third of all that were wrong and sure on
# ordinary pictures, so this share is larger than what would say how many are right.
LEAST_OF_FIRST = 0.2  # of its longer side; what is smaller in another look is a speck
DOUBT = 0.4  # how much another look's reading counts beside the surest
# Where reading a line whole speaks for another digit, of what neighbours touch. Of 800 such pictures, by
# writers nothing was trained on, 657 are read right without, and 750 with; where without it nothing was read
# and 0.3 were enough, 759. Of 300 of letters that touch, 98 get a digit without, 151 with, and would 179.
BY_LINE = 1.5  # how much the logarithm of its probability counts, beside the model's
LEAST, UNREAD = 1e-4, 1e-3  # a probability at least, by the model and by the line, as logarithms are taken
BEYOND_DOUBT = 0.6  # how probable it is by the line at least, where without it nothing was read

Read = tuple[dict[str, Any], np.ndarray, Ink]  # a prediction, how its ink was framed, and the ink


def predict_picture(
    content: bytes, most_memory: int, classifier: Classifier
) -> tuple[dict[str, Any], np.ndarray, Ink]:
    """Return the prediction of the picture file `content`, how it was framed, and the ink found on it.

    A picture that is read with doubt is looked at again in other ways, and the surest reading is kept. What
    looks like a character only when it is turned isn't recognised, and the reason says so. Of what looks as
    surely like another one upside down, `upside_down` is that one.

    Raises PictureError as `picture_to_ink` does.
    """
    ink = picture_to_ink(content, most_memory)
    (read,) = _predict_inks([ink], classifier)
    likelier = _predict_inks([candidate.ink for candidate in likelier_looks(ink)], classifier)
    read = next((each for each in likelier if _sureness(each[0]) > SURE_AGAIN), read)
    if not read[2].cleaned.for_model and _sureness(read[0]) < DOUBTFUL:
        read = _surest(read, classifier)
    if not read[2].cleaned.for_model:
        read = _among_neighbours(read, classifier)
    found, framed, _ = read
    if found.get("reason_code") == Reason.NOT_A_CHARACTER and not read[2].cleaned.for_model:
        turned, _ = predict(np.stack([np.rot90(framed, turns) for turns in (1, 2, 3)]), classifier)
        if any(each["character"] is not None and each["confidence"] > SURELY_TURNED for each in turned):
            found |= {
                "reason": sentence(Reason.TURNED, classifier.alphabet),
                "reason_code": Reason.TURNED.value,
            }
    elif found["character"] and not read[2].cleaned.for_model:
        other = _upside_down(found, framed, classifier)
        if other:
            found["upside_down"] = other
    return read


def _upside_down(found: dict[str, Any], framed: np.ndarray, classifier: Classifier) -> str | None:
    """What an image, (28, 28), in which a character was `found` shows upside down, if it does so as surely.

    Of 4,000 digits of people trained on 0.7% are told to show another one upside down, and nine in ten of
    those that are upside down and read as another one.
    """
    (turned,), _ = predict(np.rot90(framed, 2)[None], classifier)
    pair = {found["character"], turned["character"]}
    as_sure = _sureness(turned) >= max(_sureness(found), SURELY_TURNED)
    return turned["character"] if as_sure and len(pair) == 2 and pair not in HALF_TURNS else None


def _surest(first: Read, classifier: Classifier) -> Read:
    """Return the surest reading of a picture, of which the `first` is doubtful; that if none is surer.

    What reads as another character in one of the looks is less sure.
    """
    surest, best = first, max(SURE_AGAIN, _sureness(first[0]) + SURER)
    reads = [(_sureness(first[0]), first)]
    refused = first[0]["character"] is None
    for candidates in further_looks(first[2], refused):
        inks = [candidate.ink for candidate in candidates]
        for candidate, read in zip(candidates, _predict_inks(inks, classifier), strict=True):
            if _size(candidate.ink) < LEAST_OF_FIRST * _size(first[2]):
                continue
            sureness = _sureness(read[0]) * np.exp(-candidate.cost)
            reads.append((sureness, read))
            if sureness > best:
                surest, best = read, sureness
        if best > CERTAIN:
            break
    found, framed, ink = surest
    others = [each for each in reads if each[1][0]["character"] not in (None, found["character"])]
    if found["character"] is None or not others:
        return surest
    sureness, other = max(others, key=lambda each: each[0])
    return _doubted(found, other[0], sureness / best, classifier.alphabet), framed, ink


def _among_neighbours(read: Read, classifier: Classifier) -> Read:
    """Return `read`, or that piece of the middle of the picture which reading its line whole speaks for.

    It is read whole where neighbours that run out of the picture touch what is in its middle.
    """
    reader = classifier.line_reader
    middle = read_middle(read[2], reader) if reader else None
    labels = classifier.alphabet.labels
    found = read[0]
    if middle is None or found["character"] == labels[middle.argmax()]:
        return read
    candidates = middle_pieces(read[2].cleaned)
    if not candidates:
        return read
    pieces = _predict_inks([candidate.ink for candidate in candidates], classifier)
    sure = np.array(
        [
            piece[0]["is_character"] * np.exp(-candidate.cost) * np.array(piece[0]["probabilities"])
            for candidate, piece in zip(candidates, pieces, strict=True)
        ]
    )
    if found["character"] is not None:
        pieces.append(read)
        sure = np.concatenate([sure, found["is_character"] * np.array(found["probabilities"])[None]])
    weighed = (sure.max(axis=0) + LEAST) * ((middle + UNREAD) / (middle + UNREAD).sum()) ** BY_LINE
    best = int(weighed.argmax())
    if labels[best] == found["character"]:
        return read
    if found["character"] is None and middle[best] < BEYOND_DOUBT:
        return read
    prediction, framed, ink = pieces[int(sure[:, best].argmax())]
    shares = np.round(weighed / weighed.sum(), DECIMALS).tolist()
    score = max(prediction["is_character"], found["is_character"], round(float(middle[best]), DECIMALS))
    return recognised(shares, classifier.alphabet) | {"is_character": score}, framed, ink


def _size(ink: Ink) -> int:
    """The longer side of what was chosen as `ink`, in px of the cleaned picture."""
    return max(crop_to_ink(ink.chosen).shape)


def _doubted(
    found: dict[str, Any], other: dict[str, Any], as_sure: float, alphabet: Alphabet
) -> dict[str, Any]:
    """Return what was `found` less surely, as an `other` reading is `as_sure` by its sureness."""
    share = DOUBT * as_sure / (1 + DOUBT * as_sure)
    rows = (1 - share) * np.array(found["probabilities"]) + share * np.array(other["probabilities"])
    return found | recognised(np.round(rows, DECIMALS).tolist(), alphabet)


def _sureness(prediction: dict[str, Any]) -> float:
    """The probability that there is a character and that it is this one; 0 of what is refused."""
    return prediction["is_character"] * prediction["confidence"] if prediction["character"] else 0.0


def _predict_inks(inks: list[Ink], classifier: Classifier) -> list[Read]:
    if not inks:
        return []
    images = np.stack([frame(ink.levels) for ink in inks])
    predictions, framed = predict(images, classifier, blank=Reason.NOTHING_FOUND)
    return list(zip(predictions, framed, inks, strict=True))
