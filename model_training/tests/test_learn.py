"""Learning from end to end, of our own strokes alone: no data set is needed."""

import dataclasses
import functools
import json

import keras
import numpy as np
import pytest

from model_training import learn, replay, tuning
from model_training.alphabets import DIGITS
from model_training.datasets import Drawing
from model_training.doubtful_lessons import find_doubtful
from model_training.judging import answers
from model_training.lessons import lessons_of
from model_training.model_file import MODEL_PATH, read_facts
from model_training.replay import (
    CHARACTERS,
    draw_own,
    own_characters,
    remember,
    to_choose_by,
    to_judge_by,
    to_rehearse,
)
from model_training.stroke_alphabet import glyphs
from model_training.stroke_augmentation import render
from model_training.tests.exports import by_hand, write_export
from model_training.tuning import Tuner, Tuning, between

pytestmark = pytest.mark.slow

FEW_STEPS = functools.partial(Tuning, steps=60, batch_size=32)  # enough for what is learnt here
THRESHOLD = read_facts()["refusal"]["threshold"]
# As one hand writes zeros, which are refused: with a cross in them.
CROSSED_ZERO = (
    glyphs("0 ~4,0 1,3 1,6 4,9 7,6 7,3 4,0")["0"][0],
    np.array([[1, 1], [7, 8]]) / 9,
    np.array([[7, 1], [1, 8]]) / 9,
)


