"""Who is who in UNIPEN: collections and writers have the same numbers wherever they are read from.

The split (`strangers.py`) names people by their number in the packed files, which keep no names.
`unipen_people.json` holds, by collection and writer, the keys of a few drawings, by which the same people are
found in UNIPEN's own archive. `python -m model_training.unipen_people` writes it from the packed files.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from model_training.datasets import DataUnavailableError, Drawing
from model_training.packed_strokes import key_of, read_packed

PEOPLE = Path(__file__).with_name("unipen_people.json")
KINDS = ("digits", "letters", "symbols", "numbers")
KEYS = 4  # drawings by which a writer is known: some, for one may round otherwise where it is parsed anew
FEWEST_POINTS = 12  # simpler ones can look the same by two people


def recognised(by_person: Mapping[tuple[str, str], list[Drawing]]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (collection, writer) as numbers for each (collection's name, writer's name).

    Those whose drawings are known get the numbers that they have in the packed files, by the majority of
    their known drawings; the others get numbers that nobody has, in the order of their names.
    """
    known = {
        key: (int(collection), int(writer))
        for collection, writers in json.loads(PEOPLE.read_text()).items()
        for writer, keys in writers.items()
        for key in keys
    }
    people: dict[tuple[str, str], int] = {}
    votes: dict[str, Counter[int]] = defaultdict(Counter)
    for (name, person), drawings in by_person.items():
        seen = Counter(known[key] for key in map(key_of, drawings) if key in known)
        if seen:
            (collection, writer), _ = seen.most_common(1)[0]
            people[name, person] = writer
            votes[name][collection] += 1
    collections = {name: counts.most_common(1)[0][0] for name, counts in votes.items()}
    next_collection = max(collection for collection, _ in known.values()) + 1
    next_writer = max(writer for _, writer in known.values()) + 1
    for name, person in sorted(by_person):
        if name not in collections:
            collections[name] = next_collection
            next_collection += 1
        if (name, person) not in people:
            people[name, person] = next_writer
            next_writer += 1
    return {(name, person): (collections[name], people[name, person]) for name, person in by_person}


def keys_of_people(drawings: list[Drawing]) -> dict[str, dict[str, list[str]]]:
    """Return up to `KEYS` keys for each writer by collection, none of which two people share."""
    owners: dict[str, set[int]] = defaultdict(set)
    by_writer: dict[tuple[int, int], list[str]] = defaultdict(list)
    for drawing in drawings:
        key = key_of(drawing)
        owners[key].add(drawing.writer)
        if sum(map(len, drawing.strokes)) >= FEWEST_POINTS:
            by_writer[drawing.collection, drawing.writer].append(key)
    people: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (collection, writer), keys in sorted(by_writer.items()):
        own = [key for key in dict.fromkeys(keys) if len(owners[key]) == 1]
        people[str(collection)][str(writer)] = own[:KEYS]
    return dict(people)


def main() -> int:
    """Write `unipen_people.json` from the packed files; return the exit code."""
    folder = os.environ.get("UNIPEN_PATH")
    if not folder:
        print("error: UNIPEN_PATH must name the folder of UNIPEN's packed files", file=sys.stderr)
        return 1
    try:
        drawings = [d for kind in KINDS for d in read_packed(Path(folder) / f"unipen-{kind}.npz")]
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    people = keys_of_people(drawings)
    PEOPLE.write_text(json.dumps(people, indent=0) + "\n")
    print(f"{sum(map(len, people.values()))} writers of {len(people)} collections: {PEOPLE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
