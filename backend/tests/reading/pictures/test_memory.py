"""Decoding takes no more memory than was told before, however many pictures come at a time."""

import platform
import subprocess
import sys
import threading
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from backend.reading import free_blocks
from backend.reading.errors import PictureTooLargeError
from backend.reading.free_blocks import QUIET
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.memory import WORKING, Budget
from backend.reading.settings import MEBIBYTE, REPOSITORY, ReadingSettings
from backend.tests.pictures import in_heic, picture

MOST = ReadingSettings.max_picture_memory
# Decodes a file in several threads at a time, in a process of its own; prints how many bytes that took.
PROGRAM = """
import pathlib, sys, threading
from PIL import Image
from backend.reading.pictures.decoding import decode
from backend.reading.free_blocks import keep_little_memory
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import grey_of, in_heic, picture

def peak():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return 1024 * int(next(line.split()[1] for line in lines if line.startswith("VmHWM")))

most = ReadingSettings.max_picture_memory
keep_little_memory()
content, threads = pathlib.Path(sys.argv[1]).read_bytes(), int(sys.argv[2])
for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"):
    decode(picture(grey_of(2), kind), most)
decode(in_heic(grey_of(2)), most)
before = peak()
running = [threading.Thread(target=decode, args=(content, most)) for _ in range(threads)]
[thread.start() for thread in running], [thread.join() for thread in running]
print(peak() - before)
"""

# Allocates in several threads at a time; glibc then tells of its heaps.
HEAPS = """
import ctypes, sys, threading
from backend.reading.free_blocks import keep_little_memory
if sys.argv[1:]:
    keep_little_memory()
all_there = threading.Barrier(4)
def allocate():
    blocks = [bytes(10_000) for _ in range(100)]
    all_there.wait()
running = [threading.Thread(target=allocate) for _ in range(4)]
[thread.start() for thread in running], [thread.join() for thread in running]
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's peak of memory")


def taken(content: bytes, folder: Path, threads: int = 1) -> int:
    """How many bytes decoding `content` in `threads` at a time adds to a process's peak."""
    file = folder / "picture"
    file.write_bytes(content)
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file), str(threads)],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not ran.stderr
    return int(ran.stdout)


def saved(mode: str, width: int, height: int, kind: str, **options) -> bytes:
    image = Image.new(mode, (width, height), "white")
    ImageDraw.Draw(image).line([(width // 2, 0), (width // 2, height)], "black", width // 20)
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def test_a_16_bit_picture_is_shrunk_before_it_is_converted(tmp_path):
    levels = np.full((4000, 4000), 60_000, np.uint16)
    levels[800:3200, 1900:2200] = 3000
    content = picture(levels)
    assert len(content) < 50_000
    assert taken(content, tmp_path) < 56 * MEBIBYTE  # 31 of them its pixels; 183 megabytes once


def test_a_jpeg_of_120_megapixels_is_shrunk_while_it_is_decoded(tmp_path):
    content = saved("L", 12_000, 10_000, "JPEG")
    assert max(decode(content, MOST).colours.shape) == 800
    assert taken(content, tmp_path) < 32 * MEBIBYTE


def heic(side: int) -> bytes:
    grey = np.full((side, side), 230, np.uint8)
    grey[side // 4 : -side // 4, side // 2 : side // 2 + side // 20] = 20
    return in_heic(grey)


# About as large as they may be.
LARGEST = {
    "RGB PNG": lambda: saved("RGB", 5600, 5600, "PNG", compress_level=1),
    "RGBA PNG": lambda: saved("RGBA", 5600, 5600, "PNG", compress_level=1),
    "lossy WebP": lambda: saved("RGB", 2780, 2780, "WEBP", method=0),
    "lossless WebP": lambda: saved("RGBA", 2780, 2780, "WEBP", lossless=True, quality=0, method=0),
    "TIFF in one strip": lambda: saved(
        "RGB", 3200, 3200, "TIFF", compression="tiff_lzw", tiffinfo={278: 3200, 274: 6}
    ),
    "TIFF in thin strips": lambda: saved("RGB", 5500, 5500, "TIFF", compression="tiff_lzw"),
    "progressive JPEG": lambda: saved("RGB", 4450, 4450, "JPEG", progressive=True, subsampling=0),
    "HEIC": lambda: heic(3600),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGEST)
def test_the_largest_of_every_kind_and_three_at_a_time_stay_within_the_bound(kind, tmp_path):
    content = LARGEST[kind]()
    assert taken(content, tmp_path, threads=3) < MOST


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="tells of glibc's heaps")
def test_threads_share_a_heap_which_would_grow_for_each_of_them():
    def heaps(*arguments: str) -> int:
        command = [sys.executable, "-c", HEAPS, *arguments]
        told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
        return told.stdout.count("<heap nr=")

    assert heaps() > 1
    assert heaps("little") == 1


@pytest.mark.parametrize("subsampling", [0, 2])
def test_a_progressive_jpeg_is_kept_whole_and_refused_where_that_costs_too_much(subsampling):
    content = saved("RGB", 2000, 2000, "JPEG", progressive=True, subsampling=subsampling)
    coefficients = 2000 * 2000 * 2 * (3 if subsampling == 0 else 1.5)
    with pytest.raises(PictureTooLargeError, match="2000 x 2000"):
        decode(content, int(coefficients) + WORKING)
    assert decode(content, int(coefficients) + 8 * MEBIBYTE + WORKING)
    assert decode(saved("RGB", 2000, 2000, "JPEG"), 8 * MEBIBYTE + WORKING)


def test_who_finds_too_little_memory_left_waits_and_is_not_overtaken():
    budget, order = Budget(), []
    large_waits = threading.Event()

    def work(name: str, cost: int) -> None:
        with budget.take(cost, 10):
            order.append(name)

    with budget.take(6, 10):
        large = threading.Thread(target=work, args=("large", 10))
        large.start()
        small = threading.Thread(target=work, args=("small", 1))
        large_waits.wait(0.1)
        small.start()
        small.join(0.1)
        assert order == []
    large.join(10)
    small.join(10)
    assert order == ["large", "small"]


def test_a_failure_gives_its_memory_back():
    budget = Budget()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), budget.take(10, 10):
            raise ZeroDivisionError


def test_free_blocks_are_returned_once_no_picture_comes(monkeypatch):
    returned = threading.Event()
    monkeypatch.setattr(free_blocks, "return_free_blocks", returned.set)
    budget = Budget()
    for _ in range(3):
        with budget.take(1, 1):
            pass
    assert not returned.is_set()
    assert returned.wait(20 * QUIET)
    returned.clear()
    with budget.take(1, 1):
        pass
    assert returned.wait(20 * QUIET)
