import numpy as np
import pytest

from model_training.datasets import Drawing
from model_training.packed_strokes import key_of
from model_training.strangers import VALIDATION_COLLECTIONS, VALIDATION_WRITERS, split_strangers, style_of

RING = np.array([[0.5 + 0.3 * np.sin(a), 0.5 - 0.45 * np.cos(a)] for a in np.linspace(0, 2 * np.pi, 40)])


def line(*points):
    return np.array(points, float)


STYLES = {
    "slashed zero": ("0", [RING, line((0.8, 0.05), (0.2, 0.95))]),
    "crossed seven": ("7", [line((0.2, 0.1), (0.8, 0.1), (0.4, 0.9)), line((0.3, 0.5), (0.7, 0.5))]),
    "flagged one": ("1", [line((0.3, 0.3), (0.5, 0.1), (0.5, 0.9))]),
    "one with a foot": ("1", [line((0.4, 0.2), (0.5, 0.1), (0.5, 0.9)), line((0.2, 0.9), (0.8, 0.9))]),
    "open four": ("4", [line((0.3, 0.1), (0.2, 0.5), (0.8, 0.5)), line((0.7, 0.1), (0.7, 0.9))]),
    "hooked nine": ("9", [line((0.7, 0.2), (0.3, 0.3), (0.7, 0.3), (0.7, 0.9), (0.4, 0.9), (0.3, 0.8))]),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_told_by_its_strokes(style):
    label, strokes = STYLES[style]
    assert style_of(Drawing(tuple(strokes), label)) == style


@pytest.mark.parametrize(
    ("label", "strokes"),
    [
        ("0", [RING]),
        ("1", [line((0.5, 0), (0.5, 1))]),
        ("7", [line((0, 0), (1, 0), (0.4, 1))]),
        ("3", [RING]),
    ],
)
def test_a_plain_digit_has_no_rare_style(label, strokes):
    assert style_of(Drawing(tuple(strokes), label)) is None


@pytest.mark.parametrize("label", list("0123456789"))
def test_a_dot_has_no_style_and_breaks_nothing(label):
    assert style_of(Drawing((line((0.5, 0.5)),), label)) in (None, "flagged one", "curled two")


def test_nobody_is_in_two_parts_of_the_split():
    everybody = [
        Drawing((RING,), "0", w, c) for w, c in [(1, 2), (VALIDATION_WRITERS[0], 2), (5, 9), (6, 21)]
    ]
    split = split_strangers(everybody)
    assert [d.writer for d in split.training] == [1, 6]
    assert [d.writer for d in split.writers] == [VALIDATION_WRITERS[0]]
    assert {d.collection for d in split.collections} <= set(VALIDATION_COLLECTIONS)
    assert split.validation == split.collections + split.writers


def test_a_drawing_is_known_again_wherever_it_stands_and_by_its_label():
    drawing = Drawing((RING,), "0", 1, 2)
    elsewhere = Drawing((RING * 3 + 7,), "0", 4, 5)
    assert key_of(drawing) == key_of(elsewhere)
    assert key_of(drawing) != key_of(Drawing((RING,), "8", 1, 2))
