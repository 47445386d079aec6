"""Lines of digits as reading makes them of pictures, for the network that reads lines whole to learn from.

`python -m backend.evaluation.picture_lines --out build/picture_lines.npz` has those whose digits are trained
on write numbers, under the conditions that numbers are tuned on and others near them, takes the pictures
through the pipeline, and keeps the lines that come out. Nobody is among the writers by whom anything is
measured, and no condition that is never tuned on.
"""

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from tqdm import tqdm

from backend.evaluation.numbers import edits, served_model
from backend.evaluation.written_numbers import CONDITIONS, LOW, Page, Rng, Writer, cheque, picture_of
from backend.reading.classifier import GraphClassifier
from backend.reading.line_reader import LineReader
from backend.reading.model_files import ModelError
from backend.reading.numbers import SEVERAL, line_images
from backend.reading.pictures.cleaning import clean
from backend.reading.pictures.decoding import decode
from backend.reading.segmentation.ctc import best_strings
from backend.reading.segmentation.pieces import find_units
from backend.reading.segmentation.whole_lines import as_shown, extent_of
from backend.reading.settings import ReadingSettings
from backend.reading.threads import compute_on_one_thread
from model_training.datasets import DataUnavailableError, Drawing, Images
from model_training.string_data import (
    MOST_CHARACTERS,
    NO_DIGIT,
    SCANNED_SHARE,
    training_people,
    writers_among,
)
from model_training.stroke_augmentation import distort

SEED = 9
PART = 500  # pictures that a process makes at a time
KEPT_EVERY = 20  # of these parts, so that little is lost
DRAWN = 2  # drawings of each digit that someone writes a picture with, each bent anew
CHEQUES = 0.35  # of the pictures: what is read at the lowest resolution needs most to learn from
MOST_AMISS = 0.34  # of a line's digits, that the present network may read otherwise: of more, some were lost

Line = tuple[np.ndarray, list[int]]  # (32, width) uint8 ink, and its digits


class PictureWriter:
    """Those who are trained on, who write pictures."""

    def __init__(self, scanned: Images, drawings: list[Drawing], seed: tuple[int, int]):
        self._people = writers_among(drawings)
        self._scanned: Writer = {
            str(label): list(scanned.images[scanned.labels == label]) for label in range(10)
        }
        self.rng = np.random.default_rng(seed)

    def write(self) -> tuple[bytes, str, bool]:
        """Return a picture file, what is written on it, and whether that is underlined."""
        page = some_page(self.rng)
        return *picture_of(page, self._someone(), self.rng), page.print_ == "underline"

    def _someone(self) -> Writer:
        rng = self.rng
        if rng.random() < SCANNED_SHARE or not self._people:
            return self._scanned
        person = self._people[rng.integers(len(self._people))]
        return {
            label: [distort(of_label[rng.integers(len(of_label))], rng) for _ in range(DRAWN)]
            for label, of_label in person.items()
        }


def some_page(rng: Rng) -> Page:
    """Return a page of a condition that may be tuned on, changed at random, or a cheque's amount."""
    if rng.random() < CHEQUES:
        page = some_cheque(rng)
    else:
        page = list(CONDITIONS.values())[rng.integers(len(CONDITIONS))](rng)
        # Touching digits on squared paper are never tuned on.
        if page.print_ not in ("boxes", "squared") and rng.random() < 0.5:
            page = replace(page, touching=rng.uniform(0, 0.5), overlap=(0.05, rng.uniform(0.2, 0.6)))
    return replace(
        page,
        columns=1,
        digits=(1, MOST_CHARACTERS),
        pen=(page.pen[0], page.pen[1] * rng.uniform(1, 1.2)),
        slant=max(page.slant, rng.uniform(0, 0.2)),
        turn=max(page.turn, rng.uniform(0, 3)),
        uneven=page.uneven * rng.uniform(0.7, 1.8),
    )


