import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model_training.framing import frame, frame_all, is_framed

LEVELS = st.sampled_from([0, 0, 0, 0, 1, 127, 255])
IMAGES = arrays(np.uint8, (28, 28), elements=LEVELS, fill=st.just(0))
FRACTIONS = arrays(np.float64, (28, 28), elements=st.floats(0, 255), fill=st.just(0.0))


def each(images):
    return np.stack([frame(image) for image in images])


@settings(deadline=None, max_examples=150)
@given(st.lists(IMAGES, min_size=1, max_size=4))
def test_all_at_once_equals_one_by_one(images):
    np.testing.assert_array_equal(frame_all(np.stack(images)), each(images))


@settings(deadline=None, max_examples=100)
@given(FRACTIONS)
def test_fractions_are_framed_as_frame_does(image):
    np.testing.assert_array_equal(frame_all(image[None]), each([image]))


@settings(deadline=None, max_examples=150)
@given(IMAGES, st.integers(-4, 4), st.integers(-4, 4))
def test_an_image_is_told_framed_if_and_only_if_frame_leaves_it(image, down, right):
    framed = frame(image)
    moved = np.roll(framed, (down, right), (0, 1))
    for candidate in (image, framed, moved):
        assert is_framed(candidate[None])[0] == np.array_equal(frame(candidate), candidate)


def test_mnist_is_told_framed_as_frame_leaves_it(mnist):
    images = mnist[0].images[:2000]
    np.testing.assert_array_equal(is_framed(images), (each(images) == images).all(axis=(1, 2)))
    np.testing.assert_array_equal(frame_all(images), each(images))


def test_the_images_that_are_given_are_left_alone():
    images = np.zeros((2, 28, 28))
    images[1, 3:9, 4:5] = 200.0
    before = images.copy()
    frame_all(images)
    np.testing.assert_array_equal(images, before)
