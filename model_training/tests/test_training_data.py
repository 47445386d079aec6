import dataclasses

import numpy as np
import pytest

from model_training.network import IS_DIGIT, PROBABILITIES
from model_training.recipes import RECIPES
from model_training.training_data import batch_sizes, prepare_data, training_stream

SMALL = dataclasses.replace(RECIPES["quick"], images=2_560, batch_size=32)


@pytest.fixture(scope="module")
def data(mnist, pendigits):
    return prepare_data(SMALL)


def test_batches_mix_digits_one_hot_and_negatives_without_a_class(data):
    images, targets, weights = next(iter(training_stream(data, SMALL)))
    assert images.shape == (32, 28, 28, 1)
    negatives = batch_sizes(SMALL)[2]
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


def test_validation_holds_nothing_that_is_trained_on(data):
    fitted = {image.tobytes() for image in data.mnist.images}
    assert not any(image.tobytes() in fitted for image in data.mnist_validation.images)
    drawn = {image.tobytes() for image in data.negatives.images}
    assert not any(image.tobytes() in drawn for image in data.negative_validation.images)
