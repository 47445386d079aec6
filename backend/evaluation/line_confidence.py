"""What the confidence of a line that was read whole should be, fitted anew.

`python -m backend.evaluation.line_confidence` reads lines of digits by the writers that numbers are tuned on,
and lines of letters by half of the validation people, and prints the weights for
`backend/reading/segmentation/whole_lines.py`, with what becomes of both at several least confidences.
"""

import argparse
import os
import zlib
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression

from backend.evaluation.numbers import TUNING_SEED, made, served_model
from backend.evaluation.written_numbers import CONDITIONS, Page, Writer, photographed, picture_of
from backend.reading.classifier import GraphClassifier
from backend.reading.numbers import SEVERAL, judged_lines
from backend.reading.pictures.cleaning import clean
from backend.reading.pictures.decoding import decode
from backend.reading.segmentation.acceptance import accepted, evidence_of
from backend.reading.segmentation.judging import decide
from backend.reading.segmentation.whole_lines import (
    choose,
    features_of,
    is_worth_reading_whole,
    read_whole,
    readings,
)
from backend.reading.settings import ReadingSettings
from backend.reading.threads import compute_on_one_thread
from model_training.real_negatives import LETTERS_LIKE_DIGITS
from model_training.strangers import split_strangers
from model_training.unipen import load_unipen

NAMES = ("CERTAIN", "BY_READING", "BY_CHARACTER", "BY_DIVIDING", "-DIFFERENT", "LIKE_DIGITS")
LETTERS = "letters"
LEAST_LABELS = 10  # letters, that someone wrote who writes lines of them
LEAST = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)

Rows = list[tuple[np.ndarray, bool]]  # of lines, what tells whether they are right, and whether they are


@cache
def letter_writers() -> list[Writer]:
    """Return half of the validation people, their letters that look like no digit ten at a time as digits."""
    people: dict[int, list] = defaultdict(list)
    for drawing in split_strangers(load_unipen("letters") or []).validation:
        if drawing.label not in LETTERS_LIKE_DIGITS:
            people[drawing.writer].append(drawing.strokes)
    known = [people[key] for key in sorted(people) if len(people[key]) >= LEAST_LABELS][::2]
    return [{str(place): of[place::10] for place in range(10)} for of in known]


def lines_of(name: str, index: int) -> Rows:
    """Return the lines that are read whole on picture `index` of the condition `name`, or of letters."""
    if name == LETTERS:
        rng = np.random.default_rng([TUNING_SEED, zlib.crc32(name.encode()), index])
        page = photographed(Page(), rng) if rng.random() < 0.5 else Page()
        content, _ = picture_of(page, letter_writers()[rng.integers(len(letter_writers()))], rng)
        text = ""
    else:
        content, text = made(name, index, tuning=True)
    classifier = _classifier()
    assert classifier.line_reader is not None
    judged = judged_lines(clean(decode(content, ReadingSettings.max_picture_memory), SEVERAL), classifier)
    if text and len(judged) != text.count("\n") + 1:
        return []
    found = []
    for line, written in zip(judged, text.split("\n") if text else [""] * len(judged), strict=True):
        path = decide(line)
        kept = accepted(line, path, classifier.threshold)
        if is_worth_reading_whole(line, path, kept) and (whole := read_whole(line, classifier.line_reader)):
            reading = choose(readings(line, path, kept, whole))
            if reading.string:
                features = features_of(line, kept, evidence_of(line, path, kept), reading)
                found.append((features, "".join(map(str, reading.string)) == written))
    return found


@cache
def _classifier() -> GraphClassifier:
    return GraphClassifier(served_model())


def _measured(name: str, count: int) -> Rows:
    compute_on_one_thread()  # processes share the cores already
    return [row for index in range(count) for row in lines_of(name, index)]


def main() -> None:
    """Print the weights, and what is read at several least confidences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--count", type=int, default=60, help="pictures of each condition; of letters six times"
    )
    count = parser.parse_args().count
    names = [*CONDITIONS, LETTERS]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        of = dict(
            zip(names, pool.map(_measured, names, [count] * len(CONDITIONS) + [6 * count]), strict=True)
        )
    rows = [row for each in of.values() for row in each]
    features, right = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    is_letters = np.array([name == LETTERS for name, each in of.items() for _ in each])
    model = LogisticRegression(C=10, fit_intercept=False, max_iter=1000).fit(features, right)
    for name, weight in zip(NAMES, model.coef_[0].tolist(), strict=True):
        print(f"{name:14}{weight:8.2f}")
    confidence = model.predict_proba(features)[:, 1]
    print(
        f"{len(rows) - is_letters.sum()} lines of digits, {is_letters.sum()} of letters, with something read"
    )
    print(f"{'least':>6}{'digits right and read':>24}{'letters read':>14}")
    for least in LEAST:
        kept = confidence > least
        digits, letters = (kept & right).sum() / right.sum(), (kept & is_letters).sum() / (6 * count)
        print(f"{least:6.2f}{digits:24.1%}{letters:14.1%}")


if __name__ == "__main__":
    main()
