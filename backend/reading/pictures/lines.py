"""Printed lines are removed from paper, ruled or squared, and strokes that they cross are repaired."""

import cv2
import numpy as np

# How each was first chosen isn't recorded; all were found on other writers and seeds than the evaluation's
# table has. Bars of digits are no lines to them (`test_steps.py`).
THICKEST = 0.03  # of the longer side; what is thicker was drawn by hand
PIECE = 0.06  # of the longer side; shorter pieces are not told from strokes
LARGE = 600  # px, of the longer side
GAP = 0.04  # of the longer side, where a stroke crosses or a line fades
LONGEST_STROKE = 0.6  # of the side that it runs along; of two that are longer both are lines
# The edges that sloping lines left were 1 to 2 px wide in "strong ruled lines", and read as strokes.
EDGE = 3  # px, beside a line as it was found, where its soft edge may be
LONGEST_TO_EDGE = 0.15  # of the side, of a stroke that runs to the picture's edge


def remove_lines(contrast: np.ndarray, floor: float, ink: float) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without long thin level or upright lines.

    What is above `floor` may belong to a line; a stroke of about `ink` keeps what lies over a line.
    """
    level = _remove_level(contrast, (contrast > floor).astype(np.uint8), ink)
    upright = _remove_level(level.T, np.ascontiguousarray((contrast > floor).T, np.uint8), ink)
    return upright.T


def _remove_level(contrast: np.ndarray, dark: np.ndarray, ink: float) -> np.ndarray:
    coarse, length = _find_level(halve(dark))
    if length == 0:
        return contrast
    line = cv2.resize(coarse, dark.shape[::-1], interpolation=cv2.INTER_NEAREST) & dark
    thickness = round(int(line.sum()) / length * len(dark) / len(coarse))
    return erase(contrast, dark, line, thickness, ink)


def erase(contrast: np.ndarray, dark: np.ndarray, line: np.ndarray, thickness: int, ink: float) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without `line`, and the strokes that cross it whole.

    `dark` and `line`, (height, width) of 0 and 1, are where something is, and where of it level lines
    are, `thickness` px thick; a stroke of about `ink` keeps what lies over a line.
    """
    printed = contrast[line > 0]
    if printed.size == 0:
        return contrast
    level = float(np.median(printed))
    # Strokes are darker than the line, or thicker, or go on at both its sides.
    thicker = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((2 * thickness + 2, 1), np.uint8))
    stroke = (contrast > max((level + ink) / 2, 1.3 * level)) | (thicker > 0)
    removed = (line > 0) & ~stroke
    across = np.ones((2 * thickness + 3, 1), np.uint8)
    bridged = cv2.morphologyEx(dark * ~removed, cv2.MORPH_CLOSE, across)
    gone = removed & (bridged == 0)
    # What is left close to the line, and not half as high as it was thick, is its soft edge.
    rest = np.where(gone, np.uint8(0), dark)
    stands = cv2.morphologyEx(rest, cv2.MORPH_OPEN, np.ones((max(3, (thickness // 2) | 1), 1), np.uint8))
    close = cv2.dilate(line, np.ones((2 * EDGE + 1, 1), np.uint8))
    edge = (close > 0) & (rest > 0) & (stands == 0)
    return np.where(gone | edge, np.float32(0), contrast)


def _find_level(dark: np.ndarray) -> tuple[np.ndarray, int]:
    """Where `dark`, (height, width) of 0 and 1, shows level lines, also of 0 and 1, and how long they are."""
    height, width = dark.shape
    longer = max(height, width)
    thick = max(3, round(THICKEST * longer))
    thin = dark - cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    # A line that isn't quite level is as good as one that is, if it is a little thicker.
    thin = cv2.dilate(thin, np.ones((3, 1), np.uint8))
    pieces = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, max(9, round(PIECE * longer))), np.uint8))
    if not cv2.countNonZero(pieces):
        return pieces, 0
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((3, max(3, round(GAP * longer))), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    left, length = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    length[0] = 0
    margin = 0.02 * width
    to_edge = (left <= margin) | (left + length >= width - margin)
    long = length > LONGEST_STROKE * width
    is_line = (to_edge & (length > LONGEST_TO_EDGE * width)) | (long & (np.count_nonzero(long) > 1))
    if not is_line.any():
        return np.zeros_like(dark), 0
    line = cv2.bitwise_and(is_line.astype(np.uint8)[labels], pieces)
    # What lies between strokes goes on beyond them.
    beyond = cv2.dilate(line, np.ones((3, round(LONGEST_STROKE * width)), np.uint8))
    line = cv2.bitwise_or(line, cv2.bitwise_and(beyond, pieces))
    return cv2.dilate(line, np.ones((3, 3), np.uint8)), int(length[is_line].sum())


def halve(mask: np.ndarray) -> np.ndarray:
    """Return a large `mask` of 0 and 1 at half its size, where lines and frames are found as well."""
    if max(mask.shape) < LARGE:
        return mask
    return cv2.dilate(mask, np.ones((2, 2), np.uint8), anchor=(0, 0))[::2, ::2].copy()
