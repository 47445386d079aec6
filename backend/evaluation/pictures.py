"""How many photographs, scans and files of digits are read right, condition by condition.

`python -m backend.evaluation.pictures` makes them from the strokes of writers that the model never saw,
reads them as the API does, and says where a goal is missed. With `--write` the table goes into
`docs/photographs.md`.
"""

import argparse
import os
import sys
import zlib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from backend.evaluation.cutouts import CUT_OUTS, UNTUNED_CUT_OUTS, cut_out
from backend.evaluation.photographs import CONDITIONS, UNSEEN, Rng, photograph
from backend.reading.classifier import GraphClassifier
from backend.reading.model_files import ModelError, ServedModel, prepare_model
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import REPOSITORY, ReadingSettings, settings_from_environment
from backend.reading.threads import compute_on_one_thread
from model_training.datasets import DataUnavailableError, Drawing, load_pendigits, split_pendigits

SEED = 2026
DIGITS = 200  # of each condition, as many of each digit
DOCUMENT = REPOSITORY / "docs" / "photographs.md"
MARKERS = "<!-- what `make evaluate` measured -->", "<!-- end -->"
TUNED = (*CONDITIONS, *CUT_OUTS)  # names
UNTUNED = (*UNSEEN, *UNTUNED_CUT_OUTS)
SURE = 0.9  # confidence, at which nobody looks twice
SCANS = tuple(name for name in CONDITIONS if name.startswith("clean scan"))
GOALS = {"scans": 0.98, "mean": 0.96, "least": 0.90, "surely wrong": 0.005}


@dataclass(frozen=True)
class Figures:
    """What became of the pictures of one condition."""

    name: str
    count: int
    right: int
    refused: int  # as no digit, or as nothing written; none of them right
    surely_wrong: int = 0  # another digit with more confidence than `SURE`

    @property
    def accuracy(self) -> float:
        """The share that was read right."""
        return self.right / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval of the accuracy (Wilson, 1927)."""
        interval = binomtest(self.right, self.count).proportion_ci(method="wilson")
        return interval.low, interval.high


def measure(name: str, count: int, seed: int = SEED) -> Figures:
    """Photograph `count` digits of validation writers under the condition `name`, and read them.

    Raises DataUnavailableError without the pen digits, ModelError without a model.
    """
    compute_on_one_thread()  # processes share the cores already
    classifier, digits = _classifier(), _digits()
    right = refused = surely_wrong = 0
    for index in range(count):
        rng = np.random.default_rng([seed, zlib.crc32(name.encode()), index])
        same = [digit for digit in digits if digit.label == str(index % 10)]
        digit = same[rng.integers(len(same))]
        content = picture_of(name, digit, digits, rng)
        prediction, _, _ = predict_picture(content, ReadingSettings.max_picture_memory, classifier)
        right += prediction["digit"] == int(digit.label)
        refused += prediction["digit"] is None
        wrong = prediction["digit"] not in (None, int(digit.label))
        surely_wrong += wrong and prediction["confidence"] > SURE
    return Figures(name, count, right, refused, surely_wrong)


def picture_of(name: str, digit: Drawing, digits: Sequence[Drawing], rng: Rng) -> bytes:
    """Return a picture file of `digit` under the condition `name`; some of `digits` may be beside it."""
    cut_outs = CUT_OUTS | UNTUNED_CUT_OUTS
    if name not in cut_outs:
        return photograph((CONDITIONS | UNSEEN)[name](rng), digit.strokes, rng)
    others = [digits[each].strokes for each in rng.integers(len(digits), size=4)]
    return cut_out(cut_outs[name](rng), digit.strokes, others, rng)


def _model() -> ServedModel:
    settings = settings_from_environment()
    return prepare_model(settings.model_path, settings.cache_folder)


@cache
def _classifier() -> GraphClassifier:
    return GraphClassifier(_model())


@cache
def _digits() -> list[Drawing]:
    return split_pendigits(load_pendigits())[1]


def missed_goals(figures: Iterable[Figures]) -> list[str]:
    """Say which goals the figures of the known conditions miss."""
    figures = list(figures)
    accuracy = {each.name: each.accuracy for each in figures if each.name in TUNED}
    mean = sum(accuracy.values()) / len(accuracy)
    missed = [
        f"{name}: {accuracy[name]:.1%} is under {GOALS['scans']:.0%}"
        for name in SCANS
        if accuracy.get(name, 1) < GOALS["scans"]
    ]
    missed += [
        f"{name}: {share:.1%} is under {GOALS['least']:.0%}"
        for name, share in accuracy.items()
        if share < GOALS["least"]
    ]
    missed += [f"the mean, {mean:.1%}, is under {GOALS['mean']:.0%}"] if mean < GOALS["mean"] else []
    sure = sum(each.surely_wrong for each in figures) / sum(each.count for each in figures)
    if sure > GOALS["surely wrong"]:
        missed.append(f"wrong and sure: {sure:.1%} is over {GOALS['surely wrong']:.1%}")
    return missed


def as_table(figures: list[Figures], model: str) -> str:
    """Return the figures as a Markdown table, the conditions that were never tuned on apart."""
    head = [
        "| condition | accuracy | 95% interval | refused | wrong and sure |",
        "| --- | --: | --: | --: | --: |",
    ]
    lines = [f"Model {model}, {figures[0].count} pictures of each condition.", "", *head]
    for names, title in ((TUNED, "mean of these"), (UNTUNED, "mean of those never tuned on")):
        rows = [each for each in figures if each.name in names]
        for each in rows:
            low, high = each.interval
            interval = f"{low:.1%} to {high:.1%}"
            lines.append(
                f"| {each.name} | {each.accuracy:.1%} | {interval} | {each.refused} | {each.surely_wrong} |"
            )
        if rows:
            mean = sum(each.accuracy for each in rows) / len(rows)
            refused, sure = (
                sum(getattr(each, kind) for each in rows) for kind in ("refused", "surely_wrong")
            )
            lines.append(f"| **{title}** | **{mean:.1%}** | | {refused} | {sure} |")
    return "\n".join(lines)


def write_table(document: Path, table: str) -> None:
    """Put `table` between the markers in `document`."""
    begin, end = MARKERS
    before, rest = document.read_text("utf-8").split(begin)
    document.write_text(f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end)[1]}", "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure every condition; return 1 if a goal is missed, or the data or the model can't be had."""
    parser = argparse.ArgumentParser(prog="python -m backend.evaluation.pictures", description=__doc__)
    parser.add_argument("--count", type=int, default=DIGITS, help="pictures of each condition")
    parser.add_argument("--write", action="store_true", help=f"write the table into {DOCUMENT.name}")
    options = parser.parse_args(arguments)
    try:
        _digits()
        model = _model().facts["version"]  # converted once, before many ask for it
    except (DataUnavailableError, ModelError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    names = [*TUNED, *UNTUNED]
    figures = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for each in pool.map(measure, names, [options.count] * len(names)):
            print(f"{each.name:36}{each.accuracy:8.1%}{each.refused:5} refused", flush=True)
            figures.append(each)
    table = as_table(figures, model)
    print(f"\n{table}")
    if options.write:
        write_table(DOCUMENT, table)
    missed = missed_goals(figures)
    print("\n".join(missed) or "Every goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
