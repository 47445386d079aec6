"""Changes of a drawing as Yjs writes them, small enough to be made by hand."""

from backend.together.updates import BYTES, HAS_LEFT, ROOT

NOTHING = b"\x00\x00"


def varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def text(content: bytes) -> bytes:
    return varint(len(content)) + content


def element(content: bytes, left: tuple[int, int] | None = None) -> bytes:
    """A stroke of those bytes, behind the one at `left` (client and clock)."""
    if left is None:
        return bytes([BYTES]) + b"\x01" + text(ROOT) + text(content)
    return bytes([BYTES | HAS_LEFT]) + varint(left[0]) + varint(left[1]) + text(content)


def update(
    client: int, clock: int, *elements: bytes, deleted: tuple[tuple[int, int, int], ...] = ()
) -> bytes:
    """What `client` adds from `clock` on, and what it deletes (client, first clock, how many)."""
    added = (
        varint(1) + varint(len(elements)) + varint(client) + varint(clock) + b"".join(elements)
        if elements
        else varint(0)
    )
    gone = b"".join(varint(whose) + varint(1) + varint(first) + varint(n) for whose, first, n in deleted)
    return added + varint(len(deleted)) + gone
