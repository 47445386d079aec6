"""Read many pictures: `python -m backend.cluster read SOURCE --out DIR`.

SOURCE is a folder, a list (.txt, one address a line), a .tar or a .parquet of pictures, on this machine or at
an address such as s3://bucket/scans. The rows, one a picture, are in DIR/results.parquet and DIR/results.csv
at the end. Stopped, the same command goes on where it was. A Ray cluster reads where there is one (--address,
RAY_ADDRESS, or one that `ray start` began on this machine), else the cores of this machine.
"""

import argparse
import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from backend.reading.alphabet import DIGITS, LETTERS_NAME
from backend.reading.model_files import ModelError, prepare_model
from backend.reading.settings import settings_from_environment

try:
    import pyarrow as pa

    from backend.cluster import processes, ray_data
    from backend.cluster.results import SHEET, TABLE, Results, ResultsError
    from backend.cluster.rows import Task
    from backend.cluster.sources import REMOTE, SMALLEST_PART, Picture, SourceError, divided, list_pictures
except ModuleNotFoundError as missing:
    sys.exit(f"error: {missing.name} is not installed: pip install -r requirements-cluster.txt")

Engine = Callable[[Sequence[Sequence[Picture]], Task], Iterator[pa.Table]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m backend.cluster", description=__doc__)
    read = parser.add_subparsers(required=True, metavar="read").add_parser(
        "read", help="read the pictures of a source", description=__doc__
    )
    read.add_argument("source", metavar="SOURCE", help="a folder, a list, a .tar or a .parquet of pictures")
    read.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the results are kept")
    read.add_argument("--alphabet", choices=(DIGITS.name, LETTERS_NAME), default=DIGITS.name)
    read.add_argument("--numbers", action="store_true", help="read whole numbers, not one digit a picture")
    read.add_argument("--address", help="of the Ray cluster")
    read.add_argument("--no-ray", action="store_true", help="read on this machine, by processes")
    read.add_argument("--processes", type=int, help="as many as cores, where this machine reads")
    options = parser.parse_args(arguments)
    if options.processes is not None and options.processes < 1:
        parser.error("--processes must be at least 1")
    if options.no_ray and options.address:
        parser.error("--address is of a Ray cluster, and --no-ray uses none")
    try:
        return _read(options)
    except (ModelError, SourceError, ResultsError, ray_data.NoClusterError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except processes.LostProcessesError as error:
        print(f"error: {error} The same command goes on where this one stopped.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on where this one stopped.", file=sys.stderr)
        return 130


def _read(options: argparse.Namespace) -> int:
    source = options.source if REMOTE in options.source else os.path.abspath(options.source)
    if REMOTE not in source and options.out.resolve().is_relative_to(Path(source).resolve()):
        raise SourceError("--out must not lie in SOURCE: the results would be taken for pictures.")
    settings = settings_from_environment()
    path = settings.letters_model_path if options.alphabet == LETTERS_NAME else settings.model_path
    task = Task(prepare_model(path, settings.cache_folder), options.numbers)
    results = Results(
        options.out,
        {
            "source": source,
            "alphabet": task.model.alphabet.name,
            "numbers": task.numbers,
            "model": task.model.facts["version"],
        },
    )
    try:
        pictures = list_pictures(source, options.out)
        done = results.done()
        left = [picture for picture in pictures if picture.name not in done]
        if left:
            _read_all(left, len(pictures), task, results, options)
        counts = results.finish()
    finally:
        results.close()
    print(
        f"{counts.total():,} pictures: {counts['read']:,} read, on {counts['not read']:,} nothing is "
        f"recognised, {counts['failed']:,} could not be read. {options.out / TABLE} and {SHEET} hold a row "
        "for each."
    )
    return 0


def _read_all(
    left: list[Picture], of: int, task: Task, results: Results, options: argparse.Namespace
) -> None:
    cores, engine = _engine(options, len(left))
    parts = divided(left, cores)
    places = {part[0].name: place for place, part in enumerate(parts)}
    with tqdm(total=of, initial=of - len(left), unit="picture", disable=not sys.stderr.isatty()) as progress:
        for rows in engine(parts, task):
            results.keep(places[rows["picture"][0].as_py()], rows)
            progress.update(len(rows))


def _engine(options: argparse.Namespace, pictures: int) -> tuple[int, Engine]:
    """On how many cores that many `pictures` are read, and what reads them."""
    if not options.no_ray:
        try:
            cores = ray_data.connect(options.address)
            print(f"Reading with a Ray cluster of {cores} cores.", file=sys.stderr)
            return max(1, cores), ray_data.read_by_ray
        except (ImportError, ray_data.NoClusterError) as error:
            if options.address:
                raise ray_data.NoClusterError(f"No Ray cluster at {options.address}: {error}") from None
    count = min(options.processes or _cores(), -(-pictures // SMALLEST_PART))
    print(
        f"Reading on this machine, with {count} {'process' if count == 1 else 'processes'}.", file=sys.stderr
    )
    return count, functools.partial(processes.read_by_processes, count=count)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
