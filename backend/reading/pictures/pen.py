"""The pen's width is evened: thin and thick strokes become as wide as the model knows them."""

import cv2
import numpy as np

from backend.reading.pictures.cleaning import to_levels
from model_training.framing import BOX, crop_to_ink

PEN_WIDTHS = (2.0, 3.2)  # px at the normalised size; what the model reads best
PEN_SIDE = 100  # px, the size at which the pen's width is changed


def even_pen(ink: np.ndarray) -> np.ndarray:
    """Return `ink`, 2-D uint8, cropped, its strokes as wide as the model knows them where they are not."""
    cropped = crop_to_ink(ink)
    scale = PEN_SIDE / max(cropped.shape)
    size = [max(1, round(side * scale)) for side in cropped.shape[::-1]]
    resized = cv2.resize(cropped, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    solid = (np.pad(resized, PEN_SIDE // BOX * 2) > 127).astype(np.uint8)
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
