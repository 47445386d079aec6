"""Which pictures there are to read, and the bytes of each.

A source is a folder, a text file that lists one address a line, a tar, a Parquet file with a column of
pictures, or one picture; in a folder and in a list each entry may be any of the others. An address is a path
on this machine or, with `://` in it, whatever fsspec opens: `s3://`, `gs://`, `https://`.
"""

import bz2
import gzip
import lzma
import os
import shutil
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from backend.reading.errors import PictureError, PictureTooLargeError

LISTS = (".txt", ".list", ".lst")
PARQUET = (".parquet", ".pq")
# Pictures are compressed already: such a tar is unpacked once, so that each picture can be reached by itself.
PACKED_TARS: dict[str, Callable[..., Any]] = {
    ".tar.gz": gzip.open,
    ".tgz": gzip.open,
    ".tar.bz2": bz2.open,
    ".tar.xz": lzma.open,
}
REMOTE = "://"
# Of what is left a core takes a third of its share: few large parts at first, since in a Ray cluster a core
# waits 0.17 s for each, and small ones at the end, where some have nothing more to do while others read.
OF_SHARE = 3
SMALLEST_PART, LARGEST_PART = 8, 256  # pictures
ROWS_AT_ONCE = 64  # of a Parquet file, whose pictures are in memory at a time


class SourceError(Exception):
    """A source that can't be read; the message is a sentence that says what was expected."""


@dataclass(frozen=True)
class Picture:
    """A picture to be read: its name among the results, and where its bytes lie."""

    name: str
    address: str  # of the file that it is, or lies in
    start: int = 0  # in a tar its first byte, in a Parquet file its row
    size: int = -1  # bytes in a tar
    column: str = ""  # of a Parquet file


def list_pictures(source: str, folder: Path) -> list[Picture]:
    """Return the pictures of `source`, each name once, in the order of a folder's names or of the list.

    A packed tar is unpacked into `folder`. Of a tar's members with one name the last counts, as when it is
    unpacked. Raises SourceError where there is no such source, or there are no pictures in it.
    """
    try:
        found = {picture.name: picture for picture in map(_named, _expand(source, "", folder, lists=True))}
    except (OSError, tarfile.TarError, EOFError, lzma.LZMAError) as error:
        raise SourceError(f"{source} can't be read: {_why(error)}.") from None
    if not found:
        raise SourceError(
            f"{source} holds no pictures: a folder, a list (.txt, one address a line), a .tar or a .parquet "
            "of pictures is expected."
        )
    return list(found.values())


def divided(pictures: Sequence[Picture], cores: int) -> list[Sequence[Picture]]:
    """Return `pictures` in parts that get smaller, in order; a core reads one at a time.

    It is guided self-scheduling (Polychronopoulos and Kuck, 1987), of which no core takes its whole share.
    """
    parts, start = [], 0
    while start < len(pictures):
        share = (len(pictures) - start) // (OF_SHARE * cores)
        parts.append(pictures[start : start + min(LARGEST_PART, max(SMALLEST_PART, share))])
        start += len(parts[-1])
    return parts


def contents(pictures: Iterable[Picture], most: int) -> Iterator[tuple[Picture, bytes | Exception]]:
    """Yield each picture with its bytes, or with why it has none, in order.

    One file is open at a time, and one picture in memory (of a Parquet file a few). Above `most` bytes a
    picture is a PictureTooLargeError.
    """
    opened, file, rows = "", None, None
    try:
        for picture in pictures:
            try:
                if file is None or picture.address != opened:
                    if file is not None:
                        file.close()
                    file, rows = None, None
                    file, opened = _open(picture.address), picture.address
                if picture.column:
                    rows = rows or _Rows(file, picture.column)
                    content = rows.at(picture.start)
                else:
                    content = _bytes_of(picture, file, most)
                if len(content) > most:
                    raise PictureTooLargeError(f"may hold {most:,} bytes, it has more")
                yield picture, content
            except Exception as error:  # whatever a file system or a damaged file makes of it
                if not isinstance(error, PictureError):
                    opened = ""  # it may be read no further: the next picture opens it again
                yield picture, error
    finally:
        if file is not None:
            file.close()


def _named(picture: Picture) -> Picture:
    """`picture` with a name that is text, whatever bytes its file's name has."""
    return replace(picture, name=picture.name.encode("utf-8", "backslashreplace").decode())


def _bytes_of(picture: Picture, file: IO[bytes], most: int) -> bytes:
    file.seek(picture.start)
    if picture.size < 0:
        return file.read(most + 1)
    content = file.read(min(picture.size, most + 1))
    if len(content) < min(picture.size, most + 1):
        raise PictureError("must be whole: its tar ends before it")
    return content


class _Rows:
    """The pictures in a column of an open Parquet file, asked for in rising order of their rows."""

    def __init__(self, file: IO[bytes], column: str):
        self._file, self._column = _parquet_file(file), column
        self._first, self._batch = 0, None
        self._batches: Iterator[Any] = iter(())
        self._group, self._group_end = -1, 0

    def at(self, row: int) -> bytes:
        """Return the picture in `row` of the file. Raises PictureError where there is none."""
        while self._batch is None or row >= self._first + len(self._batch):
            self._next(row)
        value = self._batch[row - self._first].as_py()
        if isinstance(value, dict):
            value = value["bytes"]
        if value is None:
            raise PictureError("must hold a picture, its row holds none")
        return value

    def _next(self, row: int) -> None:
        while row >= self._group_end:  # row groups before it aren't even read
            self._group += 1
            self._first, self._batch = self._group_end, None
            self._group_end += self._file.metadata.row_group(self._group).num_rows
            self._batches = iter(())
            if row < self._group_end:
                self._batches = self._file.iter_batches(ROWS_AT_ONCE, [self._group], [self._column])
        if self._batch is not None:
            self._first += len(self._batch)
        self._batch = next(self._batches).column(0)


