"""The maps mean what they say: of the shipped model, and of made-up ones whose reasons are known."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.special import softmax
from scipy.stats import spearmanr

from model_training.datasets import split_mnist
from model_training.framing import FULL_INK
from model_training.network import PROBABILITIES
from model_training.saliency import DRAWN, HIDDEN, find_evidence
from model_training.strokes import frame_strokes

pytestmark = pytest.mark.slow

# Strokes as "x,y" corners, 0..9 across and down; each digit is drawn several times, a little distorted.
DIGITS = {
    0: ["4,0 2,1 1,4 1,6 2,8 4,9 6,8 7,6 7,4 6,1 4,0"],
    1: ["4,0 4,9"],
    2: ["1,2 3,0 5,0 7,2 6,4 1,9 8,9"],
    3: ["1,1 4,0 6,1 6,3 3,4", "3,4 6,5 7,7 5,9 1,8"],
    4: ["2,0 1,5 7,5", "6,0 6,9"],
    5: ["7,0 2,0 2,4 5,4 7,6 6,8 4,9 1,8"],
    6: ["6,0 3,3 2,6 3,9 6,9 7,7 6,5 3,6"],
    7: ["1,0 7,0 4,9"],
    8: ["6,2 4,0 2,2 6,6 4,9 2,7 6,3 6,2"],
    9: ["7,2 5,0 2,1 2,3 4,5 7,3 7,1 6,9"],
}
COPIES = 4


def drawings():
    random = np.random.default_rng(0)
    for corners in DIGITS.values():
        strokes = [np.array([pair.split(",") for pair in line.split()], float) / 9 for line in corners]
        for _ in range(COPIES):
            distortion = np.eye(2) + random.normal(0, 0.08, (2, 2))
            yield frame_strokes([stroke @ distortion for stroke in strokes])


@pytest.fixture(scope="module")
def score(shipped_model):
    return score_of(shipped_model)


def score_of(model):
    probabilities = keras.Model(model.input, model.get_layer(PROBABILITIES).output)
    return lambda images: np.asarray(probabilities(np.asarray(images, np.float32)[..., None], training=False))


@pytest.fixture(scope="module")
def explained(score, mnist):
    """Images with their two most probable digits and the evidence: drawn here, and of MNIST's validation."""
    return [explain(image, score) for image in [*drawings(), *split_mnist(mnist[0])[1].images[:40]]]


def explain(image, score):
    guess, other = np.argsort(-score(image[None])[0], kind="stable")[:2]
    return image, guess, other, find_evidence(image, score, guess, other)


def without(image, order, share):
    """`image` without so large a share of its ink, taken pixel by pixel in `order`."""
    ink = image.reshape(-1).astype(float)
    taken = np.cumsum(ink[order]) <= share * ink.sum()
    left = ink.copy()
    left[order[taken]] = 0
    return left.reshape(28, 28)


def with_more(image, order, pixels):
    """`image` with the first `pixels` of `order` inked."""
    more = image.reshape(-1).astype(float)
    more[order[:pixels]] = FULL_INK
    return more.reshape(28, 28)


def downhill(values, places):
    return places[np.argsort(-values.reshape(-1)[places], kind="stable")]


def near(image):
    """The pixels that are bare, within 6 px of ink."""
    rows, columns = np.indices((28, 28)).reshape(2, -1)
    inked = image.reshape(-1) > 0
    apart = np.hypot(rows[:, None] - rows[inked], columns[:, None] - columns[inked])
    return np.flatnonzero((apart.min(axis=1) <= 6) & ~inked)


@pytest.mark.parametrize("share", [0.1, 0.2])
def test_without_its_strongest_ink_a_guess_falls_faster_than_without_any_other(explained, score, share):
    random = np.random.default_rng(1)
    strongest, any_other = [], []
    for image, guess, _, evidence in explained:
        inked = np.flatnonzero(image)
        orders = [downhill(evidence.saliency, inked), random.permutation(inked), random.permutation(inked)]
        chances = score([without(image, order, share) for order in orders])[:, guess]
        strongest.append(chances[0])
        any_other.append(chances[1:].mean())
    assert np.mean(np.array(strongest) < np.array(any_other)) > 0.75
    assert np.mean(strongest) < np.mean(any_other) - 0.05


def test_ink_that_speaks_for_the_runner_up_helps_it_more_than_ink_anywhere_near(explained, score):
    random = np.random.default_rng(2)
    gains = []
    for image, _, other, evidence in explained:
        bare = near(image)
        orders = [downhill(evidence.counter_evidence, bare), *(random.permutation(bare) for _ in range(4))]
        chances = np.log(score([with_more(image, order, 8) for order in orders])[:, other])
        gains.append(chances[0] - chances[1:].mean())
    assert np.mean(np.array(gains) > 0) > 0.85
    assert np.mean(gains) > 1


def test_without_the_ink_that_must_go_the_runner_up_gains_more_than_without_any_other(explained, score):
    random = np.random.default_rng(3)
    gains = []
    for image, _, other, evidence in explained:
        inked = np.flatnonzero(image)
        orders = [downhill(-evidence.counter_evidence, inked), *(random.permutation(inked) for _ in range(4))]
        chances = np.log(score([without(image, order, 0.1) for order in orders])[:, other])
        gains.append(chances[0] - chances[1:].mean())
    assert np.mean(np.array(gains) > 0) > 0.75
    assert np.mean(gains) > 1


