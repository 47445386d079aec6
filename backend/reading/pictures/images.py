"""An uploaded picture becomes ink, stage by stage."""

import cv2
import numpy as np

from backend.reading.pictures.crops import paper_of_crop, with_margin
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.lines import remove_lines
from backend.reading.pictures.paper import remove_paper
from backend.reading.pictures.parts import choose_parts
from backend.reading.pictures.surroundings import inset, remove_frames, remove_surroundings
from model_training.framing import BOX, crop_to_ink

SMALLEST = 256  # px, the longer side to which smaller photographs are enlarged
FAINTEST = 0.12  # contrast with the paper; less is no writing
NOISE_FACTOR = 6  # what differs more from the paper than its own spread may be ink
FAINT_LINE = 0.12  # of the ink's contrast: what a printed line has at least
WEAK, STRONG = 0.3, 0.55  # of the ink's contrast: what a stroke has at least, and somewhere
LEAST_SIZE = 0.03  # of the picture's longer side; what is smaller is a speck
MOST_INK = 0.6  # of the picture
RING = (9, 17)  # px, within which paper shows around a stroke
MOST_AROUND = 0.5  # of the ink's contrast, that remains there; more is a shade and not a stroke
PEN_WIDTHS = (2.0, 3.2)  # px at the normalised size; what the model reads best
PEN_SIDE = 100  # px, the size at which the pen's width is changed
EDGE = (0.25, 0.75)  # of the ink's contrast, between which a stroke's edge lies

CLEAN_SPREAD = 2  # levels, how even the border of a picture is that no camera took
SMALL = 40  # px; a clean picture of this size was made for a model
FULL_CONTRAST = 200 / 255  # stronger ink is left as it is


def picture_to_ink(content: bytes, most_pixels: int) -> np.ndarray:
    """Return the last of `picture_to_stages`: the ink, (height, width) uint8, 0 for paper to 255."""
    return list(picture_to_stages(content, most_pixels).values())[-1]


def picture_to_stages(content: bytes, most_pixels: int) -> dict[str, np.ndarray]:
    """Return how the picture file `content` becomes ink: stages by name, in order, each 2-D uint8.

    "grey" is the picture upright, "paper removed" its contrast with the paper, "ink" the digit, and
    "pen evened" the digit with strokes of the width that the model knows. The last stage is what is to
    be framed; where nothing is written it is empty.

    Raises Problem: 413 over `most_pixels`, before decoding; 422 if it can't be decoded.
    """
    colours, lossy = decode(content, most_pixels)
    stages = {"grey": cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)}
    colours = inset(colours)
    clean = None if lossy or np.ptp(colours, axis=2).any() else clean_contrast(colours[..., 0])
    contrast = photograph_contrast(colours) if clean is None else clean
    stages["paper removed"] = _to_levels(contrast)
    stages["ink"] = (photographed_ink if clean is None else clean_ink)(contrast)
    if max(contrast.shape) > SMALL and stages["ink"].any():
        stages["pen evened"] = even_pen(stages["ink"])
    return stages


def clean_contrast(grey: np.ndarray) -> np.ndarray | None:
    """Return the contrast, float32, of `grey`, uint8, with its paper if the border is even: else None."""
    border = _border(grey)
    paper = float(np.median(border))
    spread = np.percentile(np.abs(border - paper), 95)
    if spread > CLEAN_SPREAD:
        return None
    difference = (grey - np.float32(paper)) / 255
    if difference.sum() < 0:
        difference = -difference
    return np.where(difference > spread / 255, difference, 0)


def clean_ink(contrast: np.ndarray) -> np.ndarray:
    """Return the ink, uint8, in `contrast`, (height, width) float32, of a picture that no camera took.

    Its levels are kept: an image made for the model comes through unchanged.
    """
    ink = float(contrast.max())
    if ink < FAINTEST:
        return np.zeros(contrast.shape, np.uint8)
    if max(contrast.shape) > SMALL:
        contrast, digit = find_digit(contrast, FAINTEST / 2)
        contrast = np.where(_around(digit), contrast, 0)
    return _to_levels(contrast if ink > FULL_CONTRAST else contrast / ink)


