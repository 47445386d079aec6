"""The sheet that is written on is told from what it lies on: a desk, a cloth, a program's bars."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

# Found on desks, strips, bars and frames photographed with other writers' digits, see docs/photographs.md.
SKETCH = 200  # px, the longer side at which the sheet is looked for; lengths below are px of it
LEAST_SIDE = 40  # px; a smaller picture is the sheet
ERASED = 9  # what is half as wide is no edge of a sheet but a stroke or a line
STEP = 7  # levels from one side of an edge to the other; light and soft shadows change more slowly
ROUGH = 4.0, 18  # times what changes on even ground, and at most so many levels: grain, and no edge
BROKEN = 3  # the widest gap of an edge
REACH = 4  # how far an edge is wide, to either side
WIDEST_STROKE = 17
CONTRAST = 18  # levels between what is written and the sheet
DEEP = 5  # how far what crosses an edge goes on at both its sides
ACROSS = 4  # pixels so deep, at least
LEAST, MOST = 0.03, 0.97  # of the picture, that a sheet fills
LEAST_ASIDE = 0.1  # the same, if it doesn't lie over the picture's middle
NARROWEST = 0.15  # of the picture's shorter side; what lies between two lines of a grid is no sheet
STRAIGHT = 0.92  # of its hull, that a sheet fills
ROUNDING = 0.012  # of its hull's length, that a corner is rounded
CORNERS = 7  # at most: the picture's edges cut some off
INK = 36  # levels between the middle of a stroke and the sheet
MOST_NOTCHES = 0.5  # of what is written on it, that may run out of the sheet
WRITTEN = 12  # pixels that are written on, at least
OFF_CENTRE = 0.35  # of the picture's diagonal; how fast what lies off its middle counts less
DARK, LIGHT = 60, 110  # levels of sheets that dark ink, and that light ink, is seen on
SOFT = 3, 13  # how wide a sheet's edge is, and a soft shadow's
SHARP = 0.4  # of the levels between what lies at both sides of an edge, that are near
LEAST_LOOP = 0.22  # of what is in it, that a thick loop's inside fills at least
MOST_WRITTEN = 0.5  # of it, that is darker or lighter than what is around it; a thick stroke is all over
MOST_LIKE_DESK = 0.4  # of what lies on a desk, that may be as dark as the desk
AS_LARGE = 0.4  # of the best sheet's area: as good a sheet
SAME_PAPER = 25  # levels, by which the cells of a form differ at most
RIM_WIDE = 4  # from the picture's edge; what is there may be the desk
RIM_EVEN = 4.0  # levels, by which the colours of an even desk differ
UNLIKE = 3.5  # standard deviations, by which the sheet's colours differ from the desk's
WITHIN = 0.98  # of an area, that lies in the one around it
RIM = 1  # how much of a sheet's edge is blurred
COARSE = 4  # times, that the sketch is shrunk to spread the paper's light
PAPER = 12  # how far paper is like its surroundings


@dataclass(frozen=True)
class _Candidate:
    mask: np.ndarray  # (height, width) uint8 of 0 and 1, without holes
    area: int
    score: float
    level: float  # of its ground


def only_sheet(colours: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the part of `colours`, (height, width, 3) uint8, that shows the sheet, as a view and as cleaned.

    The innermost even area with straight edges on which something is written: a sheet on a desk, a note, a
    photograph with bars or a frame around it; cleaned, there is paper around it. What is written across an
    edge, as a shadow's, tells that the sheet goes on there. Where nothing lies around the sheet, or there
    are several as large, as cells of a form, both are all of `colours`.
    """
    height, width = colours.shape[:2]
    scale = SKETCH / max(height, width)
    if max(height, width) <= LEAST_SIDE or min(height, width) * scale < ERASED:
        return colours, colours
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    sketch = cv2.resize(colours, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    ground = cv2.medianBlur(sketch, ERASED)
    sheet = _sheet(sketch, ground)
    return (colours, colours) if sheet is None else _cut_out(colours, ground, sheet)


def _sheet(sketch: np.ndarray, ground: np.ndarray) -> np.ndarray | None:
    """Where the sheet is, (height, width) uint8 of 0 and 1; None if it is everywhere."""
    areas = _even_areas(ground)
    if not areas.any():
        return None
    level = cv2.cvtColor(ground, cv2.COLOR_RGB2GRAY)
    hats = _hats(sketch)
    candidates = [*_candidates(areas, hats, level), *_surrounded(ground, hats, level)]
    if candidates:
        sharpness = _sharpness(sketch)
        candidates = [
            each for each in candidates if _is_sharp(sharpness, each.mask) and not _is_nook(each, level)
        ]
    sheet: _Candidate | None = None
    while candidates:
        best = max(candidates, key=lambda each: each.score)
        if any(_is_beside(each, best) for each in candidates):
            break
        sheet = best
        inner = [each for each in candidates if each.area < best.area and _is_within(each, best)]
        candidates = [each for each in inner if not _is_written_across(each, best, hats)]
    return None if sheet is None else sheet.mask


def _is_nook(sheet: _Candidate, level: np.ndarray) -> bool:
    """Whether `sheet` lies aside, and is a thick stroke's ink, or paper that a stroke parts from the rest.

    Of numbers there are both, where a digit of theirs is cut out with pieces of its neighbours.
    """
    if sheet.mask[sheet.mask.shape[0] // 2, sheet.mask.shape[1] // 2]:
        return False
    like_around = abs(float(np.median(level[sheet.mask == 0])) - sheet.level) < SAME_PAPER
    return like_around or sheet.area < LEAST_ASIDE * sheet.mask.size


def _is_beside(other: _Candidate, best: _Candidate) -> bool:
    alike = other.area > AS_LARGE * best.area and abs(other.level - best.level) < SAME_PAPER
    return alike and not np.any(other.mask & best.mask)


def _is_within(other: _Candidate, best: _Candidate) -> bool:
    return bool(np.count_nonzero(other.mask & best.mask) > WITHIN * other.area)


def _is_written_across(inner: _Candidate, outer: _Candidate, hats: Sequence[np.ndarray]) -> bool:
    """Whether a stroke runs from `inner` far into what `outer` has around it: a fold parts the two."""
    square = np.ones((2 * DEEP + 1,) * 2, np.uint8)
    # What is written at the edge of `inner` may have notched it.
    whole = cv2.fillConvexPoly(np.zeros_like(inner.mask), cv2.convexHull(cv2.findNonZero(inner.mask)), 1)
    inside, beyond = cv2.erode(whole & outer.mask, square), cv2.erode(outer.mask & (1 - whole), square)
    for hat in hats:
        count, strokes = cv2.connectedComponents((hat > INK).astype(np.uint8))
        deep = [np.bincount(strokes[part > 0], minlength=count)[1:] >= ACROSS for part in (inside, beyond)]
        if np.any(deep[0] & deep[1]):
            return True
    return False


def _even_areas(ground: np.ndarray) -> np.ndarray:
    """Labels, (height, width) int32, of what edges part in `ground`; 0 is rough, or far from any."""
    change = _changed(ground, cv2.MORPH_GRADIENT, 3)
    even = max(STEP, min(ROUGH[0] * float(np.percentile(change[::2, ::2], 20)), ROUGH[1]))
    edges = cv2.dilate((change > even).astype(np.uint8), np.ones((BROKEN, BROKEN), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(1 - edges, connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] > LEAST / 4 * labels.size
    large[0] = False
    across, down = stats[large, cv2.CC_STAT_WIDTH], stats[large, cv2.CC_STAT_HEIGHT]
    if len(across) < 2 and np.all(across * down > MOST * labels.size):  # nothing, or one sheet that is all
        return np.zeros(labels.shape, np.int32)
    labels = np.where(large, np.cumsum(large), 0)[labels].astype(np.int32)
    distance, nearest = cv2.distanceTransformWithLabels(
        (labels == 0).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_pixel = np.zeros(int(nearest.max()) + 1, np.int32)
    of_pixel[nearest[labels > 0]] = labels[labels > 0]
    return np.where(distance <= REACH, of_pixel[nearest], 0)


def _changed(colours: np.ndarray, operation: int, side: int) -> np.ndarray:
    """By how many levels a morphological `operation` of `side` px changes the channel it changes most."""
    first, second, third = cv2.split(cv2.morphologyEx(colours, operation, np.ones((side, side), np.uint8)))
    return cv2.max(cv2.max(first, second), third)


def _hats(sketch: np.ndarray) -> list[np.ndarray]:
    """By how many levels what is narrow is darker, and lighter, than what is around it: (height, width)."""
    return [_changed(sketch, hat, WIDEST_STROKE) for hat in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT)]


def _candidates(areas: np.ndarray, hats: Sequence[np.ndarray], level: np.ndarray) -> Iterator[_Candidate]:
    strokes = [cv2.connectedComponentsWithStats((hat > CONTRAST).astype(np.uint8)) for hat in hats]
    strongest = np.maximum(*hats)
    for group in _joined(areas, strokes, level):
        mask = _of_labels(areas, group)
        if len(group) > 1:
            mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((2 * REACH + 1,) * 2, np.uint8))
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        outline = max(outlines, key=cv2.contourArea)
        filled = cv2.drawContours(np.zeros_like(mask), [outline], -1, 1, cv2.FILLED)
        area = int(filled.sum())
        if not LEAST * filled.size < area < MOST * filled.size or not _is_straight(outline, area):
            continue
        if min(cv2.boundingRect(outline)[2:]) < NARROWEST * min(filled.shape):
            continue
        holes = filled & (1 - mask)
        content = holes.copy()
        for _, labels, stats, _ in strokes:
            content |= _enclosed(labels, stats, filled)
        if np.count_nonzero(strongest[content > 0] > INK) < WRITTEN or not _is_clear(holes, filled):
            continue
        if np.count_nonzero(_notches(outline, filled)) > MOST_NOTCHES * np.count_nonzero(content):
            continue
        yield _of_mask(filled, area, level)


def _surrounded(ground: np.ndarray, hats: Sequence[np.ndarray], level: np.ndarray) -> Iterator[_Candidate]:
    """What is of other colours than the picture's rim, whatever edges are in it: a folded sheet on a desk."""
    like_desk = _like_rim(ground)
    _, holes, stats, _ = cv2.connectedComponentsWithStats(1 - like_desk, connectivity=4)
    stats[0, cv2.CC_STAT_AREA] = 0
    part = (holes == int(stats[:, cv2.CC_STAT_AREA].argmax())).astype(np.uint8)
    if any(side.any() for side in _sides(part)):  # a stroke that is cut off looks the same
        return
    outlines, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    filled = cv2.drawContours(np.zeros_like(part), [outline], -1, 1, cv2.FILLED)
    area = int(filled.sum())
    if not LEAST * filled.size < area < MOST * filled.size:
        return
    written = (cv2.max(hats[0], hats[1]) > INK).astype(np.uint8)
    like_desk = cv2.bitwise_and(like_desk, filled)
    inside = cv2.erode(filled, np.ones((2 * DEEP + 1,) * 2, np.uint8))
    if (
        np.count_nonzero(like_desk) < MOST_LIKE_DESK * area
        and cv2.countNonZero(cv2.bitwise_and(written, filled)) < MOST_WRITTEN * area
        and cv2.countNonZero(cv2.bitwise_and(written, inside)) >= WRITTEN
        and _is_straight(outline, area)
        and _is_clear(like_desk, filled)
    ):
        yield _of_mask(filled, area, level)


def _like_rim(ground: np.ndarray) -> np.ndarray:
    """Where `ground` is as the picture's rim, (height, width) of 0 and 1, by Mahalanobis' distance."""
    lab = cv2.cvtColor(ground, cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = np.concatenate(
        [
            side.reshape(-1, 3)
            for side in (lab[:RIM_WIDE], lab[-RIM_WIDE:], lab[:, :RIM_WIDE], lab[:, -RIM_WIDE:])
        ]
    )
    middle = np.median(rim, axis=0)
    spread = np.cov((rim - middle).T) + RIM_EVEN**2 * np.eye(3)
    white = np.linalg.cholesky(np.linalg.inv(spread)).astype(np.float32)  # (3, 3)
    away = cv2.transform(lab - middle, white.T)  # (height, width, 3)
    like = (np.einsum("hwc,hwc->hw", away, away) < UNLIKE**2).astype(np.uint8)
    return cv2.morphologyEx(like, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))


def _sides(mask: np.ndarray) -> tuple[np.ndarray, ...]:
    return mask[0], mask[-1], mask[:, 0], mask[:, -1]


def _of_mask(filled: np.ndarray, area: int, level: np.ndarray) -> _Candidate:
    height, width = filled.shape
    left, top, across, down = cv2.boundingRect(filled)
    off = np.hypot(left + across / 2 - width / 2, top + down / 2 - height / 2)
    central = np.exp(-2 * (off / (OFF_CENTRE * np.hypot(height, width))) ** 2)
    return _Candidate(filled, area, float(area * central), cv2.mean(level, filled)[0])


def _joined(areas: np.ndarray, strokes: Sequence, level: np.ndarray) -> list[list[int]]:
    """The labels of `areas` in groups: what is written across an edge joins what it parts."""
    count = int(areas.max())
    stroke, inner = (np.ones((side, side), np.uint8) for side in (WIDEST_STROKE, 2 * DEEP + 1))
    owner, levels, deep = list(range(count + 1)), np.zeros(count + 1), np.zeros_like(areas)
    for label in range(1, count + 1):
        mask = (areas == label).astype(np.uint8)
        levels[label] = cv2.mean(level, mask)[0]
        # Closed as if there was something else beyond the picture, or an edge near by would be closed to it.
        closed = cv2.morphologyEx(np.pad(mask, WIDEST_STROKE), cv2.MORPH_CLOSE, stroke)
        inside = closed[WIDEST_STROKE:-WIDEST_STROKE, WIDEST_STROKE:-WIDEST_STROKE]
        whole = inside & ((areas == 0) | (areas == label))
        # At the picture's edge nobody knows how deep it is.
        eroded = cv2.erode(whole, inner, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        deep[eroded > 0] = label
    # Ink is darker than a light sheet, and lighter than a dark one.
    for (parts, labels, _, _), shows in zip(strokes, (levels > DARK, levels < LIGHT), strict=True):
        within = (labels > 0) & (deep > 0)
        table = np.bincount(labels[within] * (count + 1) + deep[within], minlength=parts * (count + 1))
        table = table.reshape(parts, count + 1)
        for row in (table >= ACROSS) & shows:
            crossed = np.flatnonzero(row)
            for each in crossed[1:]:
                first, second = owner[crossed[0]], owner[each]
                owner = [first if root == second else root for root in owner]
    return [[each for each in range(1, count + 1) if owner[each] == root] for root in set(owner[1:])]


def _of_labels(areas: np.ndarray, labels: list[int]) -> np.ndarray:
    wanted = np.zeros(int(areas.max()) + 1, np.uint8)
    wanted[labels] = 1
    return wanted[areas]


def _sharpness(sketch: np.ndarray) -> np.ndarray:
    """Of the levels that change across a place, what share changes close to it, (height, width)."""
    near, far = (_changed(sketch, cv2.MORPH_GRADIENT, side) for side in SOFT)
    near = cv2.dilate(near, np.ones((DEEP, DEEP), np.uint8))  # an area's edge may be a little off
    return near / np.maximum(far, 1.0)


def _is_sharp(sharpness: np.ndarray, mask: np.ndarray) -> bool:
    """Whether the edge of `mask` within the picture is a sheet's, and not a soft shadow's or a crease."""
    edge = cv2.morphologyEx(mask, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) > 0
    edge[:2] = edge[-2:] = edge[:, :2] = edge[:, -2:] = False
    return bool(edge.any() and np.percentile(sharpness[edge], 10) > SHARP)


def _is_straight(outline: np.ndarray, area: int) -> bool:
    hull = cv2.convexHull(outline)
    corners = cv2.approxPolyDP(hull, ROUNDING * cv2.arcLength(hull, True), True)
    return area > STRAIGHT * cv2.contourArea(hull) and len(corners) <= CORNERS


def _notches(outline: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """What is not `filled` in the hull of its `outline`: strokes that run out of it."""
    hull = cv2.fillConvexPoly(np.zeros_like(filled), cv2.convexHull(outline), 1)
    return cv2.erode(hull, np.ones((DEEP, DEEP), np.uint8)) & (1 - filled)


def _enclosed(labels: np.ndarray, stats: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """The strokes of `labels` that lie inside `filled` as a whole."""
    inside = np.bincount(labels[filled > 0], minlength=len(stats))
    whole = inside == stats[:, cv2.CC_STAT_AREA]
    whole[0] = False
    return whole[labels].astype(np.uint8)


def _is_clear(holes: np.ndarray, filled: np.ndarray) -> bool:
    """Whether more of the sheet is around its largest hole than that is wide: else it is a thick loop."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(holes)
    if len(stats) < 2 or any(side.any() for side in _sides(filled)):
        return True
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    if stats[largest, cv2.CC_STAT_AREA] < LEAST_LOOP * filled.sum():
        return True
    hole = (labels == largest).astype(np.uint8)
    around = cv2.distanceTransform(filled, cv2.DIST_L2, 5)[hole > 0].min()
    return bool(around > cv2.distanceTransform(hole, cv2.DIST_L2, 5).max())


def _cut_out(colours: np.ndarray, ground: np.ndarray, sheet: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The box around `sheet`, as it is, and with paper where the sheet isn't."""
    height, width = colours.shape[:2]
    within = cv2.erode(
        sheet, np.ones((2 * RIM + 1,) * 2, np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=1
    )
    if not within.any():
        return colours, colours
    coarse = (max(1, sheet.shape[1] // COARSE), max(1, sheet.shape[0] // COARSE))
    light, share = (
        cv2.GaussianBlur(cv2.resize(each, coarse, interpolation=cv2.INTER_AREA), (0, 0), PAPER / COARSE)
        for each in ((ground * within[..., None]).astype(np.float32), within.astype(np.float32))
    )
    paper = (light + 1e-4 * np.array(cv2.mean(ground, within)[:3])) / (share[..., None] + 1e-4)
    paper = cv2.resize(paper.clip(0, 255).astype(np.uint8), sheet.shape[::-1])
    left, top, across, down = cv2.boundingRect(within)
    per_x, per_y = width / sheet.shape[1], height / sheet.shape[0]
    rows = slice(round(top * per_y), round((top + down) * per_y))
    columns = slice(round(left * per_x), round((left + across) * per_x))
    shown = colours[rows, columns]
    box = np.s_[top : top + down, left : left + across]
    cleaned = cv2.resize(paper[box], shown.shape[1::-1])
    covered = cv2.resize(255 * within[box], shown.shape[1::-1])
    cv2.copyTo(shown, (covered > 127).astype(np.uint8), cleaned)
    return shown, cleaned