def _expand(address: str, name: str, folder: Path, lists: bool = False) -> Iterator[Picture]:
    """Yield the pictures at `address`, whose names begin with `name`; that is "" for the source itself."""
    inner = f"{name}/" if name else ""
    lower = address.lower()
    if _is_folder(address):
        for file, below in _files(address):
            yield from _nested(file, inner + below, folder)
    elif lists and lower.endswith(LISTS):
        for line in _lines(address):
            yield from _nested(_beside(address, line), line, folder)
    elif lower.endswith(PARQUET):
        yield from _in_parquet(address, inner)
    elif lower.endswith((".tar", *PACKED_TARS)):
        yield from _in_tar(_unpacked(address, folder), inner)
    else:
        _open(address).close()
        yield Picture(name or address.rpartition("/")[2], address)


def _nested(address: str, name: str, folder: Path) -> Iterator[Picture]:
    """As `_expand`; what can't be looked into is taken for one picture, of which a row will say why not."""
    if not address.lower().endswith((*PARQUET, ".tar", *PACKED_TARS)) and not _is_folder(address):
        yield Picture(name, address)  # without a look at each of a hundred thousand files
        return
    try:
        found = list(_expand(address, name, folder))
    except (OSError, tarfile.TarError, EOFError, lzma.LZMAError, SourceError):
        found = [Picture(name, address)]
    yield from found


def _in_tar(address: str, inner: str) -> Iterator[Picture]:
    with _open(address) as file, tarfile.open(fileobj=file, mode="r:") as tar:
        for member in tar:
            if member.isfile() and not _is_hidden(member.name):
                yield Picture(inner + member.name, address, member.offset_data, member.size)


def _in_parquet(address: str, inner: str) -> Iterator[Picture]:
    with _open(address) as file:
        parquet = _parquet_file(file)
        column = _column_of(address, parquet.schema_arrow)
        for row in range(parquet.metadata.num_rows):
            yield Picture(f"{inner}{row}", address, row, column=column)


def _column_of(address: str, schema: Any) -> str:
    """The first column that holds pictures: bytes, or a struct with `bytes`, as data sets' images are."""
    import pyarrow as pa

    for field in schema:
        kind = field.type
        if pa.types.is_struct(kind) and kind.get_field_index("bytes") >= 0:
            return field.name
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            return field.name
    raise SourceError(f"{address} has no column of pictures: one of bytes, or of a struct with `bytes`.")


def _parquet_file(file: IO[bytes]) -> Any:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(file)
    except pa.ArrowInvalid as error:
        raise OSError(f"it is no Parquet file ({error})") from None


def _unpacked(address: str, folder: Path) -> str:
    """The address of the tar at `address` as it is without compression."""
    packed = next((suffix for suffix in PACKED_TARS if address.lower().endswith(suffix)), None)
    if packed is None:
        return address
    name = address.rpartition("/")[2]
    target = folder / f"{name.removesuffix(packed)}-unpacked.tar"
    if not target.exists():
        partial = target.with_suffix(".partial")
        with _open(address) as file, PACKED_TARS[packed](file) as inside, partial.open("wb") as out:
            shutil.copyfileobj(inside, out)
        os.replace(partial, target)
    return str(target)


def _open(address: str) -> IO[bytes]:
    if REMOTE not in address:
        return open(address, "rb")
    system, path = _file_system(address)
    return system.open(path, "rb")


def _is_folder(address: str) -> bool:
    if REMOTE not in address:
        return os.path.isdir(address)
    system, path = _file_system(address)
    # Web servers know no folders, and asking would load the page.
    return not address.startswith(("http://", "https://")) and system.isdir(path)


def _files(address: str) -> Iterator[tuple[str, str]]:
    """Yield address and path below of every file in a folder, by name; hidden ones are left out."""
    if REMOTE in address:
        system, path = _file_system(address)
        for file in sorted(system.find(path)):
            below = file.removeprefix(path.rstrip("/") + "/")
            if not _is_hidden(below):
                yield system.unstrip_protocol(file), below
        return
    root = os.path.abspath(address)
    for above, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                file = os.path.join(above, name)
                yield file, os.path.relpath(file, root).replace(os.sep, "/")


def _lines(address: str) -> Iterator[str]:
    with _open(address) as file:
        for raw in file:
            line = os.fsdecode(raw).strip().removeprefix("\ufeff")
            if line and not line.startswith("#"):
                yield line


def _beside(address: str, entry: str) -> str:
    """The address of an `entry` of the list at `address`: where it is relative, it lies beside the list."""
    if REMOTE in entry:
        return entry
    if REMOTE in address:
        return f"{address.rpartition('/')[0]}/{entry}"
    return os.path.join(os.path.dirname(os.path.abspath(address)), entry)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in path.split("/"))


def _file_system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs

        return url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise SourceError(f"{address} can't be opened: {error}.") from None


def _why(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
