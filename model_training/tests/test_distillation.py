import keras
import numpy as np
import pytest
import tensorflow as tf

from model_training.distillation import TransferSet, transfer_set, transfer_stream
from model_training.network import IS_DIGIT, PROBABILITIES
from model_training.train import targets


@pytest.fixture
def stream():
    images = tf.constant(np.random.default_rng(0).uniform(0, 255, (10, 28, 28, 1)), tf.float32)
    labels = tf.constant([0, 1, 2, 3, 4, 5, 6, 7, 8, 10])  # the last shows no digit
    return tf.data.Dataset.from_tensors((images, *targets(labels))).repeat()


def certain_of(digit):
    pixels = keras.Input((28, 28, 1))
    flat = keras.layers.Flatten()(pixels)
    logits = keras.layers.Dense(
        10, kernel_initializer="zeros", bias_initializer=keras.initializers.Constant(np.eye(10)[digit] * 50)
    )(flat)
    return keras.Model(pixels, {PROBABILITIES: keras.layers.Softmax()(logits)})


def test_targets_mix_the_labels_with_the_teachers_mean(stream):
    taught = transfer_set(stream, [certain_of(3), certain_of(5)], 25, teacher_weight=0.5)
    assert len(taught) == 25
    first = taught.probabilities[0].astype(float)  # its label is 0
    np.testing.assert_allclose(first, [0.5, 0, 0, 0.25, 0, 0.25, 0, 0, 0, 0], atol=1e-3)
    assert taught.is_digit.tolist() == ([True] * 9 + [False]) * 2 + [True] * 5


def test_a_saved_set_is_read_back(stream, tmp_path):
    taught = transfer_set(stream, [certain_of(3)], 10, teacher_weight=0.5)
    taught.save(tmp_path / "set.npz")
    again = TransferSet.load(tmp_path / "set.npz")
    for name in ("images", "probabilities", "is_digit"):
        np.testing.assert_array_equal(getattr(again, name), getattr(taught, name))


def test_a_students_batches_are_shuffled_and_never_end(stream):
    taught = transfer_set(stream, [certain_of(3)], 10, teacher_weight=0.0)
    batches = list(transfer_stream(taught, 10, seed=1).take(3))
    for images, target, weights in batches:
        assert images.shape == (10, 28, 28, 1)
        assert target[IS_DIGIT].numpy().sum() == 9
        np.testing.assert_array_equal(weights[PROBABILITIES], target[IS_DIGIT].numpy()[:, 0])
    assert not np.array_equal(batches[0][0], batches[1][0])