def test_a_network_that_has_learned_nothing_gives_other_maps(explained, shipped_model):
    keras.utils.set_random_seed(4)
    ignorant = score_of(keras.models.clone_model(shipped_model))
    alike = []
    for image, guess, other, evidence in explained[::2]:
        inked = image > 0
        map_of_nothing = find_evidence(image, ignorant, guess, other).saliency
        alike.append(spearmanr(evidence.saliency[inked], map_of_nothing[inked]).statistic)
    assert abs(np.mean(alike)) < 0.2
    assert np.mean(np.abs(alike)) < 0.5


def looks_at(weights):
    """A network that adds up ink by `weights`, (28, 28, 10), and nothing else."""
    return lambda images: softmax(np.tensordot(images / FULL_INK, weights, 2), axis=1)


def test_the_ink_that_a_known_network_looks_at_is_found():
    image = np.zeros((28, 28))
    image[13:15, 4:24] = FULL_INK
    weights = np.zeros((28, 28, 10))
    weights[13:15, 4:7, 3] = 1  # speaks for a three
    weights[13:15, 20:24, 3] = -0.5  # and against it
    weights[17:20, 12:15, 8] = 1  # an eight would have ink here
    weights[13:15, 8:11, 8] = -1  # and none here
    evidence = find_evidence(image, looks_at(weights), 3, 8)
    for of, place, rows, columns in (
        (evidence.saliency, evidence.saliency.argmax(), (13, 15), (4, 7)),
        (evidence.saliency, evidence.saliency.argmin(), (13, 15), (20, 24)),
        (evidence.counter_evidence, evidence.counter_evidence.argmax(), (17, 20), (12, 15)),
    ):
        row, column = np.unravel_index(place, of.shape)
        assert rows[0] <= row < rows[1]
        assert columns[0] <= column < columns[1]
    assert evidence.saliency.max() == 1
    assert evidence.saliency.min() < -0.3
    assert (evidence.counter_evidence[13:15, 4:11] < -0.1).all()  # the three's ink must go as well
    assert evidence.counter_evidence[:11] == pytest.approx(0, abs=1e-3)


def test_where_a_network_looks_at_nothing_there_is_no_evidence():
    evidence = find_evidence(next(drawings()), looks_at(np.zeros((28, 28, 10))), 0, 1)
    assert not evidence.saliency.any()
    assert not evidence.counter_evidence.any()


def test_a_blank_image_has_no_evidence(score):
    evidence = find_evidence(np.zeros((28, 28), np.uint8), score, 3, 5)
    for values in (evidence.saliency, evidence.counter_evidence):
        assert values.shape == (28, 28)
        assert not values.any()


WEIGHTS = np.random.default_rng(5).normal(0, 0.3, (28, 28, 10))
images = hnp.arrays(np.uint8, (28, 28), elements=st.sampled_from([0, 0, 0, 0, 1, 90, 255]))
digits = st.permutations(range(10)).map(lambda order: order[:2])


@settings(max_examples=50)
@given(images, digits)
def test_maps_lie_in_their_range_and_speak_of_ink_where_it_is(image, asked):
    calls = []

    def score(seen):
        calls.append(seen)
        return looks_at(WEIGHTS)(seen)

    before = image.copy()
    evidence = find_evidence(image, score, *asked)
    np.testing.assert_array_equal(image, before)
    (seen,) = calls
    assert len(seen) <= 1 + HIDDEN + DRAWN
    assert (seen >= 0).all()
    assert (seen <= FULL_INK).all()
    for values in (evidence.saliency, evidence.counter_evidence):
        assert values.shape == (28, 28)
        assert not values.any() or np.abs(values).max() == pytest.approx(1)
    assert not evidence.saliency[image == 0].any()
    assert (evidence.counter_evidence[image == 0] >= 0).all()
    assert (evidence.counter_evidence[image == FULL_INK] <= 0).all()


@settings(max_examples=50)
@given(
    hnp.arrays(np.uint8, (8, 8), elements=st.sampled_from([0, 0, 120, 255])),
    st.integers(-2, 2),
    st.integers(-2, 2),
    digits,
)
def test_where_all_moves_the_maps_move_along(ink, down, right, asked):
    image = np.pad(ink, 10)
    moved = np.roll(image, (down, right), (0, 1))
    moved_weights = np.roll(WEIGHTS, (down, right), (0, 1))
    evidence = find_evidence(image, looks_at(WEIGHTS), *asked)
    of_moved = find_evidence(moved, looks_at(moved_weights), *asked)
    for name in ("saliency", "counter_evidence"):
        expected = np.roll(getattr(evidence, name), (down, right), (0, 1))
        inside = slice(2, -2)  # what was rolled over the edge has no counterpart
        np.testing.assert_allclose(
            getattr(of_moved, name)[inside, inside], expected[inside, inside], atol=1e-4
        )


@pytest.mark.parametrize("level", [1, 40, 255])
def test_faint_ink_and_full_ink_have_evidence_alike(level):
    faint = np.where(next(drawings()) > 0, level, 0)
    assert find_evidence(faint, looks_at(WEIGHTS), 0, 1).saliency.any()
