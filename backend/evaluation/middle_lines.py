"""Lines through digits that neighbours touch which run out of the picture, to learn to read the middle of.

`python -m backend.evaluation.middle_lines --out build/middle_lines.npz` cuts digits out of what those wrote
whose digits are trained on, for `train_strings --pictures`. Of a line only the digit in its middle is to be
read: what is left of its neighbours says nothing for sure. Of a letter unlike digits nothing is read.
"""

import argparse
import sys
from functools import cache
from pathlib import Path

import numpy as np

from backend.evaluation.cutouts import CutOut, Strokes, cheque, cut_out, form, register
from backend.evaluation.picture_lines import Line, save_parts
from backend.evaluation.written_numbers import Rng
from backend.reading.middle import line_through
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.settings import ReadingSettings
from backend.reading.threads import compute_on_one_thread
from model_training.datasets import DataUnavailableError, Drawing
from model_training.string_data import training_letters, training_people, writers_among
from model_training.stroke_augmentation import distort

SEED = 10
LETTERS = 0.25  # of the pictures show letters
NEIGHBOURS = 2
LEAST_WIDE = 0.4  # of its height, that a neighbour is; narrower, it might be seen whole


def some_cut_out(rng: Rng) -> CutOut:
    """Return a form, a register or a cheque on which neighbours touch the digit, more or less."""
    touching = {"neighbours": "beside", "apart": (rng.uniform(-0.2, -0.08), rng.uniform(-0.05, 0.04))}
    kind = rng.random()
    if kind < 0.6:
        return form(rng, **touching, room=(0.05, rng.uniform(0.2, 0.4)), size=(30, 260))
    if kind < 0.8:
        return register(rng, **touching)
    return cheque(rng, **touching)


def line_of(content: bytes, character: str) -> Line | None:
    """Return the line through `character` on a picture, and the digit that it is, if it is one.

    None where no neighbour touches it, as it was found.
    """
    shown = line_through(picture_to_ink(content, ReadingSettings.max_picture_memory))
    return None if shown is None else (shown[0], [int(character)] if character.isdecimal() else [])


def some_neighbour(person: dict[str, list[Drawing]], rng: Rng) -> Strokes:
    """Return a character by `person` that isn't so narrow that it may be seen whole at a picture's edge."""
    while True:
        of_label = list(person.values())[rng.integers(len(person))]
        strokes = distort(of_label[rng.integers(len(of_label))], rng)
        width, height = np.ptp(np.concatenate(strokes), axis=0)
        if width >= LEAST_WIDE * height:
            return strokes


@cache
def _people() -> tuple[list[dict[str, list[Drawing]]], ...]:
    """Writers of digits, and writers of letters; by label."""
    return writers_among(training_people()[1]), writers_among(training_letters()[1])


def _part(count: int, number: int) -> list[Line]:
    compute_on_one_thread()  # processes share the cores already
    rng = np.random.default_rng((SEED, number))
    lines = []
    for _ in range(count):
        digits, letters = _people()
        people = letters if letters and rng.random() < LETTERS else digits
        person = people[rng.integers(len(people))]
        label = list(person)[rng.integers(len(person))]
        strokes = distort(person[label][rng.integers(len(person[label]))], rng)
        others = [some_neighbour(person, rng) for _ in range(NEIGHBOURS)]
        lines.append(line_of(cut_out(some_cut_out(rng), strokes, others, rng), label))
    return [line for line in lines if line is not None]


def main(arguments: list[str] | None = None) -> int:
    """Write the file; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m backend.evaluation.middle_lines", description=__doc__)
    parser.add_argument("--count", type=int, default=54_000, help="pictures, of which some have no such line")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file")
    options = parser.parse_args(arguments)
    try:
        _people()
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    lines = save_parts(_part, options.count, options.out)
    print(f"Saved {lines:,} lines of {options.count:,} pictures in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
