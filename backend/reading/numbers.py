"""Numbers on a picture: their lines are found, divided into characters, and read."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from backend.reading.classifier import Classifier
from backend.reading.pictures.cleaning import CleanedPicture, Look, clean
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.placement import full_size
from backend.reading.predict import DECIMALS
from backend.reading.reasons import Reason, sentence
from backend.reading.segmentation.acceptance import accepted, evidence_of
from backend.reading.segmentation.judging import Judged, decide, judge
from backend.reading.segmentation.line_images import LineImage, line_image
from backend.reading.segmentation.pale_print import without_prints
from backend.reading.segmentation.pieces import Unit
from backend.reading.segmentation.rules import without_underlines
from backend.reading.segmentation.text_lines import find_text_lines, near
from backend.reading.segmentation.whole_lines import (
    Reading,
    WholeLine,
    choose,
    confidence_of,
    cut_out,
    is_worth_reading_whole,
    label_probabilities,
    read_whole,
    readings,
)

SEVERAL = Look(several=True)
MOST_LINES = 120  # that are read, the tallest; a page of writing has fewer
BOX_COLOUR = (35, 71, 197)
# On 360 pictures by those who were tuned on, feet that were taken for a line made reading better by 2.2 at
# most, and lines that weren't made it worse by 4.7 at least.
MUCH_BETTER = 3.0  # nats
BESIDE = 0.25  # of the characters' height, around a line, where what belongs to one of them lies


@dataclass(frozen=True)
class ReadCharacter:
    """One character that was read."""

    label: str
    probabilities: np.ndarray  # (labels,)
    pixels: np.ndarray  # (28, 28) uint8, framed
    box: np.ndarray  # (4,) left, top, width, height in px of the cleaned picture


@dataclass(frozen=True)
class Numbers:
    """What is read on a picture: lines of characters from the top down, each from left to right."""

    lines: list[list[ReadCharacter]]
    confidence: float  # the calibrated probability that all of it is right
    reason: Reason | None  # why nothing is read, if nothing is

    @property
    def text(self) -> str:
        """The labels, with a line break between lines."""
        return "\n".join("".join(character.label for character in line) for line in self.lines)


def read_picture(
    content: bytes, most_memory: int, classifier: Classifier
) -> tuple[dict[str, Any], CleanedPicture]:
    """Return the answer for the picture file `content`, its text and the characters with their places.

    The picture that they were found on comes with it.

    Raises PictureError as `decode` does.
    """
    cleaned = clean(decode(content, most_memory), SEVERAL)
    return as_answer(read_numbers(cleaned, classifier), cleaned, classifier), cleaned


def read_numbers(cleaned: CleanedPicture, classifier: Classifier) -> Numbers:
    """Return the numbers on a picture that was cleaned."""
    judged = judged_lines(cleaned, classifier)
    if not judged:
        return Numbers([], 0.0, Reason.NOTHING_FOUND)
    rows: dict[int, list[ReadCharacter]] = {}
    certain = []
    for line in judged:
        characters, confidence = _read_line(line, classifier)
        if characters:
            # What stands far apart in a row was judged apart, but is read as one line.
            rows.setdefault(line.image.row, []).extend(characters)
            certain.append(confidence)
    if not rows:
        return Numbers([], 0.0, Reason.NOT_A_CHARACTER)
    return Numbers(list(rows.values()), float(np.prod(certain)), None)


def _read_line(line: Judged, classifier: Classifier) -> tuple[list[ReadCharacter], float]:
    """The characters of a line, and the calibrated probability that all of them are right."""
    labels = classifier.alphabet.labels
    path = decide(line)
    kept = accepted(line, path, classifier.threshold)
    reader = classifier.line_reader
    whole = read_whole(line, reader) if reader and is_worth_reading_whole(line, path, kept) else None
    reading = None if whole is None else choose(readings(line, path, kept, whole))
    confidence = confidence_of(line, kept, evidence_of(line, path, kept), reading)
    if confidence == 0.0:
        return [], 0.0
    if whole is None or reading is None or not reading.differs:
        characters = [_character(line, index, line.probabilities[index], labels) for index in kept]
    else:
        characters = _characters_of(line, reading, whole, labels)
    return characters, confidence


def _characters_of(
    line: Judged, reading: Reading, whole: WholeLine, labels: tuple[str, ...]
) -> list[ReadCharacter]:
    """The characters of a line that was read whole: the segments of that string, or what lies there."""
    probabilities = label_probabilities(whole, reading.string)
    if reading.segments:
        return [
            _character(line, index, each, labels)
            for index, each in zip(reading.segments, probabilities, strict=True)
        ]
    units = cut_out(line, reading.string, whole)
    return [
        ReadCharacter(labels[int(each.argmax())], each, unit.framed, _box_of(line, unit))
        for unit, each in zip(units, probabilities, strict=True)
    ]


def judged_lines(cleaned: CleanedPicture, classifier: Classifier) -> list[Judged]:
    """Return the lines of writing on a picture, judged, in reading order.

    Where a line seems to be drawn beneath digits it may be the feet of such as touch: it goes only if what is
    left reads much better.
    """
    with_underlines = without_prints(cleaned)
    bare = without_underlines(with_underlines)
    judged = judge(_images_of(bare), classifier)
    if bare is with_underlines:
        return judged
    other = judge(_images_of(with_underlines), classifier)
    costs = [sum(decide(line).cost for line in lines) if lines else np.inf for lines in (judged, other)]
    return judged if costs[0] + MUCH_BETTER < costs[1] else other


def line_images(cleaned: CleanedPicture, underlines: bool = False) -> list[LineImage]:
    """Return the lines of writing on a picture, each as an image of its own, in reading order.

    What seems to be drawn beneath them stays with `underlines`.
    """
    bare = without_prints(cleaned)
    return _images_of(bare if underlines else without_underlines(bare))


def _images_of(cleaned: CleanedPicture) -> list[LineImage]:
    parts = cleaned.parts
    lines = find_text_lines(parts)
    if len(lines) > MOST_LINES:
        least = sorted((line.height for line in lines), reverse=True)[MOST_LINES]
        lines = [line for line in lines if line.height > least]
    chosen = np.zeros((len(lines), len(parts.mass)), bool)
    for line, of in zip(lines, chosen, strict=True):
        of[line.members] = True
        of[near(line, parts, BESIDE)] = True
    ink = cleaned.ink_of(np.any(chosen, axis=0)[parts.labels])
    return [line_image(ink, parts.labels, of, line) for line, of in zip(lines, chosen, strict=True)]


def as_answer(numbers: Numbers, cleaned: CleanedPicture, classifier: Classifier) -> dict[str, Any]:
    """Return what `/read` answers; boxes are in px of the picture that was sent, upright."""
    size = full_size(cleaned.picture)
    characters = [
        {
            "character": character.label,
            "confidence": float(np.round(character.probabilities.max(), DECIMALS)),
            "probabilities": np.round(character.probabilities, DECIMALS).tolist(),
            "box": cleaned.placement.box(character.box, size),
            "line": line,
            "pixels": character.pixels.reshape(-1).tolist(),
        }
        for line, row in enumerate(numbers.lines)
        for character in row
    ]
    answer = {
        "text": numbers.text,
        "confidence": round(numbers.confidence, DECIMALS),
        "characters": characters,
    }
    if numbers.reason:
        answer |= {
            "reason": sentence(numbers.reason, classifier.alphabet),
            "reason_code": numbers.reason.value,
        }
    return answer


def with_boxes(cleaned: CleanedPicture, answer: dict[str, Any]) -> np.ndarray:
    """Return the picture, (height, width, 3) uint8, with a box around each character of `answer`."""
    colours = cleaned.picture.colours.copy()
    shrunk = colours.shape[1] / full_size(cleaned.picture)[0]
    thickness = max(1, round(max(colours.shape) / 300))
    for each in answer["characters"]:
        left, top, width, height = (round(side * shrunk) for side in each["box"])
        cv2.rectangle(colours, (left, top), (left + width, top + height), BOX_COLOUR, thickness)
    return colours


def _character(line: Judged, index: int, probabilities: np.ndarray, labels: tuple[str, ...]) -> ReadCharacter:
    box = _box_of(line, line.lattice.segments[index].unit)
    return ReadCharacter(labels[int(probabilities.argmax())], probabilities, line.pixels[index], box)


def _box_of(line: Judged, unit: Unit) -> np.ndarray:
    return line.image.box_in_picture(unit.left, unit.top, unit.ink.shape[1], unit.ink.shape[0])
