"""Learning: from the corrections that people made to a model that is adopted, or to the reasons why it isn't.

`make learn` exports the lessons and runs `python -m model_training.learn`, which learns from those of each
alphabet; `--back` serves the parent of the served model again.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from model_training import replay as replays
from model_training.alphabets import ALPHABETS, Alphabet
from model_training.datasets import DataUnavailableError, Images
from model_training.doubtful_lessons import find_doubtful
from model_training.export import ExportError
from model_training.judging import Change, answers, compare
from model_training.lessons import Lessons, LessonsError, part, read_lessons, variants
from model_training.model_file import read_facts
from model_training.tuning import Tuner, between
from model_training.versions import ASIDE, VersionError, Versions

EXPORT = Path(__file__).parent.parent / "build" / "lessons" / "corrections.npz"
LEAST = 20  # lessons; of fewer, too few would be held out to judge by
LEAST_JUDGES = 3
COPIES = 12  # variants of each lesson
MOST_VARIANTS = 6_000  # of all lessons together
CORRECTION_WEIGHT = 4.0  # of a lesson that the model gets wrong, where one that it gets right has 1
SHARES = (1.0, 0.8, 0.6, 0.4, 0.2)  # of the way to what was learnt
MOST_LOST = 0.0005  # of all characters to choose by
HELD_OUT = "held_out_lessons"


@dataclass(frozen=True)
class Learnt:
    """A model that has learnt: what it gained and lost, what was left out, and why it isn't to be adopted."""

    model: keras.Model
    share: float  # of the way to what was learnt
    changes: dict[str, Change]
    counts: dict[str, int]  # lessons: of how many, learnt, held out, left out
    left_out: list[str]
    objections: list[str]


class TooFewLessons(Exception):
    """There is too little to learn from; the message is a sentence that says how much is needed."""