def photograph_contrast(colours: np.ndarray) -> np.ndarray:
    """Return the contrast of `colours`, (height, width, 3) uint8, with its paper, enlarged if small."""
    colours = _enlarge(colours)
    paper = paper_of_crop(colours)
    contrast = remove_paper(colours, paper)
    return cv2.GaussianBlur(contrast if paper is None else with_margin(contrast), (0, 0), 0.8)


def photographed_ink(contrast: np.ndarray) -> np.ndarray:
    """Return the ink, uint8, in `contrast`, (height, width) float32, with soft edges and full contrast."""
    # Half the picture may be ink, but what is as bright as paper, or brighter, is paper.
    low, middle = np.percentile(contrast[::4, ::4], [5, 25])
    noise = float(middle - low)  # one standard deviation, if all is paper
    contrast, digit = find_digit(contrast, max(FAINTEST / 2, NOISE_FACTOR * noise))
    if not digit.any():
        return np.zeros(contrast.shape, np.uint8)
    full = float(np.percentile(contrast[digit], 75))
    level = (contrast / full - EDGE[0]) / (EDGE[1] - EDGE[0])
    return _to_levels(np.where(_around(digit), level, 0))


def find_digit(contrast: np.ndarray, floor: float) -> tuple[np.ndarray, np.ndarray]:
    """Return `contrast` without what was not written, and where the digit is, (height, width) bool.

    Nothing up to `floor` is ink.
    """
    ink = typical_contrast(contrast, floor)
    if ink < FAINTEST:
        return contrast, np.zeros(contrast.shape, bool)
    bare = remove_surroundings(contrast, max(floor, WEAK * ink))
    ink = typical_contrast(bare, floor)
    bare = remove_frames(bare, max(floor, WEAK * ink))
    bare = remove_lines(bare, max(floor, FAINT_LINE * ink), ink)
    ink = typical_contrast(bare, floor)
    digit = choose_parts(bare, max(floor, WEAK * ink), STRONG * ink)
    return bare, digit if is_written(bare, digit) else np.zeros_like(digit)


def is_written(contrast: np.ndarray, digit: np.ndarray) -> bool:
    """Return whether `digit`, a mask, is large enough, and darker by far than what lies close around it."""
    shape = crop_to_ink(digit).shape
    if max(shape) < LEAST_SIZE * max(digit.shape) or digit.mean() > MOST_INK:
        return False
    mask = digit.astype(np.uint8)
    near, far = (cv2.dilate(mask, np.ones((side, side), np.uint8)) for side in RING)
    ring = contrast[(far > 0) & (near == 0)]
    level = float(np.median(contrast[digit]))
    return level > FAINTEST and (ring.size == 0 or float(np.median(ring)) < MOST_AROUND * level)


def typical_contrast(contrast: np.ndarray, floor: float) -> float:
    """Return the contrast of the ink in `contrast`, which is what stands out most; 0 where nothing does."""
    standing_out = contrast[contrast > floor].astype(np.float64)
    return float((standing_out**3).sum() / (standing_out**2).sum()) if standing_out.size else 0.0


def even_pen(ink: np.ndarray) -> np.ndarray:
    """Return `ink` cropped, its strokes as wide as the model knows them where they are not."""
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
    return _to_levels(((wanted - width) / 2 * PEN_SIDE / BOX - beyond) / 2 + 0.5)


def _around(digit: np.ndarray) -> np.ndarray:
    """`digit` with its soft edges."""
    return cv2.dilate(digit.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def _enlarge(colours: np.ndarray) -> np.ndarray:
    height, width = colours.shape[:2]
    scale = SMALLEST / max(height, width)
    if scale <= 1:
        return colours
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(colours, size, interpolation=cv2.INTER_CUBIC)


def _border(grey: np.ndarray) -> np.ndarray:
    height, width = grey.shape
    depth = max(1, min(height, width) // 20)
    inside = np.zeros(grey.shape, bool)
    inside[depth : height - depth, depth : width - depth] = True
    return grey[~inside]


def _to_levels(share: np.ndarray) -> np.ndarray:
    return np.floor(255 * np.clip(share, 0, 1) + 0.5).astype(np.uint8)
