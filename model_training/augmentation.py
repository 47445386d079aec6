"""Augmentation of framed images: one fused, vectorised map over a batch.

One sampling grid carries rotation, slant, zoom, shift and elastic distortion (Simard, Steinkraus and
Platt, 2003), so that a batch is interpolated once; stroke thickness, blur and ink level follow.
"""

from dataclasses import dataclass

import tensorflow as tf

from model_training.framing import FULL_INK, SIDE

ELASTIC_GRID = 5  # control points a side of the elastic distortion


@dataclass(frozen=True)
class Augmentation:
    """How far each distortion may go; the default is what the shipped model was trained with."""

    rotation: float = 11.0  # degrees, either way
    slant: float = 0.18  # horizontal shift per height, either way
    zoom: float = 0.1  # share of the size, either way, on each axis by itself
    shift: float = 1.5  # px, either way
    elastic: float = 0.6  # px, standard deviation of a control point's displacement
    thickness: float = 0.7  # share of a full 3x3 dilation or erosion, either way
    blur: float = 0.8  # share of a full 3x3 mean, applied to a third of the images
    ink: float = 0.35  # how much weaker than full the ink may be
    noise: float = 0.25  # share of full ink, largest standard deviation, added to a sixth of the images


NO_AUGMENTATION = Augmentation(
    rotation=0, slant=0, zoom=0, shift=0, elastic=0, thickness=0, blur=0, ink=0, noise=0
)


def augment(images: tf.Tensor, seed: tf.Tensor, how: Augmentation | None = None) -> tf.Tensor:
    """Return distorted copies of `images`, (n, 28, 28, 1) float32 in 0..255, by a (2,) integer seed.

    The same seed gives the same distortions.
    """
    how = how or Augmentation()
    seeds = tf.unstack(tf.random.experimental.stateless_split(seed, 4))
    images = _warp(images, _sampling_grid(tf.shape(images)[0], seeds[0], how))
    images = _vary_thickness(images, seeds[1], how)
    images = _vary_ink(images, seeds[2], how)
    return tf.clip_by_value(_add_noise(images, seeds[3], how), 0, FULL_INK)


def _sampling_grid(n: tf.Tensor, seed: tf.Tensor, how: Augmentation) -> tf.Tensor:
    """For each pixel of the result the row and column to read from: (n, 28, 28, 2)."""
    seeds = tf.unstack(tf.random.experimental.stateless_split(seed, 2))
    draw = tf.random.stateless_uniform((6, n, 1, 1), seeds[0], -1, 1)
    angle = draw[0] * how.rotation * (3.14159265 / 180)
    slant = draw[1] * how.slant
    zoom_y, zoom_x = 1 + draw[2] * how.zoom, 1 + draw[3] * how.zoom
    cos, sin = tf.cos(angle), tf.sin(angle)

    middle = (SIDE - 1) / 2
    offset = tf.range(SIDE, dtype=tf.float32) - middle
    y, x = offset[None, :, None], offset[None, None, :]
    x = x + slant * y  # (n, 28, 28)
    rows = (cos * y - sin * x) / zoom_y + middle + draw[4] * how.shift
    columns = (sin * y + cos * x) / zoom_x + middle + draw[5] * how.shift

    control = tf.random.stateless_normal((n, ELASTIC_GRID, ELASTIC_GRID, 2), seeds[1], stddev=how.elastic)
    displacement = tf.image.resize(control, (SIDE, SIDE), "bicubic")
    return tf.stack([rows, columns], axis=-1) + displacement


def _warp(images: tf.Tensor, grid: tf.Tensor) -> tf.Tensor:
    """Sample `images`, (n, 28, 28, 1), bilinearly at `grid`; beyond the edge is paper."""
    padded = tf.pad(images[..., 0], [[0, 0], [1, 1], [1, 1]])
    side = SIDE + 2
    flat = tf.reshape(padded, (-1, side * side))
    grid = tf.clip_by_value(grid + 1, 0, side - 1.001)
    corner = tf.floor(grid)
    share = grid - corner
    index = tf.cast(corner[..., 0] * side + corner[..., 1], tf.int32)  # (n, 28, 28)
    index = tf.reshape(index, (-1, SIDE * SIDE))

    def read(step: int) -> tf.Tensor:
        return tf.reshape(tf.gather(flat, index + step, batch_dims=1), (-1, SIDE, SIDE))

    down, right = share[..., 0], share[..., 1]
    top = read(0) * (1 - right) + read(1) * right
    bottom = read(side) * (1 - right) + read(side + 1) * right
    return (top * (1 - down) + bottom * down)[..., None]


def _vary_thickness(images: tf.Tensor, seed: tf.Tensor, how: Augmentation) -> tf.Tensor:
    amount = tf.random.stateless_uniform((tf.shape(images)[0], 1, 1, 1), seed, -1, 1) * how.thickness
    thicker = tf.nn.max_pool2d(images, 3, 1, "SAME") - images
    thinner = tf.nn.max_pool2d(-images, 3, 1, "SAME") + images
    # A whole erosion would erase the thin strokes, so it goes half as far as dilation.
    return images + tf.nn.relu(amount) * thicker - 0.5 * tf.nn.relu(-amount) * thinner


def _vary_ink(images: tf.Tensor, seed: tf.Tensor, how: Augmentation) -> tf.Tensor:
    draw = tf.random.stateless_uniform((3, tf.shape(images)[0], 1, 1, 1), seed)
    blurred = tf.nn.avg_pool2d(images, 3, 1, "SAME")
    share = tf.where(draw[0] < 1 / 3, draw[1] * how.blur, 0)
    level = 1 - tf.square(draw[2]) * how.ink
    return (images + share * (blurred - images)) * level


def _add_noise(images: tf.Tensor, seed: tf.Tensor, how: Augmentation) -> tf.Tensor:
    seeds = tf.unstack(tf.random.experimental.stateless_split(seed, 2))
    draw = tf.random.stateless_uniform((2, tf.shape(images)[0], 1, 1, 1), seeds[0])
    deviation = tf.where(draw[0] < 1 / 6, draw[1] * how.noise * FULL_INK, 0)
    return images + deviation * tf.random.stateless_normal(tf.shape(images), seeds[1])
