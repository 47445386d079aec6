"""The networks: the CNN that is served, and the dense baseline that it is compared with."""

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
from keras import layers

from model_training.alphabets import ALPHABETS, DIGITS, LETTERS, Alphabet
from model_training.coarseness import with_coarse_odds
from model_training.framing import FULL_INK, SIDE

CLASSES = len(DIGITS)
TEMPERATURE = "temperature"  # the layer that divides the logits
PROBABILITIES, IS_DIGIT = "probabilities", DIGITS.is_one  # the two outputs


@dataclass(frozen=True)
class Size:
    """How large a network is."""

    widths: tuple[tuple[int, ...], ...]  # feature maps of the convolutions, block by block
    head: int  # units of the dense layer


SIZES = {
    DIGITS.name: Size(((16,), (32, 64), (96, 96)), 128),
    LETTERS.name: Size(((16,), (32, 64), (128, 128)), 192),
}


def build_cnn(dropout: float = 0.25, alphabet: Alphabet = DIGITS) -> keras.Model:
    """Return an untrained CNN: (n, 28, 28, 1) pixels 0..255 -> a dict of two outputs.

    `probabilities`, (n, labels), says which character of `alphabet` it is, `is_digit` (or `is_letter`),
    (n, 1) in 0..1, whether it is one at all. The second is read off the same features, so that a refusal
    costs nothing.

    Blocks of Conv-BatchNorm-ReLU with max-pooling and dropout, after Simonyan and Zisserman (2014) and
    Ioffe and Szegedy (2015), then a small dense head. The logits are divided by a temperature (Guo et
    al., 2017), 1 until `set_temperature`, so that calibration travels inside the model.
    """
    size = SIZES[alphabet.name]
    pixels = keras.Input((SIDE, SIDE, 1), name="pixels")
    x = layers.Rescaling(1 / FULL_INK, name="rescaling")(pixels)
    # One convolution at full resolution: there a second one would cost as much as all others together.
    x = _block(x, size.widths[0], "block1")  # (n, 14, 14, 16)
    x = _block(x, size.widths[1], "block2")  # (n, 7, 7, 64)
    x = layers.SpatialDropout2D(dropout / 2, name="block2_dropout")(x)
    x = _block(x, size.widths[2], "block3")  # (n, 4, 4, 96 or 128)

    x = layers.Flatten(name="flatten")(x)
    x = layers.Dropout(dropout, name="head_dropout1")(x)
    x = layers.Dense(size.head, use_bias=False, name="head_dense")(x)
    x = layers.BatchNormalization(name="head_norm")(x)
    x = layers.ReLU(name="head_relu")(x)
    x = layers.Dropout(dropout, name="head_dropout2")(x)
    return keras.Model(pixels, _outputs(x, alphabet), name=alphabet.network)


def build_dense_baseline() -> keras.Model:
    """Return an untrained dense network (ANN) of the same input and output, with two hidden layers."""
    pixels = keras.Input((SIDE, SIDE, 1), name="pixels")
    x = layers.Rescaling(1 / FULL_INK, name="rescaling")(pixels)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(256, activation="relu", name="dense1")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    x = layers.Dense(128, activation="relu", name="dense2")(x)
    return keras.Model(pixels, _outputs(x, DIGITS), name="dense_baseline")


def set_temperature(model: keras.Model, temperature: float) -> keras.Model:
    """Return `model` with its logits divided by `temperature` (> 0); the weights are the same."""

    def clone(layer: keras.Layer) -> keras.Layer:
        config = layer.get_config()
        if layer.name == TEMPERATURE:
            config["scale"] = 1 / temperature
        return type(layer).from_config(config)

    calibrated = keras.models.clone_model(model, clone_function=clone)
    calibrated.set_weights(model.get_weights())
    return calibrated


def logits_of(model: keras.Model) -> keras.Model:
    """Return the model that gives `model`'s logits, (n, labels), before the temperature."""
    return keras.Model(model.input, model.get_layer("logits").output)


def predict(model: keras.Model, images: np.ndarray) -> np.ndarray:
    """Return `model`'s probabilities for framed images, (n, 28, 28) in 0..255: (n, labels)."""
    return outputs(model, images)[PROBABILITIES]


def outputs(model: keras.Model, images: np.ndarray) -> dict[str, np.ndarray]:
    """Return every output of `model` for framed images, (n, 28, 28) in 0..255, by name.

    The odds of coarse images being a digit at all are raised, as where the model is served.
    """
    says = run(model, images)
    is_one = is_one_of(model)
    (alphabet,) = (name for name, one in ALPHABETS.items() if one.is_one == is_one)
    says[is_one] = with_coarse_odds(says[is_one][:, 0], images, alphabet)[:, None]
    return says


def is_one_of(model: keras.Model) -> str:
    """The name of the output of `model` that says whether it is a character of its alphabet at all."""
    (name,) = model.output.keys() - {PROBABILITIES}
    return name


def run(model: keras.Model, images: np.ndarray) -> Any:
    """Return whatever `model`, the whole network or a part of it, gives for framed images."""
    # XLA compiles anew for every size of the last batch: half a second, and it saves none of it.
    model.jit_compile = False
    return model.predict(images[..., None].astype(np.float32), batch_size=500, verbose=0)


def _block(x, widths: tuple[int, ...], name: str):
    for i, width in enumerate(widths, 1):
        conv = f"{name}_conv{i}"
        x = layers.Conv2D(width, 3, padding="same", use_bias=False, name=conv)(x)
        x = layers.BatchNormalization(name=f"{conv}_norm")(x)
        x = layers.ReLU(name=f"{conv}_relu")(x)
    return layers.MaxPooling2D(padding="same", name=f"{name}_pool")(x)


def _outputs(x, alphabet: Alphabet) -> dict:
    # float32 whatever the precision of the rest: bfloat16 probabilities wouldn't sum to 1.
    logits = layers.Dense(len(alphabet), dtype="float32", name="logits")(x)
    scaled = layers.Rescaling(1.0, dtype="float32", name=TEMPERATURE)(logits)
    return {
        PROBABILITIES: layers.Softmax(dtype="float32", name=PROBABILITIES)(scaled),
        alphabet.is_one: layers.Dense(1, "sigmoid", dtype="float32", name=alphabet.is_one)(x),
    }
