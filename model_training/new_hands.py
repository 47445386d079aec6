"""New hands: what lessons of one writer, whom nothing was trained on, do to that hand and to all others.

`python -m model_training.new_hands` lets ten validation writers teach fifty digits each, through all that
learning does, and prints what became of the rest of their digits; `07_learning` shows more, a step at a time.
"""

import argparse
from dataclasses import dataclass

import keras
import numpy as np

from model_training import replay as replays
from model_training.alphabets import DIGITS
from model_training.datasets import (
    Drawing,
    Images,
    load_mnist,
    load_pendigits,
    sample,
    split_mnist,
    split_pendigits,
)
from model_training.judging import Change, answers
from model_training.learn import TooFewLessons, learn
from model_training.lessons import Lessons, lessons_of
from model_training.model_file import MODEL_PATH, read_facts
from model_training.strangers import split_strangers
from model_training.stroke_augmentation import render
from model_training.tuning import Tuner
from model_training.unipen import load_unipen

HANDS, LESSONS = 10, 50
LEAST = 55  # digits of a writer: some are left when fifty have been taught
TAUGHT = 0.5  # of a writer's digits, fifty at least, are drawn before anything is learnt


@dataclass(frozen=True)
class Hand:
    """The digits of one validation writer, and which of them the model doesn't answer right."""

    name: str
    drawings: list[Drawing]
    images: Images
    missed: np.ndarray  # (n,) bool


def new_hands(model: keras.Model, threshold: float, most: int = HANDS) -> list[Hand]:
    """The validation writers, of UNIPEN and of the pen digits, with the most digits; LEAST at least.

    Of those alone of whose digits `model`, which refuses below `threshold`, misses any: with others there is
    nothing to mend.
    """
    writers: dict[str, list[Drawing]] = {}
    for drawing in split_strangers(load_unipen("digits") or []).validation:
        writers.setdefault(f"UNIPEN {drawing.writer}", []).append(drawing)
    for drawing in split_pendigits(load_pendigits())[1]:
        writers.setdefault(f"pen digits {drawing.writer}", []).append(drawing)
    enough = sorted((name for name in writers if len(writers[name]) >= LEAST), key=lambda n: -len(writers[n]))
    hands: list[Hand] = []
    for name in enough:
        if len(hands) == most:
            break
        images = render(writers[name])
        missed = ~answers(model, images, threshold).right
        if missed.any():
            hands.append(Hand(name, writers[name], images, missed))
    return hands


def taught_and_rest(hand: Hand, n: int, seed: int) -> tuple[Lessons, Images]:
    """At most `n` lessons of a hand, and digits of it that were drawn afterwards.

    Half of the digits, fifty at least, are drawn first, in an order that `seed` decides: what is missed of
    these is corrected, and of the others as many are confirmed as make `n` lessons.
    """
    order = np.random.default_rng(seed).permutation(len(hand.drawings))
    first, rest = np.split(order, [max(LESSONS, round(len(order) * TAUGHT))])
    chosen = np.concatenate([first[hand.missed[first]], first[~hand.missed[first]]])[:n]
    return lessons_of([hand.drawings[i] for i in chosen], hand.images.take(chosen), DIGITS), hand.images.take(
        rest
    )


def others(hand: Hand | None = None, most: int | None = None) -> dict[str, Images]:
    """The validation digits of all others: MNIST's, and the pen digits of other writers than `hand`.

    At most `most` of each; all of them for None.
    """
    pen = [
        d
        for d in split_pendigits(load_pendigits())[1]
        if hand is None or f"pen digits {d.writer}" != hand.name
    ]
    scanned = split_mnist(load_mnist()[0])[1]
    if most is not None:
        rng = np.random.default_rng(0)
        pen, scanned = sample(pen, most, rng), sample(scanned, most, rng)
    return {"mnist_validation": scanned, "pen_validation": render(pen)}


def main(arguments: list[str] | None = None) -> None:
    """Print what became of each hand and of all others; the data sets must be at hand."""
    parser = argparse.ArgumentParser(prog="python -m model_training.new_hands", description=__doc__)
    parser.add_argument("--lessons", type=int, default=LESSONS)
    parser.add_argument("--seeds", type=int, default=2, help="orders in which the digits are drawn")
    parser.add_argument("--without-data", action="store_true", help="rehearse our own strokes alone")
    options = parser.parse_args(arguments)
    model, threshold = keras.models.load_model(MODEL_PATH), read_facts()["refusal"]["threshold"]
    tuner = Tuner(model, replays.remember(model, replays.to_rehearse(DIGITS, not options.without_data)))
    choose_by, judge_by = replays.to_choose_by(DIGITS, False), replays.to_judge_by(DIGITS, False)
    rows = []
    of_others: dict[str, list[Change]] = {}
    print("hand, order: lessons (corrected), of the rest wrong before and after; of others lost and gained")
    for hand in new_hands(model, threshold):
        halves = {name: replays.halves(images) for name, images in others(hand).items()}
        choose_all = choose_by | {name: half[0] for name, half in halves.items() if not options.without_data}
        judge_all = judge_by | {name: half[1] for name, half in halves.items()}
        for seed in range(options.seeds):
            lessons, rest = taught_and_rest(hand, options.lessons, seed)
            corrected = int((~answers(model, lessons.framed, threshold).right).sum())
            before = int((~answers(model, rest, threshold).right).sum())
            row = f"{hand.name:15}{seed:3}:{len(lessons):4} ({corrected}), of {len(rest):3} {before:2}"
            try:
                learnt = learn(tuner, threshold, lessons, choose_all, judge_all)
            except TooFewLessons as few:
                print(f"{row}: {few}", flush=True)
                rows.append((before, before, before))
                continue
            candidate = int((~answers(learnt.model, rest, threshold).right).sum())
            after = before if learnt.objections else candidate
            rows.append((before, candidate, after))
            for name, change in learnt.changes.items():
                of_others.setdefault(name, []).append(change)
            told = ", ".join(f"{name} {c.lost}/{c.gained}" for name, c in learnt.changes.items())
            verdict = f" NOT ADOPTED: {'; '.join(learnt.objections)}" if learnt.objections else ""
            print(f"{row} and {candidate:2}; share {learnt.share}, {told}{verdict}", flush=True)
    totals = np.array(rows).sum(axis=0)
    shares = [np.mean([row[i] / row[0] for row in rows if row[0]]) for i in (1, 2)]
    print(f"Wrong of the rest: {totals[0]} before, {totals[1]} after, {totals[2]} with what is adopted.")
    print(f"A hand's errors fall on the mean to {shares[0]:.0%}, with what is adopted to {shares[1]:.0%}.")
    for name, changes in of_others.items():
        net = [100 * (change.lost - change.gained) / change.n for change in changes]
        print(f"{name}: {np.mean(net):.3f} points lost on the mean, {np.max(net):.3f} at most.")


if __name__ == "__main__":
    main()
