"""Printed lines are removed from paper, ruled or squared, and strokes that they cross are repaired."""

import cv2
import numpy as np

THICKEST = 0.02  # of the longer side; what is thicker was drawn by hand
PIECE = 0.06  # of the longer side; shorter pieces are not told from strokes
GAP = 0.04  # of the longer side, where a stroke crosses or a line fades
LONGEST_STROKE = 0.6  # of the side that it runs along; what is longer is a line
LONGEST_TO_EDGE = 0.3  # of the side, of what runs to the picture's edge


def remove_lines(contrast: np.ndarray, floor: float, ink: float) -> np.ndarray:
    """Return `contrast`, (height, width) float32, without long thin level or upright lines.

    What is above `floor` may belong to a line; a stroke of about `ink` keeps what lies over a line.
    """
    dark = (contrast > floor).astype(np.uint8)
    cleaned = _remove_level(contrast, dark, ink)
    return _remove_level(cleaned.T, np.ascontiguousarray(dark.T), ink).T


def _remove_level(contrast: np.ndarray, dark: np.ndarray, ink: float) -> np.ndarray:
    height, width = dark.shape
    longer = max(height, width)
    thick = max(3, round(THICKEST * longer))
    thin = dark - cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((thick + 1, 1), np.uint8))
    # A line that isn't quite level is as good as one that is, if it is a little thicker.
    thin = cv2.dilate(thin, np.ones((3, 1), np.uint8))
    pieces = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, max(9, round(PIECE * longer))), np.uint8))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((3, max(3, round(GAP * longer))), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    left, length = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_WIDTH]
    margin = 0.02 * width
    to_edge = (left <= margin) | (left + length >= width - margin)
    is_line = (length > LONGEST_STROKE * width) | (to_edge & (length > LONGEST_TO_EDGE * width))
    is_line[0] = False
    if not is_line.any():
        return contrast
    line = cv2.dilate((is_line[labels] & (pieces > 0)).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    level = float(np.median(contrast[line & (dark > 0)]))
    stroke = contrast > max((level + ink) / 2, 1.3 * level)
    removed = line & ~stroke
    kept = ((dark > 0) & ~removed).astype(np.uint8)
    bridged = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((2 * thick + 3, 1), np.uint8))
    return np.where(removed & ((bridged == 0) | (dark == 0)), 0, contrast).astype(np.float32)
