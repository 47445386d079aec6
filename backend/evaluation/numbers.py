"""How many whole numbers are read right on pictures, condition by condition.

`python -m backend.evaluation.numbers` sets numbers together from the digits of writers that the model
never saw, reads them as `/read` does, and says where a goal is missed. With `--write` the table goes into
`docs/numbers.md`. Half of these writers were tuned on: what numbers are read by was chosen by how theirs are
read, and never by the other half, whose figures the table gives apart. With `--tuning` only they write.
"""

import argparse
import json
import os
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from backend.evaluation.pictures import write_table
from backend.evaluation.written_numbers import APART, COARSE, CONDITIONS, TOUCHING, UNSEEN, Writer, picture_of
from backend.reading.classifier import GraphClassifier
from backend.reading.model_files import ModelError, ServedModel, prepare_model
from backend.reading.numbers import read_picture
from backend.reading.settings import REPOSITORY, ReadingSettings, settings_from_environment
from backend.reading.threads import compute_on_one_thread
from model_training.datasets import (
    DataUnavailableError,
    Drawing,
    load_mnist,
    load_pendigits,
    split_mnist,
    split_pendigits,
)
from model_training.packed_strokes import key_of
from model_training.strangers import split_strangers
from model_training.unipen import load_unipen

SEED, TUNING_SEED = 2026, 77
NUMBERS = 300  # pictures of each condition, by each half of the writers
LEAST_LABELS = 8  # of the ten digits, that someone wrote who is a writer of numbers
MNIST_SHARE = 4  # every so manieth writer is MNIST, whose people aren't told apart
DOCUMENT = REPOSITORY / "docs" / "numbers.md"
# Of all 5,501 validation digits, looked at one by one, those that show something else than their label says:
# two of them, another one, or what is left where strokes got lost. What is merely ugly isn't among them.
NOT_AS_LABELLED = Path(__file__).with_name("not_as_labelled.json")
GOALS = dict.fromkeys(APART, 0.95) | dict.fromkeys(TOUCHING, 0.85) | dict.fromkeys(COARSE, 0.90)


@dataclass(frozen=True)
class NumberFigures:
    """What became of the pictures of one condition."""

    name: str
    count: int
    right: int  # with every digit of every line right, and nothing else read
    digits: int  # there were
    wrong_digits: int  # edits that make what was read what was written, all pictures together
    sure_and_wrong: int  # pictures read wrong with a confidence of 0.9 or more

    def __add__(self, other: "NumberFigures") -> "NumberFigures":
        """Return the figures of both, of one condition, together."""
        counted = (getattr(self, each.name) + getattr(other, each.name) for each in fields(self)[1:])
        return NumberFigures(self.name, *counted)

    @property
    def accuracy(self) -> float:
        """The share of pictures that was read right, whole."""
        return self.right / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of the accuracy (Wilson, 1927)."""
        interval = binomtest(self.right, self.count).proportion_ci(method="wilson")
        return interval.low, interval.high

    @property
    def digit_accuracy(self) -> float:
        """One less the edits a digit."""
        return 1 - self.wrong_digits / self.digits


def writers(tuning: bool) -> list[Writer]:
    """Return half of the validation writers: those that were tuned on, or those that the table is of.

    Everyone wrote at least eight of the ten digits; MNIST's validation images are one writer of each half.
    Raises DataUnavailableError without MNIST or the pen digits.
    """
    people: dict[tuple[str, int], dict[str, list[Drawing]]] = defaultdict(lambda: defaultdict(list))
    strangers = split_strangers(load_unipen("digits") or []).validation
    for source, drawings in (("pen", split_pendigits(load_pendigits())[1]), ("unipen", strangers)):
        for drawing in drawings:
            people[source, drawing.writer][drawing.label].append(drawing)
    # Which half someone is in doesn't depend on what they wrote amiss.
    known = [_as_labelled(people[key]) for key in sorted(people) if len(people[key]) >= LEAST_LABELS]
    images = split_mnist(load_mnist()[0])[1]
    scanned = [
        {str(label): list(images.images[half::2][images.labels[half::2] == label]) for label in range(10)}
        for half in (0, 1)
    ]
    half = [writer for writer in known[0 if tuning else 1 :: 2] if len(writer) >= LEAST_LABELS]
    return [*half, *[scanned[0 if tuning else 1]] * max(1, len(half) // MNIST_SHARE)]


def _as_labelled(drawings: dict[str, list[Drawing]]) -> Writer:
    shown: Writer = {
        label: [each.strokes for each in of if is_as_labelled(each)] for label, of in drawings.items()
    }
    return {label: strokes for label, strokes in shown.items() if strokes}


def is_as_labelled(drawing: Drawing) -> bool:
    """Whether a validation `drawing` shows the digit that it is said to show."""
    return key_of(drawing) not in _not_as_labelled()


@cache
def _not_as_labelled() -> dict[str, str]:
    """What is seen instead, by the drawing's key."""
    found: dict[str, str] = json.loads(NOT_AS_LABELLED.read_text("utf-8"))
    return found


def made(name: str, index: int, tuning: bool = False) -> tuple[bytes, str]:
    """Return picture `index` of the condition `name`, the same each time, and what is to be read on it."""
    rng = np.random.default_rng([TUNING_SEED if tuning else SEED, zlib.crc32(name.encode()), index])
    of_half = _writers(tuning)
    return picture_of((CONDITIONS | UNSEEN)[name](rng), of_half[rng.integers(len(of_half))], rng)


