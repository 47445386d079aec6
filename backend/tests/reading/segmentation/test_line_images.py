"""A line's image is level, of one height and one pen, and knows where it came from."""

import numpy as np
import pytest

from backend.reading.pictures.parts import find_parts
from backend.reading.segmentation.line_images import HEIGHT, PEN_WIDTHS, line_image
from backend.reading.segmentation.pieces import find_units
from backend.reading.segmentation.text_lines import find_text_lines
from backend.tests.pictures import number


def made(grey):
    """The picture's one line as an image."""
    ink = 255 - grey
    parts = find_parts(ink.astype(np.float32) / 255, 0.3, 0.55)
    (line,) = find_text_lines(parts)
    chosen = np.isin(np.arange(len(parts.mass)), line.members)
    return line_image(ink, parts.labels, chosen, line)


@pytest.mark.parametrize("height", [16, 60, 240])
def test_characters_have_one_height_and_a_pen_that_the_model_knows(height):
    image = made(number("502", height=height, pen=height / 12))
    inked = np.flatnonzero((image.levels > 127).any(axis=1))
    assert np.ptp(inked) + 1 == pytest.approx(HEIGHT, abs=4)
    assert PEN_WIDTHS[0] <= image.pen * 20 / HEIGHT <= PEN_WIDTHS[1] + 0.01


def test_boxes_lead_back_to_where_the_ink_was():
    grey = number("502", height=90)
    image = made(grey)
    for unit in find_units(image):
        left, top, width, height = (
            image.box_in_picture(unit.left, unit.top, *unit.ink.shape[::-1]).round().astype(int)
        )
        inside = grey[top : top + height, left : left + width] < 128
        assert inside.any(axis=0).mean() > 0.8
        assert inside.any(axis=1).mean() > 0.8


def test_a_turned_line_is_made_level():
    grey = np.full((300, 520), 255, np.uint8)
    upright = number("5025025", gap=12)
    rows, columns = np.nonzero(upright < 128)
    grey[(rows + 20 + 0.17 * columns).astype(int), columns] = 0
    units = find_units(made(grey))
    assert len(units) == 7
    tops = [unit.top for unit in units]
    assert np.ptp(tops) < 0.25 * HEIGHT
