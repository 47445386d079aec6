import keras
import numpy as np
import pytest
import tensorflow as tf

from model_training.fused_norm import FusedBatchNormalization, with_fused_norms
from model_training.network import IS_DIGIT, PROBABILITIES, build_cnn

IMAGES = np.random.default_rng(0).uniform(0, 255, (16, 28, 28, 1)).astype(np.float32)


@pytest.fixture
def pair():
    keras.utils.set_random_seed(1)
    model = build_cnn(dropout=0.0)
    return model, with_fused_norms(model)


def test_a_copy_has_fused_layers_and_the_same_weights(pair):
    plain, fused = pair
    norms = [layer for layer in fused.layers if isinstance(layer, keras.layers.BatchNormalization)]
    assert norms
    assert all(type(layer) is FusedBatchNormalization for layer in norms)
    for before, after in zip(plain.get_weights(), fused.get_weights(), strict=True):
        np.testing.assert_array_equal(before, after)
    assert all(type(layer) is not FusedBatchNormalization for layer in plain.layers)


@pytest.mark.parametrize("training", [False, True])
def test_it_answers_as_keras_does(pair, training):
    plain, fused = (model(IMAGES, training=training) for model in pair)
    for output in (PROBABILITIES, IS_DIGIT):
        np.testing.assert_allclose(plain[output], fused[output], atol=1e-4)


def test_it_learns_as_keras_does(pair):
    gradients = []
    for model in pair:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.math.log(model(IMAGES, training=True)[PROBABILITIES])[:, 3])
        gradients.append(tape.gradient(loss, model.get_layer("block1_conv1").kernel).numpy())
    np.testing.assert_allclose(*gradients, rtol=0.01, atol=0.01 * np.abs(gradients[0]).max())


def test_its_moving_averages_are_keras_s(pair):
    for model in pair:
        model(IMAGES, training=True)
    plain, fused = (model.get_layer("block1_conv1_norm") for model in pair)
    assert np.abs(plain.moving_mean).max() > 0
    np.testing.assert_allclose(plain.moving_mean, fused.moving_mean, atol=1e-6)
    np.testing.assert_allclose(plain.moving_variance, fused.moving_variance, rtol=1e-3)
