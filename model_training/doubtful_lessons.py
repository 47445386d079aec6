"""Doubtful lessons: what would teach something wrong is found, and told from what a model merely got wrong.

A lesson is judged by models that have learnt from the others and not from it (after Northcutt, Jiang and
Chuang, "Confident Learning", 2021): it is doubtful if they are sure of something else. Where many lessons of
one person agree in the same mistake they would vouch for each other; they are found by the harm that learning
them does to the character that they are taken from.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np

from model_training.datasets import Images
from model_training.judging import answers, change, meanings
from model_training.lessons import Lessons, variants
from model_training.tuning import Tuner

FOLDS = 4
COPIES = 4  # variants of each lesson that the models of the folds learn from
# Something else is so many times as probable as what was meant: to models that have learnt from others, some
# of whose lessons may be wrong too; and to the model as it is, where many lessons contradict it alike.
DOUBTED, CONTRADICTED = 10, 50
HARM = 0.15  # of the answers to a character of others are lost, where lessons that contradict it are learnt
GROUP = 8  # lessons that contradict the model in the same way are looked at together


@dataclass(frozen=True)
class Doubts:
    """Which lessons to leave out: (n,) bool, and sentences that say why."""

    of: np.ndarray
    reasons: list[str]


def find_doubtful(
    tuner: Tuner,
    lessons: Lessons,
    judges: Lessons,
    others: Images,
    threshold: float,
    say: Callable[[str], None] = lambda sentence: None,
) -> tuple[Doubts, Doubts]:
    """Which of `lessons`, and of `judges` that nothing learns from, would teach something wrong.

    `others` are characters as other people write them, by which harm is told.
    """
    everything = _joined(lessons, judges)
    groups = _contradictions(tuner.model, everything)
    if groups:
        say("looking at lessons that agree in contradicting the model")
        harmful = _harmful(tuner, lessons, groups, others, threshold)
        groups = {group: _alike(tuner.model, everything, group) for group in harmful}
    out = np.zeros(len(everything), bool)
    reasons = []
    for (teacher, meant, read), members in groups.items():
        out[members] = True
        reasons.append(
            f"{len(members)} of teacher {teacher} say {_name(lessons, meant)} where the model is sure "
            f"of {_name(lessons, read)}, and learning them spoils the {_name(lessons, read)} of others"
        )
    say(f"cross-validating {len(lessons) - int(out[: len(lessons)].sum())} lessons")
    meant_by_others = _cross_validated(tuner, lessons, judges, ~out[: len(lessons)])
    doubted = _contradicts(meant_by_others, everything.labels, DOUBTED) & ~out
    for teacher, times in sorted(Counter(everything.teachers[doubted].tolist()).items()):
        of_teacher = int((everything.teachers == teacher).sum())
        reasons.append(
            f"{times} of {of_teacher} lessons of teacher {teacher} are contradicted by what all others teach"
        )
    out |= doubted
    return Doubts(out[: len(lessons)], reasons), Doubts(out[len(lessons) :], [])


def _joined(lessons: Lessons, judges: Lessons) -> Lessons:
    return Lessons(
        lessons.alphabet,
        np.concatenate([lessons.images, judges.images]),
        np.concatenate([lessons.labels, judges.labels]),
        np.concatenate([lessons.teachers, judges.teachers]),
        np.concatenate([lessons.ids, judges.ids]),
        lessons.drawings + judges.drawings,
    )


def _contradicts(meant: np.ndarray, labels: np.ndarray, times: float) -> np.ndarray:
    """Whether a character is `times` as probable as what was meant, (n,), by probabilities (n, labels + 1).

    What a model takes for nothing may well be what its writer says: that alone contradicts no lesson.
    """
    return meant[:, :-1].max(axis=1) > times * meant[np.arange(len(labels)), labels]


def _contradictions(model: keras.Model, lessons: Lessons) -> dict[tuple[int, int, int], np.ndarray]:
    """Lessons that contradict the model in the same way, GROUP or more by the same teacher.

    By teacher, what was meant, and what the model reads surely; each with its positions.
    """
    meant = meanings(model, lessons.images)
    against = np.flatnonzero(_contradicts(meant, lessons.labels, CONTRADICTED))
    groups: dict[tuple[int, int, int], list[int]] = {}
    for i in against:
        key = (int(lessons.teachers[i]), int(lessons.labels[i]), int(meant[i, :-1].argmax()))
        groups.setdefault(key, []).append(int(i))
    return {key: np.array(of) for key, of in groups.items() if len(of) >= GROUP}


def _alike(model: keras.Model, lessons: Lessons, group: tuple[int, int, int]) -> np.ndarray:
    """The positions of all lessons of the group's teacher that mean and are read as its lessons are."""
    teacher, meant, read = group
    of_group = (lessons.teachers == teacher) & (lessons.labels == meant)
    return np.flatnonzero(of_group & (meanings(model, lessons.images)[:, :-1].argmax(axis=1) == read))


def _harmful(
    tuner: Tuner,
    lessons: Lessons,
    groups: dict[tuple[int, int, int], np.ndarray],
    others: Images,
    threshold: float,
) -> set[tuple[int, int, int]]:
    """The groups with which the model forgets the character that it reads in them, as others write it."""
    learnt = _learn(tuner, lessons)
    harmful = set()
    for group in groups:
        of_read = others.take(others.labels == group[2])
        if not len(of_read):
            continue
        before, after = (answers(each, of_read, threshold) for each in (tuner.model, learnt))
        of_others = change(before, after)
        if of_others.lost - of_others.gained > HARM * len(of_read):
            harmful.add(group)
    return harmful


def _cross_validated(tuner: Tuner, lessons: Lessons, judges: Lessons, kept: np.ndarray) -> np.ndarray:
    """What models that haven't learnt from a lesson say of it: (lessons + judges, labels + 1)."""
    labels = len(lessons.alphabet) + 1
    of_lessons, of_judges = np.zeros((len(lessons), labels)), np.zeros((len(judges), labels))
    fold = np.random.default_rng(FOLDS).permutation(len(lessons)) % FOLDS
    for held_out in range(FOLDS):
        learnt = _learn(tuner, lessons.take(kept & (fold != held_out)))
        own = fold == held_out
        if own.any():
            of_lessons[own] = meanings(learnt, lessons.images[own])
        if len(judges):
            of_judges += meanings(learnt, judges.images) / FOLDS
    return np.concatenate([of_lessons, of_judges])


def _learn(tuner: Tuner, lessons: Lessons) -> keras.Model:
    """What the model learns from `lessons`, each counted alike: those that are wrong contradict it, too."""
    if not len(lessons):
        return tuner.model
    drawn = variants(lessons, COPIES, FOLDS)
    return tuner.tune(drawn, np.ones(len(drawn)))


def _name(lessons: Lessons, label: int) -> str:
    return (*lessons.alphabet.labels, "nothing")[label]
