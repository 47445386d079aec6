import dataclasses
import functools
from collections import Counter

import numpy as np
import pytest

from model_training import training_data
from model_training.alphabets import LETTERS
from model_training.datasets import VALIDATION_WRITERS, Drawing
from model_training.network import IS_DIGIT, PROBABILITIES
from model_training.recipes import LETTER_RECIPES, RECIPES
from model_training.strangers import style_of
from model_training.stroke_augmentation import render
from model_training.training_data import batch_sizes, prepare_data, steps_per_epoch, training_stream

pytestmark = pytest.mark.slow

SMALL = dataclasses.replace(RECIPES["quick"], images=2_560, batch_size=32)


@pytest.fixture(scope="module")
def data(all_sources):
    return prepare_data(SMALL, all_sources)


def test_batches_mix_digits_one_hot_and_negatives_without_a_class(data):
    images, targets, weights = next(iter(training_stream(data, SMALL)))
    assert images.shape == (32, 28, 28, 1)
    negatives = batch_sizes(SMALL)[3]
    is_digit = targets[IS_DIGIT].numpy()[:, 0]
    assert is_digit.tolist() == [1] * (32 - negatives) + [0] * negatives
    np.testing.assert_array_equal(weights[PROBABILITIES], is_digit)
    digits = targets[PROBABILITIES].numpy()[is_digit == 1]
    np.testing.assert_allclose(digits.sum(axis=1), 1, atol=1e-6)
    smoothing = SMALL.label_smoothing
    np.testing.assert_allclose(digits.max(axis=1), 1 - smoothing + smoothing / 10, atol=1e-6)


def test_the_same_seed_gives_the_same_batches(data):
    first = next(iter(training_stream(data, SMALL)))
    again = next(iter(training_stream(data, SMALL)))
    np.testing.assert_array_equal(first[0], again[0])


def test_only_people_of_the_training_part_are_fitted_on(all_sources, monkeypatch):
    given = {}

    def note(name, original, *arguments, **options):
        digits = next(a for a in arguments if isinstance(a, list))
        given.setdefault(name, set()).update((digit.collection, digit.writer) for digit in digits)
        return original(*arguments, **options)

    for name in ("render", "render_variants", "render_scans", "render_negatives", "negative_validation"):
        noted = functools.partial(note, name, getattr(training_data, name))
        monkeypatch.setattr(training_data, name, noted)
    monkeypatch.setattr(training_data, "validation_characters", lambda sources: {})
    prepare_data(dataclasses.replace(SMALL, negatives=100, scans=100), all_sources)
    held_out = {(-1, writer) for writer in VALIDATION_WRITERS}
    held_out |= {(d.collection, d.writer) for d in all_sources.strangers.validation}
    for name in ("render_variants", "render_scans", "render_negatives"):
        assert given[name].isdisjoint(held_out), name
    assert given["negative_validation"] <= held_out


def test_a_limited_run_draws_a_tenth_as_many_pen_digits(data):
    few = SMALL.images // 10
    assert len(data.scanned) == SMALL.images
    assert len(data.strokes) >= few * SMALL.pen_variants
    for kind in ("mnist_validation", "pen_validation", "pen_validation_resized"):
        assert len(data.validation_by_kind[kind]) == few


def test_rare_letters_and_capitals_get_more_variants_and_nothing_is_left_out():
    drawings = [Drawing((), label, i) for label, n in (("e", 400), ("q", 25), ("A", 100)) for i in range(n)]
    chosen = training_data.balanced(drawings, 3)
    assert len(chosen) == pytest.approx(3 * len(drawings), abs=3)
    assert {(d.label, d.writer) for d in chosen} == {(d.label, d.writer) for d in drawings}
    times = Counter(d.label for d in chosen)
    assert times["q"] / 25 == pytest.approx(4 * times["e"] / 400, rel=0.05)  # the root of sixteen
    assert times["A"] / 100 == pytest.approx(2 * times["e"] / 400, rel=0.05)


def test_where_nothing_is_scanned_strokes_take_its_place(all_letters):
    recipe = dataclasses.replace(LETTER_RECIPES["quick"], images=400, scans=50, negatives=50)
    data = prepare_data(recipe, all_letters)
    images, targets, weights = next(iter(training_stream(data, recipe)))
    assert images.shape == (recipe.batch_size, 28, 28, 1)
    assert targets[PROBABILITIES].shape == (recipe.batch_size, 26)
    assert weights[PROBABILITIES].numpy().sum() == recipe.batch_size - batch_sizes(recipe)[3]
    assert set(data.validation_by_kind) >= {"capitals_collections", "small_collections", "scans_validation"}
    undistorted = render(all_letters.limited(400, recipe.seed).strangers.training, LETTERS).images
    assert {image.tobytes() for image in undistorted} <= {image.tobytes() for image in data.strokes.images}
    once = dataclasses.replace(recipe, steps=None)
    assert steps_per_epoch(data, once) == len(data.strokes) // batch_sizes(recipe, scanned=False)[1]


def test_validation_holds_nothing_that_is_trained_on(data):
    fitted = {image.tobytes() for image in data.scanned.images}
    assert not any(image.tobytes() in fitted for image in data.validation_by_kind["mnist_validation"].images)
    drawn = {image.tobytes() for image in data.negatives.images}
    assert not any(image.tobytes() in drawn for image in data.negative_validation.images)


def test_a_rare_style_is_drawn_several_times(all_sources, monkeypatch):
    if not all_sources.strangers.training:
        pytest.skip("UNIPEN_PATH isn't set: rare styles need strangers' digits")
    slashed = [d for d in all_sources.strangers.training if style_of(d) == "slashed zero"][:4]
    plain = [d for d in all_sources.strangers.training if style_of(d) is None][:4]
    weighed = training_data._weighed(slashed + plain)
    assert len(weighed) == 4 * training_data.RARE_STYLE_COPIES + 4
