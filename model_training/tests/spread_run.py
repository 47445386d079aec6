"""A few steps of a small network, in one process or, where TF_CONFIG says so, in one of several.

`python -m model_training.tests.spread_run FILE` writes what came of it to the `.npz` file.
"""

import dataclasses
import sys

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from model_training.devices import make_ready, strategy
from model_training.fitting import compile_model
from model_training.recipes import RECIPES
from model_training.training_data import targets


def run() -> list[np.ndarray]:
    """Return the replicas, the losses, how far each weight moved, and the weights.

    The network has every kind of variable that our optimizer tells apart.
    """
    spread = strategy()
    random = np.random.default_rng(1)
    images = random.integers(0, 256, (48, 28, 28, 1)).astype(np.float32)
    labels = targets(tf.constant(random.integers(0, 11, 48)))
    data = tf.data.Dataset.from_tensor_slices((images, *labels)).batch(16)
    keras.utils.set_random_seed(1)
    with spread.scope():
        pixels = keras.Input((28, 28, 1))
        x = layers.Conv2D(4, 3, 4, activation="relu")(layers.Rescaling(1 / 255)(pixels))
        x = layers.Flatten()(layers.Conv2D(8, 3, 2, activation="relu")(x))
        x = layers.Dense(8, "relu")(x)
        outputs = {
            "probabilities": layers.Softmax(name="probabilities")(layers.Dense(10, name="logits")(x)),
            "is_digit": layers.Dense(1, "sigmoid", name="is_digit")(x),
        }
        model = keras.Model(pixels, outputs)
        compile_model(model, dataclasses.replace(RECIPES["quick"], ema_momentum=0.9), steps_per_epoch=3)
    before = model.get_weights()
    make_ready(model, data)
    losses = model.fit(data, epochs=2, shuffle=False, verbose=0).history["loss"]
    after = model.get_weights()
    moved = [np.abs(one - other).max() for one, other in zip(before, after, strict=True)]
    return [np.array(spread.num_replicas_in_sync), np.array(losses), np.array(moved), *after]


if __name__ == "__main__":
    np.savez(sys.argv[1], *run())