def some_cheque(rng: Rng) -> Page:
    """Return a bank's small scan of an amount; such between # are never tuned on, and none of these."""
    wide = int(rng.integers(100, 261))
    page = replace(
        LOW,
        fit=(wide, round(wide * rng.uniform(0.22, 0.45))),
        margin=(rng.uniform(0.05, 0.3), rng.uniform(0.3, 1.0)),
        touching=float(rng.choice((0.0, 0.1, 0.3, 0.5))),
        overlap=(0.05, rng.uniform(0.2, 0.6)),
        pen=(0.05, 0.15),
        gap=(rng.uniform(0.02, 0.1), rng.uniform(0.12, 0.4)),
        separators=("none", "thousands", "thousands", "cents", "dash", "equals"),
    )
    page = replace(cheque(page, rng), pattern=rng.uniform(0, 40), quality=int(rng.integers(45, 92)))
    darkness = rng.uniform(20, 110)
    return replace(page, ink=(darkness,) * 3, opacity=(rng.uniform(0.6, 1.0), 1.0), noise=rng.uniform(1, 7))


def lines_of(content: bytes, text: str, underlined: bool) -> list[Line]:
    """Return the lines found on a picture, with the digits of each; none unless all of them are found."""
    cleaned = clean(decode(content, ReadingSettings.max_picture_memory), SEVERAL)
    images = [
        (image, units) for image in line_images(cleaned, not underlined) if (units := find_units(image))
    ]
    written = text.split("\n")
    if len(images) != len(written) or len({image.row for image, _ in images}) != len(images):
        return []
    shown = [as_shown(image.levels, *extent_of(units)) for image, units in images]
    return [
        (each[0], [int(digit) for digit in digits])
        for each, digits in zip(shown, written, strict=True)
        if each is not None
    ]


def is_whole(line: Line, reader: LineReader) -> bool:
    """Whether about as many digits stand on `line` as were written: pictures lose some on their way."""
    ink, digits = line
    read, _ = best_strings(reader.read(ink), 1)[0]
    amiss = edits("".join(map(str, read)), "".join(map(str, digits)))
    return amiss <= max(1, MOST_AMISS * len(digits))


@cache
def _people() -> tuple[Images, list[Drawing]]:
    return training_people()[:2]


@cache
def _reader() -> LineReader | None:
    return GraphClassifier(served_model()).line_reader


def _part(count: int, number: int) -> list[Line]:
    compute_on_one_thread()  # processes share the cores already
    writer, reader = PictureWriter(*_people(), (SEED, number)), _reader()
    found = [line for _ in range(count) for line in lines_of(*writer.write())]
    return [line for line in found if reader is None or is_whole(line, reader)]


def save(lines: list[Line], path: Path) -> None:
    """Write `lines` for `train_strings --pictures`, those of one width together; never half a file."""
    by_width: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        by_width[line[0].shape[1]].append(line)
    arrays: dict[str, np.ndarray] = {}
    for width, of_width in by_width.items():
        labels = np.full((len(of_width), MOST_CHARACTERS), NO_DIGIT, np.uint8)
        for row, (_, digits) in zip(labels, of_width, strict=True):
            row[: len(digits)] = digits
        arrays |= {f"lines {width}": np.stack([ink for ink, _ in of_width]), f"labels {width}": labels}
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"partial-{path.name}")
    np.savez(partial, **arrays)  # type: ignore[arg-type]
    partial.replace(path)


def save_parts(part: Callable[[int, int], list[Line]], count: int, path: Path) -> int:
    """Write the lines of `count` pictures, which the machine's cores share; return how many lines there are.

    `part` makes those of so many pictures, and of the part of that number.
    """
    counts = [min(PART, count - at) for at in range(0, count, PART)]
    lines: list[Line] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        parts = pool.map(part, counts, range(len(counts)))
        for number, found in enumerate(tqdm(parts, total=len(counts), desc="pictures"), 1):
            lines += found
            if number % KEPT_EVERY == 0 or number == len(counts):
                save(lines, path)
    return len(lines)


def main(arguments: list[str] | None = None) -> int:
    """Write the file; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m backend.evaluation.picture_lines", description=__doc__)
    parser.add_argument("--count", type=int, default=60_000, help="pictures, of which some lines are lost")
    parser.add_argument("--out", type=Path, required=True, help="the .npz file")
    options = parser.parse_args(arguments)
    try:
        _people()
        served_model()  # converted once, before many ask for it
    except (DataUnavailableError, ModelError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    lines = save_parts(_part, options.count, options.out)
    print(f"Saved {lines:,} lines of {options.count:,} pictures in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
