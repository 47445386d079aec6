"""What a photograph of 12 megapixels costs, against merely decoding and shrinking it.

`python -m backend.bench.pictures` prints processor time, which other work on the machine changes least.
"""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image

from backend.evaluation.photographs import CONDITIONS, photograph
from backend.reading.pictures.decoding import decode
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.settings import ReadingSettings
from backend.reading.threads import compute_on_one_thread

RUNS = 15
MEBIBYTE = 1 << 20


def main() -> None:
    """Print one line a step."""
    compute_on_one_thread()
    rng = np.random.default_rng(0)
    curve = rng.random((6, 2)).cumsum(axis=0)
    content = photograph(CONDITIONS["4,000 px"](rng), [curve], rng)
    most = ReadingSettings.max_picture_memory
    plain = milliseconds(lambda: Image.open(BytesIO(content)).convert("L").resize((28, 28)))
    decoding = milliseconds(lambda: decode(content, most))
    whole = milliseconds(lambda: picture_to_ink(content, most))
    tracemalloc.start()
    picture_to_ink(content, most)
    memory = tracemalloc.get_traced_memory()[1]
    print(f"12-megapixel JPEG of {len(content) / 1e6:.1f} MB, processor time, one thread, median of {RUNS}")
    print(f"{'plain decoding and shrinking':<32}{plain:>7.1f} ms")
    print(f"{'decoding, shrunk on the way':<32}{decoding:>7.1f} ms{decoding / plain:>7.2f}x")
    print(f"{'from there to ink':<32}{whole - decoding:>7.1f} ms{(whole - decoding) / plain:>7.2f}x")
    print(f"{'arrays at most':<32}{memory / MEBIBYTE:>7.0f} MiB")


def milliseconds(act: Callable[[], object]) -> float:
    """Return the median processor time of `act`."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        act()
        times.append(time.process_time() - begun)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
