import keras
import numpy as np
import pytest

from model_training.conv_muon import ConvMuon

RNG = np.random.default_rng(7)


def step(optimizer, value, gradient, name="kernel"):
    """How far one step moves a variable of that value."""
    variable = keras.Variable(value.astype(np.float32), name=name)
    optimizer.build([variable])
    optimizer.apply([keras.ops.convert_to_tensor(gradient.astype(np.float32))], [variable])
    return np.asarray(variable) - value


@pytest.mark.parametrize("shape", [(3, 3, 16, 32), (3, 3, 112, 112), (1, 1, 16, 64)])
def test_a_kernel_moves_equally_far_in_every_direction(shape):
    moved = step(ConvMuon(0.01), np.zeros(shape), RNG.normal(size=shape)).reshape(-1, shape[-1])
    strengths = np.linalg.svd(moved / (0.01 * 0.2 * np.sqrt(max(moved.shape))), compute_uv=False)
    assert strengths.min() > 0.5  # Newton and Schulz's iteration brings them near 1, not to it
    assert strengths.max() < 1.3


def test_a_matrix_moves_as_with_keras_own_muon():
    value, gradient = RNG.normal(size=(2, 20, 30))
    ours, theirs = (step(kind(0.01), value, gradient) for kind in (ConvMuon, keras.optimizers.Muon))
    np.testing.assert_allclose(ours, theirs, atol=1e-6)


@pytest.mark.parametrize(
    ("shape", "name"), [((64,), "gamma"), ((), "scale"), ((3, 3, 1, 16), "kernel"), ((128, 10), "logits")]
)
def test_vectors_first_convolution_and_named_layers_move_as_with_adam(shape, name):
    value, gradient = RNG.normal(size=(2, *shape))
    ours = step(ConvMuon(0.01, exclude_layers=["logits"], adam_weight_decay=None), value, gradient, name)
    np.testing.assert_allclose(ours, step(keras.optimizers.Adam(0.01), value, gradient, name), atol=1e-6)