@pytest.fixture(autouse=True, scope="module")
def few_images():
    """As many to rehearse and to judge by as tell what was learnt, and no more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replay, "DRAWN", 500)
        patch.setattr(replay, "NEGATIVES", 300)
        yield


@pytest.fixture(autouse=True)
def without_data(monkeypatch, tmp_path):
    """As on a machine that has no data set and has learnt nothing yet."""
    for name in ("MNIST_PATH", "PENDIGITS_PATH", "UNIPEN_PATH", "OMNIGLOT_PATH", "QUICKDRAW_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LEARNT_MODELS", str(tmp_path / "learnt"))


def ordinary(n_each, seed, writer=1):
    own = own_characters(DIGITS)
    return [
        d
        for i, glyph in enumerate(own)
        for d in by_hand(glyph.strokes, glyph.label, n_each, seed + i, writer)
    ]


@pytest.fixture(scope="module")
def tuner(shipped_model):
    return Tuner(shipped_model, remember(shipped_model, to_rehearse(DIGITS, real=False)), FEW_STEPS())


def test_a_hand_is_learnt_adopted_and_taken_back(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(tuning, "Tuning", functools.partial(Tuning, steps=100, batch_size=32))
    zeros = by_hand(CROSSED_ZERO, "0", 40, seed=1)
    path = write_export(tmp_path / "corrections.npz", zeros + ordinary(1, seed=100))
    assert learn.main(["--lessons", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Adopted: " in said
    (facts_path,) = (tmp_path / "learnt").glob("*.json")
    facts = json.loads(facts_path.read_text())
    assert facts["parent"] == read_facts()["version"]
    assert facts["lessons"]["n"] == 71
    assert facts["lessons"]["held_out"] + facts["lessons"]["learnt"] + facts["lessons"]["left_out"] == 71
    held_out = facts["learning"]["held_out_lessons"]
    assert held_out["after"]["answered_right"] > held_out["before"]["answered_right"]
    assert facts["learning"][CHARACTERS]["lost"] <= 4
    model = keras.models.load_model(facts_path.with_suffix(".keras"))
    unseen = render(by_hand(CROSSED_ZERO, "0", 50, seed=2))
    before = answers(keras.models.load_model(MODEL_PATH), unseen, THRESHOLD)
    assert (~before.right).sum() > 25
    assert (~answers(model, unseen, THRESHOLD).right).sum() < (~before.right).sum() / 2

    assert learn.main(["--back"]) == 0
    assert f"{read_facts()['version']} is served again" in capsys.readouterr().out
    assert learn.main(["--back"]) == 1
    assert "there is no way back" in capsys.readouterr().err


def test_a_model_that_forgets_is_kept_aside_and_says_why(shipped_model):
    """Sixes are learnt as nines while zeros alone are rehearsed: the sixes of others are unlearnt."""
    sixes = [d for d in ordinary(20, seed=300) if d.label == "6"]
    lessons = lessons_of(
        [Drawing(d.strokes, "9", 1) for d in sixes],
        dataclasses.replace(render(sixes), labels=np.full(len(sixes), 9, np.uint8)),
        DIGITS,
    )
    noughts = render([d for d in ordinary(4, seed=400) if d.label == "0"])
    judged = to_judge_by(DIGITS, real=False)
    # Nothing tells that harm was done, so the lessons themselves aren't found to be doubtful.
    tuner = Tuner(shipped_model, remember(shipped_model, noughts.images), FEW_STEPS())
    learnt = learn.learn(tuner, THRESHOLD, lessons, {CHARACTERS: noughts}, judged)
    assert learnt.changes[CHARACTERS].forgets
    assert any(CHARACTERS in objection for objection in learnt.objections)


def test_wrong_labels_are_found_and_right_ones_kept(tuner):
    rng = np.random.default_rng(1)
    drawings = ordinary(6, seed=500) + by_hand(CROSSED_ZERO, "0", 14, seed=3)  # 200
    images = render(drawings)
    wrong = rng.random(len(drawings)) < 0.2
    labels = np.where(wrong, (images.labels + rng.integers(1, 10, len(wrong))) % 10, images.labels).astype(
        np.uint8
    )
    lessons = lessons_of(drawings, dataclasses.replace(images, labels=labels), DIGITS)
    nobody = lessons.take(np.zeros(len(lessons), bool))
    doubts, _ = find_doubtful(tuner, lessons, nobody, to_choose_by(DIGITS)[CHARACTERS], THRESHOLD)
    assert doubts.of[wrong].mean() > 0.85
    assert doubts.of[~wrong].mean() < 0.05
    assert "of teacher 1 are contradicted" in doubts.reasons[0]


def test_many_lessons_that_agree_in_a_mistake_are_found(tuner):
    sevens = [d for d in ordinary(25, seed=600, writer=9) if d.label == "7"]
    ones = dataclasses.replace(render(sevens), labels=np.full(len(sevens), 1, np.uint8))
    honest = ordinary(2, seed=700)
    own = render(honest)
    images = dataclasses.replace(
        own,
        images=np.concatenate([ones.images, own.images]),
        labels=np.concatenate([ones.labels, own.labels]),
    )
    lessons = lessons_of(sevens + honest, images, DIGITS)
    nobody = lessons.take(np.zeros(len(lessons), bool))
    doubts, _ = find_doubtful(tuner, lessons, nobody, to_choose_by(DIGITS)[CHARACTERS], THRESHOLD)
    assert doubts.of[: len(sevens)].mean() > 0.9
    assert doubts.of[len(sevens) :].mean() < 0.05
    assert "of teacher 9 say 1 where the model is sure of 7" in doubts.reasons[0]


def test_nothing_is_learnt_as_nothing(tuner):
    """A lesson that says "nothing" teaches the refusal: here one hand's spiral that was taken for a digit."""
    sixes = next(glyph for glyph in own_characters(DIGITS) if glyph.label == "6")
    curl = (np.concatenate([sixes.strokes[0], sixes.strokes[0][::-1] * (0.5, 0.5) + (0.5, 0.2)]),)
    drawn = by_hand(curl, "", 40, seed=8)
    images = np.stack([render([dataclasses.replace(d, label="0")]).images[0] for d in drawn])
    lessons = dataclasses.replace(draw_own(DIGITS, 31, 0, 1), images=images, labels=np.full(40, 10, np.uint8))
    learnt = tuner.tune(lessons, np.ones(40))
    assert (
        answers(learnt, lessons, THRESHOLD).right.mean()
        > answers(tuner.model, lessons, THRESHOLD).right.mean()
    )


def test_tuning_starts_from_the_same_model_each_time_and_leaves_it_alone(tuner, shipped_model):
    lessons = render(by_hand(CROSSED_ZERO, "0", 8, seed=1))
    first, second = (tuner.tune(lessons, np.ones(8)).get_weights() for _ in range(2))
    assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(first, second, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(first, shipped_model.get_weights(), strict=True))
    half = between(shipped_model, shipped_model, 0.5)
    assert all(
        np.allclose(a, b) for a, b in zip(half.get_weights(), shipped_model.get_weights(), strict=True)
    )


def test_too_few_lessons_and_none_are_said_in_a_sentence(tmp_path, capsys):
    path = write_export(tmp_path / "corrections.npz", by_hand(CROSSED_ZERO, "0", 5, seed=1))
    assert learn.main(["--lessons", str(path)]) == 0
    assert "at least 20 and 3 are needed" in capsys.readouterr().out
    path = write_export(tmp_path / "none.npz", [])
    assert learn.main(["--lessons", str(path)]) == 0
    assert "no lessons yet" in capsys.readouterr().out
    assert learn.main(["--lessons", str(tmp_path / "nowhere.npz")]) == 1
    assert "backend.store export" in capsys.readouterr().err
