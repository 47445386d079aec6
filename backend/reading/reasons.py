"""Why nothing is recognised: codes for programs, sentences for people."""

from enum import StrEnum

from backend.reading.alphabet import Alphabet


class Reason(StrEnum):
    """The stable codes."""

    NOTHING_DRAWN = "nothing_drawn"  # the image is empty
    NOTHING_FOUND = "nothing_found"  # on the picture nothing that could be a character is written
    NOT_A_CHARACTER = "not_a_character"  # something is written, but it doesn't look like one
    TURNED = "turned"  # the same, but upside down or on its side it would
    WRONG_SCALE = "wrong_scale"  # the pixels lie in 0..1
    LOOKS_INVERTED = "looks_inverted"  # of the pixels nearly all are ink


def sentence(reason: Reason, alphabet: Alphabet) -> str:
    """Return `reason` as part of a sentence that a person reads."""
    return {
        Reason.NOTHING_DRAWN: "nothing is drawn",
        Reason.NOTHING_FOUND: f"no {alphabet.one} is found in the picture",
        Reason.NOT_A_CHARACTER: f"it doesn't look like a {alphabet.one}",
        Reason.TURNED: f"it may be a {alphabet.one} upside down or on its side: turn the picture upright",
        Reason.WRONG_SCALE: "all values lie in 0..1: pixels are 0 for paper to 255 for full ink",
        Reason.LOOKS_INVERTED: "nearly everything is ink: is the image inverted? 0 is paper, 255 is full ink",
    }[reason]
