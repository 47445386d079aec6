"""Each step from picture to ink does its part: paper, surroundings, lines, parts, pen."""

import cv2
import numpy as np
import pytest
from scipy import ndimage

from backend.reading.pictures.cleaning import FAINTEST, Look, clean, local_ink, pen_width
from backend.reading.pictures.decoding import Picture
from backend.reading.pictures.digit import is_written
from backend.reading.pictures.lines import remove_lines
from backend.reading.pictures.paper import has_dark_ink, remove_paper
from backend.reading.pictures.parts import choose_parts, find_parts
from backend.reading.pictures.pen import PEN_WIDTHS, even_pen
from backend.reading.pictures.surroundings import inset, remove_frames, remove_surroundings
from backend.tests.pictures import grey_of
from model_training.framing import BOX, crop_to_ink

HEIGHT, WIDTH = 300, 400


def colours_of(grey):
    return np.dstack([grey] * 3).astype(np.uint8)


def page(digit=2, ink=0.8):
    """Contrast of a digit in the middle of a page: (300, 400) float32."""
    contrast = np.zeros((HEIGHT, WIDTH), np.float32)
    drawn = 1 - grey_of(digit, 160, 12).astype(np.float32) / 255
    contrast[70:230, 120:280] = ink * drawn
    return contrast


DIGIT = page()
MASK = DIGIT > 0.3


@pytest.mark.parametrize(("paper", "ink"), [(230, 30), (120, 20), (30, 220), (90, 250)])
def test_contrast_is_the_share_of_light_that_ink_takes(paper, ink):
    contrast = remove_paper(colours_of(grey_of(2, paper=paper, ink=ink)))
    share = abs(paper - ink) / (paper if ink < paper else 255 - paper)
    assert np.abs(contrast.max() - share) < 0.02
    assert np.median(np.abs(contrast)) < 0.01


def test_light_and_the_edge_of_a_shadow_vanish_with_the_paper():
    light = np.linspace(0.6, 1, WIDTH)[None] * np.where(np.arange(HEIGHT) < 180, 1, 0.6)[:, None]
    lit = 235 * light * (1 - DIGIT)
    contrast = remove_paper(colours_of(lit))
    assert np.abs(contrast[DIGIT > 0.79] - 0.8).max() < 0.15
    assert contrast[DIGIT == 0].max() < 0.1


def test_the_channel_that_shows_the_ink_counts_most():
    yellow = np.dstack([np.full((HEIGHT, WIDTH), 250.0)] * 2 + [250 * (1 - DIGIT)]).astype(np.uint8)
    assert remove_paper(yellow).max() > 0.7


@pytest.mark.parametrize("margin", [0, 3, 40, 300])
@pytest.mark.parametrize("digit", [0, 2, 3, 5, 6])
def test_ink_is_told_from_paper_with_any_margin(margin, digit):
    ink = 255 - np.pad(crop_to_ink(255 - grey_of(digit, 200, 24)), margin)
    assert has_dark_ink(colours_of(ink))
    assert not has_dark_ink(colours_of(255 - ink))


@pytest.mark.parametrize("corner", [np.s_[:40, :], np.s_[:, -50:], np.s_[-30:, :100]])
def test_a_desk_is_removed_and_the_digit_is_not(corner):
    contrast = DIGIT.copy()
    contrast[corner] = 0.7
    left = remove_surroundings(contrast, 0.3)
    assert left[corner].max() == 0
    np.testing.assert_array_equal(left[MASK], DIGIT[MASK])


def test_a_digit_that_is_cut_off_is_no_desk():
    contrast = crop_to_ink(DIGIT)
    np.testing.assert_array_equal(remove_surroundings(contrast, 0.3), contrast)


@pytest.mark.parametrize("turn", [0, 3])
def test_a_box_around_the_digit_is_removed(turn):
    box = np.zeros_like(DIGIT)
    corners = cv2.boxPoints(((200, 150), (200, 210), turn))
    cv2.polylines(box, [np.round(corners).astype(int)], True, 0.9, 2)
    np.testing.assert_array_equal(remove_frames(np.maximum(DIGIT, box), 0.3)[MASK], DIGIT[MASK])
    assert remove_frames(np.maximum(DIGIT, box), 0.3)[~MASK].max() < 0.3


def test_a_zero_around_a_speck_is_no_box():
    zero = page(0)
    zero[145:155, 195:205] = 0.8
    np.testing.assert_array_equal(remove_frames(zero, 0.3), zero)


