"""Changes are let through where they are a drawing's and fit to what is there, and nothing else is."""

import random

import pytest

from backend.tests.together.changes import element, text, update, varint
from backend.together.updates import MalformedError, read_change, write_state

ANN, BEN = 2**52 + 7, 300
# Written by Yjs 13.6: 7 adds a stroke and another and deletes the first; 9 adds three, takes two back and
# brings one of them again.
BY_YJS = bytes.fromhex(
    "0204090083070101088309000109830901010ac30900090101090207000101077374726f6b6573018307000204"
    "05020901010207010001"
)


def test_what_is_drawn_and_deleted_is_known_afterwards():
    drawn = read_change(update(ANN, 0, element(b"one"), element(b"two", (ANN, 0))))
    state = drawn.merged({})
    assert state == {ANN: 2}
    taken_back = read_change(update(BEN, 0, element(b"three", (ANN, 1)), deleted=((ANN, 0, 2),)))
    assert taken_back.merged(state) == {ANN: 2, BEN: 1}
    assert taken_back.deletions == {(ANN, 0, 2)}


def test_what_yjs_wrote_is_read():
    change = read_change(BY_YJS)
    assert change.merged({}) == {9: 4, 7: 2}
    assert change.deletions == {(9, 1, 2), (7, 0, 1)}


def test_a_state_is_written_as_yjs_reads_it():
    assert write_state({300: 2}) == bytes([1, 0xAC, 0x02, 2])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (update(ANN, 3, element(b"one")), "missing before"),
        (update(ANN, 0, element(b"one", (BEN, 0))), "isn't there"),
        (update(ANN, 0, element(b"one"), deleted=((ANN, 0, 2),)), "isn't there"),
    ],
)
def test_what_does_not_fit_is_refused(change, words):
    with pytest.raises(MalformedError, match=words):
        read_change(change).merged({})


@pytest.mark.parametrize(
    "change",
    {
        "nothing": b"",
        "cut short": update(ANN, 0, element(b"one"))[:-4],
        "followed by more": update(ANN, 0, element(b"one")) + b"\x00",
        "more clients than there are bytes": varint(2**31 - 1),
        "a number without an end": b"\xff" * 20,
        "a client beyond what JavaScript counts": update(2**53, 0, element(b"one")),
        "a clock that overflows": update(ANN, 2**31 - 1, element(b"one")),
        "a client twice": varint(2) + update(ANN, 0, element(b"one"))[1:-1] * 2 + b"\x00",
        "another root": update(ANN, 0, b"\x03\x01" + text(b"words") + text(b"one")),
        "inside of another element": update(ANN, 0, b"\x03\x00" + varint(ANN) + varint(0) + text(b"one")),
        "under a key": update(ANN, 0, b"\x23\x01" + text(b"strokes") + text(b"key") + text(b"one")),
        "nothing that was deleted": update(ANN, 0, b"\x01\x01" + text(b"strokes") + b"\x00"),
        "a type": update(ANN, 0, b"\x07\x01" + text(b"strokes") + b"\x00"),
        "values in each other, which kill pycrdt": update(
            ANN, 0, b"\x08\x01" + text(b"strokes") + b"\x01" + b"\x75\x01" * 30_000 + b"\x7e"
        ),
        "what is skipped": update(ANN, 0, b"\x0a\x05"),
    }.items(),
    ids=lambda case: case[0],
)
def test_what_is_no_change_of_a_drawing_is_refused(change):
    with pytest.raises(MalformedError):
        read_change(change[1])


def test_damaged_changes_are_refused_or_read_and_never_do_harm():
    chance = random.Random(17)
    whole = update(ANN, 0, element(b"one"), element(b"two", (ANN, 0)), deleted=((ANN, 0, 1),))
    for _ in range(2000):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            read_change(bytes(damaged)).merged({})
        except MalformedError:
            continue
