"""Lines of digits to train on say truly what stands on them, and where."""

from itertools import groupby

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model_training.datasets import Drawing, Images
from model_training.string_data import (
    LINE_HEIGHT,
    MOST_CHARACTERS,
    NO_DIGIT,
    PLACE,
    STEP,
    StringWriter,
    write_strings,
)
from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs
from model_training.strokes import frame_strokes


def drawings() -> list[Drawing]:
    """Two people's digits, of whom one wrote too few to be a writer of strings."""
    found = []
    for name, strokes in glyphs(DIGIT_GLYPHS).items():
        found.append(Drawing(strokes, name[0], writer=1))
        if name[0] in "012":
            found.append(Drawing(strokes, name[0], writer=2))
    return found


def scanned() -> Images:
    written = [drawing for drawing in drawings() if drawing.writer == 1]
    images = np.array([frame_strokes(list(drawing.strokes)) for drawing in written])
    return Images(images, np.array([int(drawing.label) for drawing in written], np.uint8))


def writer(seed: int) -> StringWriter:
    return StringWriter(scanned(), drawings(), [], seed)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_a_line_shows_its_digits_in_order(seed):
    line, labels, middles = writer(seed).write()
    assert line.shape[0] == LINE_HEIGHT
    assert line.shape[1] % STEP == 0
    assert line.dtype == np.uint8
    assert 1 <= len(labels) == len(middles) <= MOST_CHARACTERS
    assert set(labels) <= set(range(10))
    assert np.all(np.diff(middles) > 0)
    assert middles[0] >= 0
    assert middles[-1] < line.shape[1]
    assert line.max() > 128  # there is ink


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_paper_beside_the_writing_is_bare(seed):
    line, _, _ = writer(seed).write()
    assert np.mean(line < 64) > 0.4


def changes_of(labels: np.ndarray) -> list[int]:
    return [label for label, _ in groupby(labels[labels < NO_DIGIT].tolist())]


def test_lines_of_one_width_are_together_and_say_where_each_digit_is():
    for strings in write_strings(writer(3), 60):
        count, _, width = strings.lines.shape
        assert strings.labels.shape == (count, MOST_CHARACTERS)
        assert strings.places.shape == (count, width // PLACE)
        for labels, places in zip(strings.labels, strings.places, strict=True):
            # A digit's middle is a few places wide, so equal neighbours may become one.
            assert changes_of(places) == changes_of(labels)


def test_the_same_seed_writes_the_same():
    one, other = (list(write_strings(writer(5), 8)) for _ in range(2))
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a.lines, b.lines)


def test_on_lines_of_letters_nothing_is_to_be_read():
    letters = [Drawing(drawing.strokes, "AEFHKMNRTX"[int(drawing.label)], writer=1) for drawing in drawings()]
    for of_width in write_strings(StringWriter(None, letters, [], 3), 8):
        assert of_width.lines.max(axis=(1, 2)).min() > 0
        assert (of_width.labels == NO_DIGIT).all()
        assert (of_width.places == NO_DIGIT).all()
