"""The network that reads a whole line without dividing it: convolutions, and CTC's labels along the line.

After Graves et al., "Connectionist Temporal Classification" (2006), and Shi et al., "An End-to-End Trainable
Neural Network for Image-based Sequence Recognition" (2015), without their recurrent layers. It begins with
the digit model's convolutions, which read characters of the same size.
"""

import keras
import numpy as np
from keras import layers

from model_training.framing import FULL_INK
from model_training.string_data import LINE_HEIGHT, NO_DIGIT

BLANK = NO_DIGIT  # the output that stands for no digit, behind those of the digits
OUTPUTS = NO_DIGIT + 1
WIDTH = 160  # features of a place
MAPS = 96  # that the digit model's last convolution makes
DILATIONS = (1, 2, 1)


def build_eyes(digit_model: keras.Model) -> keras.Model:
    """Return `digit_model`'s convolutions for whole lines: (n, 32, width, 1) ink -> (n, 4, width / 4, 96).

    Normalisation is folded into them.
    """
    ink = keras.Input((LINE_HEIGHT, None, 1), name="ink")
    x = layers.Rescaling(1 / FULL_INK, name="rescaling")(ink)
    for index, (names, pool) in enumerate((((1,), 2), ((1, 2), 2), ((1, 2), (2, 1))), 1):
        for conv in names:
            name = f"block{index}_conv{conv}"
            (kernel,) = digit_model.get_layer(name).get_weights()
            norm = digit_model.get_layer(f"{name}_norm")
            gamma, beta, mean, variance = norm.get_weights()
            scale = gamma / np.sqrt(variance + norm.epsilon)
            layer = layers.Conv2D(kernel.shape[-1], 3, padding="same", activation="relu", name=name)
            x = layer(x)
            layer.set_weights([kernel * scale, beta - mean * scale])
        x = layers.MaxPooling2D(pool, name=f"block{index}_pool")(x)
    return keras.Model(ink, x, name="eyes")


def build_reader(dropout: float = 0.2) -> keras.Model:
    """Return the untrained rest: what the eyes see, (n, 4, columns, 96) -> logits, (n, 2 * columns, 11).

    The last output is CTC's blank; separators are read as blanks.
    """
    seen = keras.Input((LINE_HEIGHT // 8, None, MAPS), name="seen")
    x = layers.SpatialDropout2D(dropout / 2, name="seen_dropout")(seen)
    x = layers.Conv2D(WIDTH, (LINE_HEIGHT // 8, 1), use_bias=False, name="column")(x)  # (n, 1, columns, 160)
    x = layers.BatchNormalization(name="column_norm")(x)
    x = layers.ReLU(name="column_relu")(x)
    for index, apart in enumerate(DILATIONS, 1):
        y = layers.Conv2D(
            WIDTH, (1, 3), padding="same", dilation_rate=(1, apart), use_bias=False, name=f"context{index}"
        )(x)
        y = layers.BatchNormalization(name=f"context{index}_norm")(y)
        y = layers.ReLU(name=f"context{index}_relu")(y)
        x = layers.Add(name=f"context{index}_sum")([x, y])
    x = layers.Dropout(dropout, name="dropout")(x)
    # Two places from each column; float32 whatever the precision of the rest, as CTC adds many small numbers.
    x = layers.Conv2D(2 * OUTPUTS, 1, dtype="float32", name="places")(x)
    return keras.Model(seen, layers.Reshape((-1, OUTPUTS), dtype="float32", name="logits")(x), name="reader")


def one_network(eyes: keras.Model, reader: keras.Model) -> keras.Model:
    """Return both as one network: ink -> logits."""
    return keras.Model(eyes.input, reader(eyes.output), name="line_network")


def served(network: keras.Model) -> keras.Model:
    """Return what is served of `network`: ink -> the probability of each output at each place."""
    return keras.Model(network.input, layers.Softmax(name="probabilities")(network.output), name="string_cnn")
