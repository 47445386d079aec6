import numpy as np
import pytest

from model_training.alphabets import LETTERS
from model_training.network import (
    IS_DIGIT,
    PROBABILITIES,
    build_cnn,
    build_dense_baseline,
    is_one_of,
    logits_of,
    set_temperature,
)


@pytest.fixture(scope="module")
def noise():
    return np.random.default_rng(0).uniform(0, 255, (64, 28, 28, 1)).astype(np.float32)


@pytest.mark.parametrize("build", [build_cnn, build_dense_baseline])
def test_pixels_become_ten_probabilities_and_whether_it_is_a_digit(build, noise):
    answers = build().predict(noise, verbose=0)
    assert set(answers) == {PROBABILITIES, IS_DIGIT}
    assert answers[PROBABILITIES].shape == (64, 10)
    np.testing.assert_allclose(answers[PROBABILITIES].sum(axis=1), 1, atol=1e-6)
    assert answers[IS_DIGIT].shape == (64, 1)
    assert ((answers[IS_DIGIT] > 0) & (answers[IS_DIGIT] < 1)).all()


def test_letters_have_outputs_of_their_own_in_the_same_family_of_networks(noise):
    model = build_cnn(alphabet=LETTERS)
    answers = model.predict(noise, verbose=0)
    assert set(answers) == {PROBABILITIES, "is_letter"}
    assert is_one_of(model) == "is_letter"
    assert answers[PROBABILITIES].shape == (64, 26)
    assert [type(layer) for layer in model.layers] == [type(layer) for layer in build_cnn().layers]


def test_the_cnn_is_small():
    assert build_cnn().count_params() <= 500_000
    assert build_cnn(alphabet=LETTERS).count_params() <= 800_000


def test_levels_are_rescaled_inside_the_model():
    assert build_cnn().get_layer("rescaling").scale == pytest.approx(1 / 255)


def test_a_temperature_changes_confidences_and_no_answer(noise):
    model = build_cnn()
    cooler = set_temperature(model, 2.0)
    before, after = model.predict(noise, verbose=0), cooler.predict(noise, verbose=0)
    np.testing.assert_array_equal(before[IS_DIGIT], after[IS_DIGIT])
    before, after = before[PROBABILITIES], after[PROBABILITIES]
    np.testing.assert_array_equal(before.argmax(axis=1), after.argmax(axis=1))
    assert (after.max(axis=1) < before.max(axis=1)).all()
    logits = logits_of(model).predict(noise, verbose=0)
    halved = np.exp(logits / 2)
    np.testing.assert_allclose(after, halved / halved.sum(axis=1, keepdims=True), atol=1e-5)