@pytest.mark.parametrize("slope", [0, 0.04])
@pytest.mark.parametrize("upright", [False, True])
@pytest.mark.parametrize("strength", [0.3, 0.8])
def test_printed_lines_are_removed_and_strokes_stay_whole(slope, upright, strength):
    lines = np.zeros_like(DIGIT)
    for at in range(-20, 420, 45):
        ends = [(-10, at - 10 * slope), (WIDTH + 10, at + (WIDTH + 10) * slope)]
        ends = [tuple(np.round(end).astype(int).tolist()) for end in ends]
        cv2.line(lines, *[end[::-1] if upright else end for end in ends], strength, 2)
    left = remove_lines(np.maximum(DIGIT, lines), 0.1, 0.8)
    assert (left[MASK] > 0.24).mean() > 0.97
    beside = cv2.dilate(MASK.astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert (left[beside] > 0.1).mean() < 0.002
    assert ndimage.label(left > 0.24, np.ones((3, 3)))[1] == 1


def test_bars_of_digits_are_no_lines():
    for digit in (1, 2, 4, 7):
        np.testing.assert_array_equal(remove_lines(page(digit), 0.1, 0.8), page(digit))


def test_parts_that_belong_together_are_joined_and_others_left():
    contrast = page(5)
    contrast[:, 185:195] = 0  # the pen left a gap
    five = contrast > 0.3
    contrast[20:40, 20:60] = 0.8  # far away
    contrast[200, 300] = 0.8  # a speck
    contrast[:, :3] = 0.9  # runs out of the picture
    assert ndimage.label(five)[1] > 1
    np.testing.assert_array_equal(choose_parts(find_parts(contrast, 0.3, 0.5)), five)


def test_of_two_digits_the_one_in_the_middle_is_read():
    contrast = np.zeros_like(DIGIT)
    contrast[:, :-110] += DIGIT[:, 110:]
    contrast[:, 60:] += page(7)[:, :-60]
    chosen = choose_parts(find_parts(contrast, 0.3, 0.5))
    np.testing.assert_array_equal(chosen[:, 195:], page(7)[:, 135:-60] > 0.3)


def test_a_digit_that_touches_the_edge_is_read_where_there_is_nothing_else():
    contrast = crop_to_ink(DIGIT)
    np.testing.assert_array_equal(choose_parts(find_parts(contrast, 0.3, 0.5)), contrast > 0.3)


def test_a_shade_a_speck_and_a_full_sheet_are_no_writing():
    assert is_written(DIGIT, MASK, FAINTEST)
    shade = cv2.GaussianBlur(DIGIT, (0, 0), 30)
    assert not is_written(shade, shade > 0.9 * shade.max(), FAINTEST)
    speck = np.zeros_like(MASK)
    speck[100:105, 100:105] = True
    assert not is_written(speck.astype(np.float32), speck, FAINTEST)
    full = np.ones_like(MASK)
    assert not is_written(full.astype(np.float32), full, FAINTEST)


@pytest.mark.parametrize("pen", [3, 6, 20, 70, 90])
def test_a_pen_of_any_width_comes_near_the_models(pen):
    solid = np.pad(even_pen(255 - grey_of(2, 400, pen)) > 127, 2)
    inside = cv2.distanceTransform(solid.astype(np.uint8), cv2.DIST_L2, 5)
    ridge = inside[(inside > 0) & (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))]
    width = 2 * np.median(ridge) * BOX / max(crop_to_ink(solid).shape)
    assert PEN_WIDTHS[0] - 0.5 < width < PEN_WIDTHS[1] + 0.5


def test_a_pen_that_the_model_knows_is_left_alone():
    ink = 255 - grey_of(2, 400, 45)
    np.testing.assert_array_equal(even_pen(ink), crop_to_ink(ink))


def test_a_picture_inside_a_picture_is_found():
    inside = grey_of(2, 150, paper=0, ink=255)
    figure = np.full((HEIGHT, WIDTH), 255, np.uint8)
    figure[60:210, 100:250] = inside
    figure[230:240, 100:250:20] = 0  # an axis's labels
    np.testing.assert_array_equal(inset(colours_of(figure)), colours_of(inside))


def test_a_digit_is_no_picture_inside_a_picture():
    for digit in (0, 1, 2, 7):
        colours = colours_of(grey_of(digit, 200, 30))
        assert inset(colours).shape == colours.shape


def test_broad_shadows_are_paper_where_a_picture_is_taken_as_shaded():
    lit = 225.0 * (1 - page())
    lit[:, 30:70] *= 0.6
    lit[240:280] *= 0.6
    photograph = cv2.GaussianBlur(lit, (0, 0), 2)
    shaded = clean(Picture(colours_of(photograph), lossy=True), Look(shadow=0.08)).paper_removed
    assert shaded[150, 50] < 0.1
    assert shaded.max() > 0.5


def test_ink_that_fills_the_picture_costs_no_more_than_a_stroke():
    everywhere = np.full((800, 800), 0.5, np.float32)
    assert (local_ink(everywhere, pen_width(everywhere > 0), 0.5) == 0.5).all()