def learn(
    tuner: Tuner,
    threshold: float,
    lessons: Lessons,
    choose_by: dict[str, Images],
    judge_by: dict[str, Images],
    say: Callable[[str], None] = lambda sentence: None,
) -> Learnt:
    """Let a copy of the tuner's model, which refuses below `threshold`, learn from `lessons`, and judge it.

    `choose_by` decides how far it goes, and `judge_by` says, with lessons that were held out, whether it may
    be adopted.

    Raises TooFewLessons if there are too few to learn from and to judge by.
    """
    check_enough(lessons)
    to_learn, to_judge = part(lessons)
    doubts, of_judges = find_doubtful(
        tuner, to_learn, to_judge, choose_by[replays.CHARACTERS], threshold, say
    )
    kept, judges = to_learn.take(~doubts.of), to_judge.take(~of_judges.of)
    counts = {
        "n": len(lessons),
        "learnt": len(kept),
        "held_out": len(judges),
        "left_out": len(lessons) - len(kept) - len(judges),
        "teachers": len(np.unique(lessons.teachers)),
    }
    if not len(kept) or not len(judges):
        raise TooFewLessons(
            f"Of {len(lessons)} lessons {counts['left_out']} are doubtful, which leaves too few: "
            + "; ".join(doubts.reasons)
            + "."
        )
    model = tuner.model
    copies = max(1, min(COPIES, MOST_VARIANTS // len(kept)))
    say(f"learning from {len(kept)} lessons, {copies} variants of each")
    drawn = variants(kept, copies, seed=1)
    with tqdm(total=tuner.how.steps, desc="learning", unit="step", leave=False, mininterval=1) as bar:
        weights = _weights(model, kept, threshold, copies)
        learnt = tuner.tune(drawn, weights, lambda step: bar.update(step - bar.n))
    share, learnt = _as_far_as_nothing_is_forgotten(model, learnt, choose_by, threshold)
    say("judging")
    changes = compare(model, learnt, {HELD_OUT: judges.framed, **judge_by}, threshold)
    return Learnt(learnt, share, changes, counts, doubts.reasons, _objections(changes))


def check_enough(lessons: Lessons) -> None:
    """Raise TooFewLessons unless there are enough to learn from and to judge by."""
    held_out = len(part(lessons)[1])
    if len(lessons) < LEAST or held_out < LEAST_JUDGES:
        raise TooFewLessons(
            f"There are {len(lessons)} lessons of {lessons.alphabet.name}, {held_out} of them held out: "
            f"at least {LEAST} and {LEAST_JUDGES} are needed."
        )


def _weights(model: keras.Model, lessons: Lessons, threshold: float, copies: int) -> np.ndarray:
    """How often each lesson and each of its variants is learnt: what the model gets wrong, more often."""
    weights = np.where(answers(model, lessons.framed, threshold).right, 1.0, CORRECTION_WEIGHT)
    return np.concatenate([weights, np.repeat(weights, copies)])


def _as_far_as_nothing_is_forgotten(
    old: keras.Model, new: keras.Model, choose_by: dict[str, Images], threshold: float
) -> tuple[float, keras.Model]:
    """The largest of SHARES at which no more than MOST_LOST is lost, or the least, and the model there."""
    for share in SHARES:
        model = new if share == 1 else between(old, new, share)
        changes = compare(old, model, choose_by, threshold)
        negatives = changes.pop(replays.DRAWN_NEGATIVES, None)
        lost = sum(of.lost - of.gained for of in changes.values())
        most = MOST_LOST * sum(of.n for of in changes.values())
        if lost <= most and not (negatives and negatives.forgets):
            break
    return share, model


def _objections(changes: dict[str, Change]) -> list[str]:
    held_out = changes[HELD_OUT]
    objections = []
    if not held_out.gains:
        objections.append(
            f"of {held_out.n} lessons that were held out {held_out.wrong_before} were answered wrong before, "
            f"and {held_out.wrong_after} after"
        )
    return objections + _forgotten({name: of for name, of in changes.items() if name != HELD_OUT})


def _forgotten(changes: dict[str, Change]) -> list[str]:
    """What is forgotten, in words."""
    return [
        f"of {of.n} images of {name} {of.wrong_before} were wrong before and {of.wrong_after} are now, "
        f"more than its interval allows ({of.most_wrong:.0f})"
        for name, of in changes.items()
        if of.forgets
    ]


def learn_and_adopt(versions: Versions, lessons: Lessons, real: bool = True) -> tuple[dict, Learnt]:
    """Let the served model learn from `lessons`; serve the result if it may be. Return its facts, and itself.

    With `real` whatever data sets are at hand are rehearsed and judged by; what isn't adopted is kept aside.

    Raises TooFewLessons, VersionError, DataUnavailableError or ExportError.
    """
    check_enough(lessons)  # before anything is drawn
    alphabet = versions.alphabet
    served = versions.served
    facts = read_facts(served)
    model, threshold = keras.models.load_model(served), facts["refusal"]["threshold"]
    _say(f"{facts['version']} learns from {len(lessons)} lessons of {alphabet.name}")
    _say("drawing what must not be forgotten")
    tuner = Tuner(model, replays.remember(model, replays.to_rehearse(alphabet, real)))
    choose_by, judge_by = replays.to_choose_by(alphabet, real), replays.to_judge_by(alphabet, real)
    learnt = learn(tuner, threshold, lessons, choose_by, judge_by, _say)
    kept = versions.keep(
        learnt.model,
        adopted=not learnt.objections,
        lessons={**learnt.counts, "share_of_the_way": learnt.share, "why_left_out": learnt.left_out},
        learning={name: of.as_facts() for name, of in learnt.changes.items()},
        objections=learnt.objections,
        refusal={"threshold": threshold},
        temperature=facts.get("temperature"),
        figures={
            name: {"n": of.n, "answered_right": of.as_facts()["after"]["answered_right"]}
            for name, of in learnt.changes.items()
        },
    )
    return kept, learnt


def _say(sentence: str) -> None:
    print(f"- {sentence}", flush=True)


def _report(versions: Versions, facts: dict, learnt: Learnt) -> None:
    for reason in learnt.left_out:
        print(f"Left out: {reason}.")
    heads = ("n", "wrong before", "after", "lost", "gained", "loss before", "after")
    widths = (6, 14, 7, 6, 8, 13, 8)
    print(" " * 24 + "".join(head.rjust(width) for head, width in zip(heads, widths, strict=True)))
    for name, of in learnt.changes.items():
        print(
            f"{name:24}{of.n:6}{of.wrong_before:14}{of.wrong_after:7}{of.lost:6}{of.gained:8}"
            f"{of.loss_before:13.4f}{of.loss_after:8.4f}"
        )
    if learnt.objections:
        print(f"Not adopted: {'; '.join(learnt.objections)}. {facts['parent']} stays.")
    else:
        print(f"Adopted: {facts['version']}, from {facts['parent']}. `--back` takes it back.")
    print(f"Kept in {versions.folder / (ASIDE if learnt.objections else '')}.")


def _alphabets(options: argparse.Namespace) -> list[Alphabet]:
    return [ALPHABETS[options.alphabet]] if options.alphabet else list(ALPHABETS.values())


def main(arguments: list[str] | None = None) -> int:
    """Learn, or take back, from the command line; return 1 where that can't be done, having said why."""
    parser = argparse.ArgumentParser(prog="python -m model_training.learn", description=__doc__)
    parser.add_argument("--lessons", type=Path, default=EXPORT, help=f"default: {EXPORT}")
    parser.add_argument("--alphabet", choices=ALPHABETS, help="default: each of which there are lessons")
    parser.add_argument("--folder", type=Path, help="default: LEARNT_MODELS, or the user's data")
    parser.add_argument("--back", action="store_true", help="serve the parent of the served model again")
    options = parser.parse_args(arguments)
    try:
        if options.back:
            alphabet = ALPHABETS[options.alphabet or "digits"]
            was, now = Versions.of(alphabet, options.folder).back()
            print(f"{now} is served again instead of {was}.")
            return 0
        read = {alphabet: read_lessons(options.lessons, alphabet) for alphabet in _alphabets(options)}
        for alphabet, lessons in read.items():
            if not len(lessons) and not options.alphabet:
                continue
            versions = Versions.of(alphabet, options.folder)
            try:
                _report(versions, *learn_and_adopt(versions, lessons))
            except TooFewLessons as few:
                print(few)
        if not any(map(len, read.values())):
            print("There are no lessons yet: correct an answer on the page first.")
        return 0
    except (LessonsError, VersionError, DataUnavailableError) as error:
        print(f"error: {error}", file=sys.stderr)
    except ExportError as error:
        print(f"error: the model that has learnt {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nInterrupted: nothing was adopted.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
