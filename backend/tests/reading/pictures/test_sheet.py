"""The sheet is told from what lies around it, and nothing is cut off where nothing does."""

import cv2
import numpy as np
import pytest

from backend.evaluation import surroundings
from backend.reading.pictures.cleaning import clean
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.digit import choose_digit
from backend.reading.pictures.sheet import only_sheet
from backend.tests.pictures import grey_of, picture


def page(digit: int = 7, side: int = 320, paper: int = 225) -> np.ndarray:
    """A page with a digit in its middle, (side, side, 3) uint8."""
    grey = np.full((side, side), paper, np.uint8)
    at = side // 4
    grey[at : at + side // 2, at : at + side // 2] = grey_of(digit, side // 2, 10, paper, 35)
    return np.repeat(grey[..., None], 3, axis=2)


def bordered(colours: np.ndarray, rows: int, columns: int, level: int) -> np.ndarray:
    around = rows, rows, columns, columns
    return cv2.copyMakeBorder(colours, *around, cv2.BORDER_CONSTANT, value=(level,) * 3)


def ink_box(colours: np.ndarray) -> tuple[int, int]:
    """Height and width, in px, of the ink of the digit that is found."""
    ink = choose_digit(clean(decode(picture(colours, "JPEG", quality=92), 10**9)))
    rows, columns = (np.flatnonzero((ink.chosen > 100).any(axis=axis)) for axis in (1, 0))
    return (int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1) if len(rows) else (0, 0)


@pytest.mark.parametrize(
    "surface",
    [
        surroundings.dark_desk,
        surroundings.light_desk,
        surroundings.wooden_desk,
        surroundings.patterned_cloth,
    ],
)
@pytest.mark.parametrize("turn", [0, 18])
def test_a_sheet_on_a_desk_is_all_that_is_left(surface, turn):
    rng = np.random.default_rng(3)
    scene = surroundings.on_desk(surface, turn)(page().astype(np.float32), rng)
    scene = np.clip(scene, 0, 255).astype(np.uint8)
    _, sheet = only_sheet(scene)
    assert 0.1 < sheet.size / scene.size < 0.7
    corners = sheet[[0, 0, -1, -1], [0, -1, 0, -1]].mean(axis=1)
    assert np.all(np.abs(corners - 225) < 12), "paper lies where the desk was"
    height, width = ink_box(scene)
    assert 0.25 * sheet.shape[0] < height < 0.8 * sheet.shape[0]
    assert width < 0.6 * sheet.shape[1]


@pytest.mark.parametrize("surface", [surroundings.dark_desk, surroundings.wooden_desk])
@pytest.mark.parametrize("at", [0.3, 0.5, 0.62])
def test_a_folded_sheet_is_found_as_a_whole(surface, at):
    folded = page().astype(np.float32)
    crease = round(at * len(folded))
    folded[:, crease:] *= 0.84
    folded[:, crease - 1 : crease + 2] *= 0.9
    scene = surroundings.on_desk(surface, 4)(folded, np.random.default_rng(5))
    height, width = ink_box(np.clip(scene, 0, 255).astype(np.uint8))
    whole_height, whole_width = ink_box(page())
    assert 0.7 < (height / width) / (whole_height / whole_width) < 1.4, "no half of the digit"
    assert height < 0.6 * len(scene)


@pytest.mark.parametrize("seed", [0, 3])
def test_a_sheet_folded_both_ways_is_told_from_wood(seed):
    folded = page().astype(np.float32)
    folded[:, 110:] *= 0.86
    folded[190:] *= 0.86
    scene = surroundings.on_desk(surroundings.wooden_desk, 4)(folded, np.random.default_rng(seed))
    height, width = ink_box(np.clip(scene, 0, 255).astype(np.uint8))
    whole_height, whole_width = ink_box(page())
    assert 0.7 < (height / width) / (whole_height / whole_width) < 1.4
    assert height < 0.6 * len(scene)


@pytest.mark.parametrize("level", [15, 60, 255])
@pytest.mark.parametrize("bars", ["left and right", "above and below", "all round"])
def test_bars_and_frames_are_cut_off(level, bars):
    wide = {"left and right": (0, 110), "above and below": (110, 0), "all round": (90, 90)}[bars]
    scene = bordered(page(), *wide, level)
    assert np.abs(np.subtract(only_sheet(scene)[1].shape[:2], 320)).max() <= 12
    assert ink_box(scene) == pytest.approx(ink_box(page()), abs=3)


@pytest.mark.parametrize("side", range(4))
def test_a_dark_strip_at_one_side_is_not_the_digit(side):
    strip = np.full((320, 160, 3), 25, np.uint8)
    scene = np.ascontiguousarray(np.rot90(np.hstack([np.rot90(page(), -side), strip]), side))
    assert ink_box(scene) == pytest.approx(ink_box(page()), abs=3)


def test_a_sheet_within_a_photograph_within_bars_is_found():
    desk = surroundings.on_desk(surroundings.dark_desk)(page().astype(np.float32), np.random.default_rng(5))
    scene = bordered(np.clip(desk, 0, 255).astype(np.uint8), 80, 0, 255)
    assert np.all(only_sheet(scene)[1][[0, -1], [0, -1]] > 205)


@pytest.mark.parametrize("digit", range(8))
@pytest.mark.parametrize("pen", [8, 24, 50])
def test_a_picture_of_nothing_but_a_sheet_stays_whole(digit, pen):
    grey = np.pad(grey_of(digit, 300, pen, 230, 40), 10, constant_values=230)
    colours = np.repeat(grey[..., None], 3, axis=2)
    assert only_sheet(colours)[1] is colours


def test_a_shadow_across_the_digit_is_no_edge_of_the_sheet():
    colours = page()
    colours[:, 150:] = (colours[:, 150:] * 0.6).astype(np.uint8)
    assert only_sheet(colours)[1] is colours


def test_a_soft_shadow_is_no_edge_of_the_sheet():
    colours = page()
    x = np.arange(320)
    light = 1 - 0.4 / (1 + np.exp((x - 40) / 6))
    colours = (colours * light[:, None]).astype(np.uint8)
    assert only_sheet(colours)[1] is colours


@pytest.mark.parametrize("size", [(1, 1), (28, 28), (3, 900), (900, 3), (41, 41)])
def test_any_size_of_picture_is_looked_at(size):
    colours = np.random.default_rng(1).integers(0, 255, (*size, 3)).astype(np.uint8)
    assert only_sheet(colours)[1].shape[2] == 3


def test_of_cells_side_by_side_none_is_the_sheet():
    cell = np.asarray(page())
    cell[:4] = cell[-4:] = cell[:, :4] = cell[:, -4:] = 40
    colours = np.hstack([cell, cell, cell])
    assert only_sheet(colours)[1] is colours


def test_the_sheet_is_told_where_it_lies():
    scene = bordered(page(), 90, 60, 20)
    shown, _ = only_sheet(scene)
    assert np.shares_memory(shown, scene)
    assert (
        np.abs(
            np.array(
                np.unravel_index(
                    shown.__array_interface__["data"][0] - scene.__array_interface__["data"][0], scene.shape
                )
            )[:2]
            - (90, 60)
        ).max()
        <= 8
    )
