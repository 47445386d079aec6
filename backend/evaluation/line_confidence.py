"""Fits how sure a line is that was read whole: the six numbers of `confidence_of`.

`python -m backend.evaluation.line_confidence` writes lines of digits by the writers that are tuned on, and
lines of letters, which should not be read, by half of UNIPEN's validation people. It reads them, and prints
what logistic regression makes of them, and how surely lines of the other half's letters are read as numbers.
"""

import os
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np
from sklearn.linear_model import LogisticRegression

from backend.evaluation.numbers import LEAST_LABELS, classifier, made
from backend.evaluation.written_numbers import CONDITIONS, Page, Writer, photographed, picture_of
from backend.reading.model_files import ModelError
from backend.reading.numbers import SEVERAL, judged_lines
from backend.reading.pictures.cleaning import clean
from backend.reading.pictures.decoding import decode
from backend.reading.segmentation.acceptance import accepted, evidence_of
from backend.reading.segmentation.judging import decide
from backend.reading.segmentation.whole_lines import (
    MOST_EVIDENCE,
    choose,
    is_worth_reading_whole,
    read_whole,
    readings,
)
from backend.reading.settings import ReadingSettings
from backend.reading.threads import compute_on_one_thread
from model_training.datasets import DataUnavailableError
from model_training.strangers import split_strangers
from model_training.unipen import load_unipen

PICTURES = 60  # of each condition
FIRST = 1_000  # of them: the table of the tuning writers is of others
LETTERS = 300  # pictures of a line of letters, of each half of those who wrote them
NAMES = ("CERTAIN", "BY_READING", "BY_CHARACTER", "DIFFERENT", "LIKE_DIGITS", "BY_DIVIDING")
ONE_LINE = [name for name in CONDITIONS if name not in ("on ruled lines", "several lines", "two columns")]


def lines_of(content: bytes, text: str | None) -> list[tuple[list[float], bool]]:
    """What `confidence_of` looks at of each line on a picture that is read whole, and whether it is right.

    `text` is what is written; None of what should not be read.
    """
    known = classifier()
    found = []
    for line in judged_lines(clean(decode(content, ReadingSettings.max_picture_memory), SEVERAL), known):
        path = decide(line)
        kept = accepted(line, path, known.threshold)
        reader = known.line_reader
        whole = read_whole(line, reader) if reader and is_worth_reading_whole(line, path, kept) else None
        if whole is None:
            continue
        reading = choose(readings(line, path, kept, whole))
        string = "".join(str(label) for label in reading.string)
        share = line.is_digit[kept].mean() if kept else 0.0
        divided = float(np.clip(evidence_of(line, path, kept), -MOST_EVIDENCE, MOST_EVIDENCE))
        seen = [
            reading.log_probability,
            reading.log_probability / max(1, len(string)),
            -float(reading.differs),
            reading.differs * share,
            (not reading.differs) * divided,
        ]
        found.append((seen, text is not None and string == text))
    return found


@cache
def letter_writers(half: int) -> list[Writer]:
    """Return half of UNIPEN's validation people, with letters where their digits would be."""
    people: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for drawing in split_strangers(load_unipen("letters") or []).validation:
        people[drawing.writer][drawing.label].append(drawing.strokes)
    known = [people[key] for key in sorted(people) if len(people[key]) >= LEAST_LABELS]
    # A number is written with what stands under decimal labels, each as likely as any other.
    return [{f"{place}": of[label] for place, label in enumerate(sorted(of))} for of in known[half::2]]


def _of_digits(name: str) -> list[tuple[list[float], bool]]:
    compute_on_one_thread()
    return [each for index in range(PICTURES) for each in lines_of(*made(name, FIRST + index, tuning=True))]


def _of_letters(half: int) -> list[tuple[list[float], bool]]:
    compute_on_one_thread()
    rng, found = np.random.default_rng(half), []
    for _ in range(LETTERS):
        page = photographed(Page(digits=(2, 7)), rng)
        writer = letter_writers(half)[rng.integers(len(letter_writers(half)))]
        found += lines_of(picture_of(page, writer, rng)[0], None)
    return found


def main() -> int:
    """Fit and print; return 1 if the data or the model can't be had."""
    try:
        if not letter_writers(0):
            raise DataUnavailableError("UNIPEN's letters are needed: set UNIPEN_PATH (see README)")
        classifier()
    except (DataUnavailableError, ModelError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        letters = [pool.submit(_of_letters, half) for half in (0, 1)]
        digits = [each for part in pool.map(_of_digits, ONE_LINE) for each in part]
        fitted, others = (part.result() for part in letters)
    lines = digits + fitted
    seen, right = np.array([each for each, _ in lines]), np.array([is_right for _, is_right in lines])
    model = LogisticRegression(C=100.0, max_iter=10_000).fit(seen, right)
    print(f"{len(digits)} lines of digits, {right.mean():.1%} of all right; {len(fitted)} of letters")
    print(", ".join(NAMES), "=", ", ".join(f"{v:.2f}" for v in (*model.intercept_, *model.coef_[0])))
    of_digits = model.predict_proba(seen[: len(digits)])[:, 1]
    of_others = model.predict_proba(np.array([each for each, _ in others]))[:, 1]
    print("surer than   letters, others'   digits, right   digits, wrong")
    for least in (0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 0.9):
        parts = (of_others, of_digits[right[: len(digits)]], of_digits[~right[: len(digits)]])
        print(f"{least:10}", *(f"{(part > least).mean():16.1%}" for part in parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
