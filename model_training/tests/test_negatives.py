import unicodedata

import numpy as np
import pytest

from model_training import refusal
from model_training.alphabets import LETTERS
from model_training.datasets import Drawing, Images
from model_training.framing import frame
from model_training.negatives import APART, HELD_OUT, OTHER_SCRIPTS, TRAINED, render_negatives
from model_training.stroke_alphabet import (
    DOODLES,
    LETTERS_AND_SYMBOLS,
    LIKE_LETTERS,
    LOOK_ALIKES,
    OTHER_DOODLES,
    SYMBOLS,
    glyphs,
)
from model_training.stroke_alphabet import LETTERS as LETTER_GLYPHS
from model_training.strokes import frame_strokes

DIGITS = [Drawing((np.array([[0.2, 0.2], [0.7, 0.18], [0.6, 0.4], [0.5, 0.6], [0.4, 0.85]]),), "7", 1)]
ZERO = [np.array([[np.cos(a), 1.5 * np.sin(a)] for a in np.linspace(0, 2 * np.pi, 20)])]
MNIST_LIKE = Images(np.stack([frame_strokes(ZERO)] * 3), np.zeros(3, np.uint8))


LETTER = [
    Drawing((np.array([[0.2, 0.9], [0.5, 0.1], [0.8, 0.9]]), np.array([[0.3, 0.6], [0.7, 0.6]])), "A", 1)
]
NO_SCANS = Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))


@pytest.mark.parametrize("kind", [*TRAINED["digits"], *HELD_OUT, *APART["digits"]])
def test_every_kind_gives_framed_images_that_differ(kind):
    drawn = render_negatives(12, 1, DIGITS, MNIST_LIKE, {kind: 1.0})
    assert drawn.kinds.tolist() == [kind] * 12
    assert len(np.unique(drawn.images, axis=0)) >= 4
    for image in drawn.images:
        assert image.any()
        np.testing.assert_array_equal(frame(image), image)


@pytest.mark.parametrize("kind", [*TRAINED["letters"], *HELD_OUT])
def test_every_kind_that_is_no_letter_is_drawn_without_scanned_letters(kind):
    drawn = render_negatives(12, 1, LETTER, NO_SCANS, {kind: 1.0}, alphabet=LETTERS)
    assert len(np.unique(drawn.images, axis=0)) >= 4
    for image in drawn.images:
        assert image.any()
        np.testing.assert_array_equal(frame(image), image)


def test_to_letters_scanned_digits_are_negatives_as_they_are():
    real = {"scanned digits": MNIST_LIKE.images}
    drawn = render_negatives(60, 1, LETTER, NO_SCANS, real=real, alphabet=LETTERS)
    for image in drawn.images[drawn.kinds == "scanned digits"]:
        np.testing.assert_array_equal(image, MNIST_LIKE.images[0])
    assert {"scanned digits", "scribbles"} < set(drawn.kinds)


def test_no_letter_of_our_own_alphabet_is_a_negative_to_letters():
    assert not set(glyphs(SYMBOLS)) & set(glyphs(LETTER_GLYPHS))
    assert set(glyphs(SYMBOLS)) > LIKE_LETTERS


def test_the_same_seed_draws_the_same_negatives():
    first, again, other = (render_negatives(30, seed, DIGITS, MNIST_LIKE).images for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_what_is_measured_apart_is_never_trained_on():
    for alphabet in ("digits", "letters"):
        assert not set(TRAINED[alphabet]) & {*HELD_OUT, *APART[alphabet]}
    names = [set(glyphs(alphabet)) for alphabet in (LETTERS_AND_SYMBOLS, DOODLES, LOOK_ALIKES, OTHER_DOODLES)]
    assert len(set.union(*names)) == sum(map(len, names))
    trained = {name.rstrip("0123456789").lower() for name in names[0] | names[1]}
    scripts = {character: unicodedata.name(character).split() for character in OTHER_SCRIPTS}
    assert not [c for c, words in scripts.items() if words[0] == "GREEK" or words[-1].lower() in trained]


@pytest.mark.parametrize("alphabet", [LETTERS_AND_SYMBOLS, DOODLES, LOOK_ALIKES, OTHER_DOODLES])
def test_glyphs_stay_near_their_grid(alphabet):
    for name, strokes in glyphs(alphabet).items():
        points = np.concatenate(strokes)
        assert points.min() > -0.5, name
        assert points.max() < 1.5, name


def test_a_stroke_goes_through_the_points_it_is_written_with():
    written = glyphs("straight 1,0 1,9 7,9\nsmooth ~1,0 1,9 7,9")
    for stroke in (*written["straight"], *written["smooth"]):
        for x, y in ((1, 0), (1, 9), (7, 9)):
            assert np.hypot(*(stroke - (x / 9, y / 9)).T).min() < 0.03


def test_a_stroke_of_one_point_is_a_dot():
    (dot,) = glyphs("dot 4,4")["dot"]
    assert dot.shape == (1, 2)


def test_the_threshold_refuses_no_more_of_any_kind_than_is_allowed():
    rng = np.random.default_rng(0)
    kinds = {"mnist_validation": rng.uniform(0.2, 1, 1000), "scans": rng.uniform(0.1, 1, 3000)}
    threshold = refusal.choose_threshold(kinds)
    allowed = {
        "mnist_validation": refusal.MOST_REFUSED["mnist_validation"],
        "scans": refusal.MOST_REFUSED_OTHERS,
    }
    for kind, scores in kinds.items():
        assert (scores < threshold).mean() <= allowed[kind]
    assert any((scores < threshold + 0.01).mean() > allowed[kind] for kind, scores in kinds.items())


def test_real_drawings_are_mixed_in_where_there_are_any():
    real = {"real letters": DIGITS, "people's doodles": MNIST_LIKE.images, "foreign alphabet": DIGITS}
    drawn = render_negatives(400, 1, DIGITS, MNIST_LIKE, real=real)
    assert {"real letters", "people's doodles"} < set(drawn.kinds)
    assert "foreign alphabet" not in drawn.kinds  # it is only measured


def test_auroc_is_one_when_told_apart_and_a_half_when_not():
    high, low = np.linspace(0.6, 1, 50), np.linspace(0, 0.4, 50)
    assert refusal.auroc(high, low) == 1
    assert refusal.auroc(low, high) == 0
    assert refusal.auroc(high, high) == 0.5