def measure(name: str, count: int, tuning: bool = False) -> NumberFigures:
    """Write `count` numbers under the condition `name`, and read them.

    Raises DataUnavailableError without the data, ModelError without a model.
    """
    compute_on_one_thread()  # processes share the cores already
    right = digits = wrong = sure = 0
    for index in range(count):
        content, text = made(name, index, tuning)
        answer, _ = read_picture(content, ReadingSettings.max_picture_memory, _classifier())
        right += answer["text"] == text
        sure += answer["text"] != text and answer["confidence"] >= 0.9
        digits += len(text.replace("\n", ""))
        wrong += edits(answer["text"], text)
    return NumberFigures(name, count, right, digits, wrong, sure)


def edits(read: str, written: str) -> int:
    """Return how many characters must be put in, taken out or exchanged (Levenshtein, 1966)."""
    row = list(range(len(written) + 1))
    for count, character in enumerate(read, 1):
        before, row[0] = row[0], count
        for at, other in enumerate(written, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (character != other))
    return row[-1]


@cache
def _writers(tuning: bool) -> list[Writer]:
    return writers(tuning)


def served_model() -> ServedModel:
    """Return the model that is served. Raises ModelError without one."""
    settings = settings_from_environment()
    return prepare_model(settings.model_path, settings.cache_folder)


@cache
def _classifier() -> GraphClassifier:
    return GraphClassifier(served_model())


def missed_goals(figures: Iterable[NumberFigures]) -> list[str]:
    """Say which goals are missed."""
    return [
        f"{each.name}: {each.accuracy:.1%} is under {GOALS[each.name]:.0%}"
        for each in figures
        if each.accuracy < GOALS.get(each.name, 0)
    ]


def as_table(untouched: list[NumberFigures], tuned_on: list[NumberFigures], model: str) -> str:
    """Return the figures of both halves of the writers, condition by condition alike, as a Markdown table.

    The conditions that were never tuned on are apart.
    """
    lines = [
        f"Model {model}, {untouched[0].count} pictures of each condition by each half of the writers.",
        "",
        "| condition | whole numbers right | 95% interval | by those never tuned on | digits right "
        "| wrong, yet sure |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    of_all = [half + other for half, other in zip(untouched, tuned_on, strict=True)]
    for names, title in ((CONDITIONS, "mean of these"), (UNSEEN, "mean of those never tuned on")):
        rows = [pair for pair in zip(of_all, untouched, strict=True) if pair[0].name in names]
        for each, half in rows:
            low, high = each.interval
            lines.append(
                f"| {each.name} | {each.accuracy:.1%} | {low:.1%} to {high:.1%} | {half.accuracy:.1%} "
                f"| {each.digit_accuracy:.1%} | {each.sure_and_wrong} |"
            )
        if rows:
            accuracy, digits = (
                np.mean([getattr(e, name) for e, _ in rows]) for name in ("accuracy", "digit_accuracy")
            )
            of_half = np.mean([half.accuracy for _, half in rows])
            sure = sum(each.sure_and_wrong for each, _ in rows)
            lines.append(
                f"| **{title}** | **{accuracy:.1%}** | | **{of_half:.1%}** | {digits:.1%} | {sure} |"
            )
    return "\n".join(lines)


def _measured(names: list[str], count: int, tuning: bool) -> list[NumberFigures]:
    """Measure all conditions `names`, and say each when it is done."""
    figures = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for each in pool.map(measure, names, [count] * len(names), [tuning] * len(names)):
            print(f"{each.name:36}{each.accuracy:8.1%}{each.digit_accuracy:8.1%} of digits", flush=True)
            figures.append(each)
    return figures


def main(arguments: list[str] | None = None) -> int:
    """Measure every condition; return 1 if a goal is missed, or the data or the model can't be had."""
    parser = argparse.ArgumentParser(prog="python -m backend.evaluation.numbers", description=__doc__)
    parser.add_argument(
        "--count", type=int, default=NUMBERS, help="pictures of each condition, by each half of the writers"
    )
    parser.add_argument(
        "--tuning",
        action="store_true",
        help="measure by the writers that were tuned on alone, without a table",
    )
    parser.add_argument("--write", action="store_true", help=f"write the table into {DOCUMENT.name}")
    options = parser.parse_args(arguments)
    try:
        _writers(options.tuning)
        model = served_model().facts["version"]  # converted once, before many ask for it
    except (DataUnavailableError, ModelError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if options.tuning:  # what wasn't tuned on is not looked at
        figures = _measured([*CONDITIONS], options.count, True)
    else:
        names = [*CONDITIONS, *UNSEEN]
        print("by those never tuned on")
        untouched = _measured(names, options.count, False)
        print("by those who were tuned on")
        tuned_on = _measured(names, options.count, True)
        table = as_table(untouched, tuned_on, model)
        print(f"\n{table}")
        if options.write:
            write_table(DOCUMENT, table)
        figures = [half + other for half, other in zip(untouched, tuned_on, strict=True)]
    missed = missed_goals(figures)
    print("\n".join(missed) or "Every goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
