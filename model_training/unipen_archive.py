"""UNIPEN's own text form, read from an unpacked archive `train_r01_v07` into drawings.

Guyon et al., "UNIPEN project of on-line data exchange and recognizer benchmarks" (ICPR 1994, doi
10.1109/ICPR.1994.576870). `data/CATEGORY/COLLECTION/` holds files that say which pieces of pen movement are
which character; the movement itself stands in the files under `include/` that they name.
"""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from model_training.datasets import DamagedDataError, DataUnavailableError, Drawing, sample
from model_training.packed_strokes import PACKED_SIDE, key_of
from model_training.unipen_people import KINDS, recognised

# The categories of single characters: digits, capitals, small letters, symbols. Category 2 repeats these.
CHARACTER_CATEGORIES = ("1a", "1b", "1c", "1d")
MOST_BY_ONE_WRITER = 400  # drawings of one kind; capitals and small letters are two
# Of PACKED_SIDE. Points that are nearer than this to the one before, along both axes, say nothing at 20 px.
STEP = 8
KEPT_FILES = 32  # parsed files of movement kept in memory: one person's are read for each category
SEED = 1994

_KEYWORD = re.compile(r"\.([A-Z][A-Z0-9_]*)(?:\s+(.*))?$", re.DOTALL)
_SEGMENT = re.compile(r'\S+\s+(?P<pieces>\d[\d:,\-\s]*?)\s+[^\s"]+\s+"(?P<label>(?:[^"\\]|\\.)*)"\s*$')
_PIECE = re.compile(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?$")
_NUMBER = re.compile(r"[0-9]{2,}")


@dataclass(frozen=True)
class Component:
    """One pen-down or pen-up movement: points (n, 2) as in the file, y up, n at least 1."""

    points: np.ndarray
    is_down: bool
    writer: str  # .WRITER_ID; empty if the file names none


@dataclass(frozen=True)
class Segment:
    """What a data file says is a character or word: its label, and where the pieces of it are."""

    pieces: str
    label: str
    line: int


@dataclass
class _Movement:
    """What has been read of the pen so far: the columns and the writer hold until they are named anew."""

    columns: tuple[str, ...] = ("X", "Y")
    writer: str = ""
    components: list[Component] = field(default_factory=list)


def is_archive(folder: Path) -> bool:
    """Whether `folder` looks like an unpacked `train_r01_v07`."""
    return (folder / "data").is_dir() and (folder / "include").is_dir()


def kind_of(label: str) -> str | None:
    """Which of `KINDS` a label belongs to; None for words and for what isn't ASCII."""
    if _NUMBER.fullmatch(label):
        return "numbers"
    if len(label) != 1 or not label.isascii() or not label.isprintable() or label.isspace():
        return None
    return "digits" if label.isdigit() else "letters" if label.isalpha() else "symbols"


@dataclass(frozen=True)
class Labelled:
    """A segment's label, its writer, and its pen-down strokes: (n, 2), y down, from 0, the longer side 1."""

    label: str
    writer: str  # empty if no file names one
    strokes: tuple[np.ndarray, ...]


class FileReader:
    """Reads the data files of one archive; movement that several of them include is read once."""

    def __init__(self, include: Path):
        self._include = include
        self._kept: OrderedDict[tuple[Path, tuple[str, ...], str], _Movement] = OrderedDict()

    def read(
        self, path: Path, level: str, wanted: Callable[[str], bool]
    ) -> tuple[list[Labelled], list[DamagedDataError]]:
        """Return the segments of a level ("CHARACTER", "WORD") whose labels are `wanted`, and what is wrong.

        Each error names file and line. A segment that can't be understood costs that segment, and movement
        that can't be understood the whole file. Where nothing is wanted, no movement is read.
        """
        statements = list(_statements(path))
        segments: list[Segment] = []
        labelled: list[Labelled] = []
        damages: list[DamagedDataError] = []
        for line, keyword, text in statements:
            if keyword == "SEGMENT" and text.split(maxsplit=1)[:1] == [level] and '"' in text:
                try:
                    segment = _segment(path, line, text)
                except DamagedDataError as damage:
                    damages.append(damage)
                    continue
                if wanted(segment.label):
                    segments.append(segment)
        if not segments:
            return labelled, damages
        movement = _Movement()
        try:
            self._take(path, statements, movement, (path,))
        except DamagedDataError as damage:
            return labelled, [*damages, damage]
        for segment in segments:
            try:
                strokes, writer = _strokes_of(path, segment, movement.components)
            except DamagedDataError as damage:
                damages.append(damage)
            else:
                labelled.append(Labelled(segment.label, writer, strokes))
        return labelled, damages

    def _take(
        self,
        path: Path,
        statements: Iterable[tuple[int, str, str]],
        movement: _Movement,
        open_files: tuple[Path, ...],
    ) -> None:
        for line, keyword, text in statements:
            if keyword == "INCLUDE":
                self._take_included(path, line, text, movement, open_files)
            elif keyword == "COORD":
                movement.columns = tuple(text.split())
                if not {"X", "Y"} <= set(movement.columns):
                    raise _damaged(path, line, f".COORD must name X and Y, got {text.strip()!r}")
            elif keyword == "WRITER_ID":
                movement.writer = text.strip()
            elif keyword in ("PEN_DOWN", "PEN_UP"):
                points = _points(path, line, text, movement.columns)
                if len(points):
                    movement.components.append(Component(points, keyword == "PEN_DOWN", movement.writer))

    def _take_included(
        self, path: Path, line: int, text: str, movement: _Movement, open_files: tuple[Path, ...]
    ) -> None:
        included = self._include / text.strip()
        if not text.strip() or not included.is_file():
            raise _damaged(path, line, f".INCLUDE names {text.strip()!r}, which is no file under include/")
        if included in open_files:
            raise _damaged(path, line, f".INCLUDE {text.strip()} closes a circle of files")
        key = (included, movement.columns, movement.writer)
        if key not in self._kept:
            read = _Movement(movement.columns, movement.writer)
            self._take(included, _statements(included), read, (*open_files, included))
            self._kept[key] = read
            if len(self._kept) > KEPT_FILES:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        read = self._kept[key]
        movement.columns, movement.writer = read.columns, read.writer
        movement.components.extend(read.components)


def read_archive(folder: Path) -> dict[str, list[Drawing]]:
    """Return the drawings of an unpacked archive by kind (`KINDS`), with a bar of progress.

    Collections are the folders of that name in any category, writers what `.WRITER_ID` says within one;
    both are numbered as in the packed files where they are known (`unipen_people.py`). A writer has at most
    `MOST_BY_ONE_WRITER` drawings of a kind, drawn at random.
    What can't be understood is left out, and told in a line that counts it and names the first place.
    Raises DataUnavailableError if `folder` is no archive, DamagedDataError if more is left out than read.
    """
    if not is_archive(folder):
        raise DataUnavailableError(f"{folder} must hold the folders data and include of UNIPEN's archive")
    found, damages = _collect(folder)
    if damages:
        print(
            f"UNIPEN: {len(damages)} segments or files can't be understood and are left out, the first: "
            f"{damages[0]}",
            flush=True,
        )
    if len(damages) > len(found) or not found:
        raise DamagedDataError(
            f"{folder} holds no UNIPEN archive that can be read"
            + (f": {damages[0]}" if damages else ", or no character")
        )
    return _limited(_numbered(found))


@dataclass(frozen=True)
class _Found:
    collection: str
    writer: str
    drawing: Drawing


def _collect(folder: Path) -> tuple[list[_Found], list[DamagedDataError]]:
    data = folder / "data"
    # One collection's files of all categories together: they include the same movement.
    files = sorted(
        (path for path in data.glob("*/*/**/*") if path.is_file()),
        key=lambda path: (path.relative_to(data).parts[1:], path),
    )
    reader = FileReader(folder / "include")
    found: list[_Found] = []
    damages: list[DamagedDataError] = []
    seen: set[tuple[str, str, str]] = set()
    for path in tqdm(files, desc="UNIPEN: reading the archive (once)", unit="file"):
        category, collection, *rest = path.relative_to(data).parts
        if category in CHARACTER_CATEGORIES:
            labelled, wrong = reader.read(path, "CHARACTER", _is_character)
        else:
            labelled, wrong = reader.read(path, "WORD", _is_number)
        damages += wrong
        for each in labelled:
            # A file that names no writer is its own: it has the same name in each category.
            writer = each.writer or "/".join(rest)
            drawing = Drawing(each.strokes, each.label)
            if _is_number(each.label):  # the categories of words overlap
                key = (collection, writer, key_of(drawing))
                if key in seen:
                    continue
                seen.add(key)
            found.append(_Found(collection, writer, drawing))
    return found, damages


def _is_character(label: str) -> bool:
    return kind_of(label) in ("digits", "letters", "symbols")


def _is_number(label: str) -> bool:
    return kind_of(label) == "numbers"


def _numbered(found: list[_Found]) -> list[Drawing]:
    by_person: dict[tuple[str, str], list[Drawing]] = defaultdict(list)
    for each in found:
        by_person[each.collection, each.writer].append(each.drawing)
    numbers = recognised(by_person)
    return [
        replace(drawing, collection=numbers[person][0], writer=numbers[person][1])
        for person, drawings in by_person.items()
        for drawing in drawings
    ]


def _limited(drawings: list[Drawing]) -> dict[str, list[Drawing]]:
    groups: dict[tuple[int, str], list[Drawing]] = defaultdict(list)
    for drawing in drawings:
        kind = str(kind_of(drawing.label))
        case = "capitals" if kind == "letters" and drawing.label.isupper() else kind
        groups[drawing.writer, case].append(drawing)
    rng = np.random.default_rng(SEED)
    by_kind: dict[str, list[Drawing]] = {kind: [] for kind in KINDS}
    for _, group in sorted(groups.items()):
        by_kind[str(kind_of(group[0].label))] += sample(group, MOST_BY_ONE_WRITER, rng)
    return by_kind


def _statements(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield (line, keyword, the text up to the next keyword) of a UNIPEN file."""
    line, keyword, text = 0, "", []
    for number, content in enumerate(path.read_text("latin-1").split("\n"), 1):
        match = _KEYWORD.match(content)
        if match is None:
            text.append(content)
            continue
        if keyword:
            yield line, keyword, "\n".join(text)
        line, keyword, text = number, match[1], [match[2] or ""]
    if keyword:
        yield line, keyword, "\n".join(text)


def _segment(path: Path, line: int, text: str) -> Segment:
    match = _SEGMENT.match(text.strip())
    if match is None:
        raise _damaged(path, line, f'.SEGMENT must be LEVEL PIECES QUALITY "LABEL", got {text.strip()!r}')
    return Segment(match["pieces"], re.sub(r'\\(["\\])', r"\1", match["label"]), line)


def _strokes_of(
    path: Path, segment: Segment, components: list[Component]
) -> tuple[tuple[np.ndarray, ...], str]:
    """Return a segment's normalised strokes, and who drew the first of its pieces."""
    strokes, writers = [], []
    for part in segment.pieces.split(","):
        piece = "".join(part.split())
        match = _PIECE.match(piece)
        if match is None:
            raise _damaged(path, segment.line, f"pieces must be a, a-b or a:p-b:q, got {piece!r}")
        first, start, last, stop = (None if n is None else int(n) for n in match.groups())
        assert first is not None
        last = first if last is None else last
        if not first <= last < len(components):
            raise _damaged(
                path, segment.line, f"{piece} isn't a range of the components 0 to {len(components) - 1}"
            )
        for number in range(first, last + 1):
            component = components[number]
            n = len(component.points)
            low = start if number == first and start is not None else 0
            high = stop if number == last and stop is not None else n - 1
            if not low <= high < n:
                raise _damaged(
                    path, segment.line, f"{piece} isn't in component {number}, points 0 to {n - 1}"
                )
            writers.append(component.writer)
            if component.is_down:
                strokes.append(component.points[low : high + 1] * (1, -1))
    if not strokes:
        raise _damaged(path, segment.line, f"{segment.pieces}: the pen is never down")
    return _normalised(strokes), writers[0]


def _points(path: Path, line: int, text: str, columns: tuple[str, ...]) -> np.ndarray:
    try:
        values = np.array(text.split(), float).reshape(-1, len(columns))
    except ValueError as error:
        raise _damaged(path, line, f"points must be rows of {' '.join(columns)} ({error})") from error
    if not np.isfinite(values).all():
        raise _damaged(path, line, "points must be finite numbers")
    return values[:, [columns.index("X"), columns.index("Y")]]


def _normalised(strokes: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    points = np.concatenate(strokes)
    low = points.min(axis=0)
    scale = PACKED_SIDE / max(float(np.ptp(points, axis=0).max()), 1e-9)
    return tuple(_thinned(np.round((stroke - low) * scale)) / PACKED_SIDE for stroke in strokes)


def _thinned(points: np.ndarray) -> np.ndarray:
    """Drop points that lie nearer than `STEP` to the last kept one; the ends stay. Tablets' rates differ."""
    kept = [0]
    rows = points.tolist()  # one by one, plain numbers are ten times as fast as arrays
    x, y = rows[0]
    for i in range(1, len(rows)):
        if i == len(rows) - 1 or max(abs(rows[i][0] - x), abs(rows[i][1] - y)) >= STEP:
            kept.append(i)
            x, y = rows[i]
    return points[kept]


def _damaged(path: Path, line: int, what: str) -> DamagedDataError:
    return DamagedDataError(f"{path}:{line}: {what}")
