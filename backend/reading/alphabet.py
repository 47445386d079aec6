"""The alphabet of a model: the labels that it tells apart, in the order of its probabilities."""

from typing import NamedTuple


class Alphabet(NamedTuple):
    """What a model reads."""

    name: str  # such as "digits"
    labels: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """What names of its own begin with: nothing for digits, which were there first."""
        return "" if self.name == DIGITS.name else f"{self.one}_"

    @property
    def one(self) -> str:
        """What one of its labels is called in a sentence."""
        return {"digits": "digit", "letters": "letter"}.get(self.name, "character")


DIGITS = Alphabet("digits", tuple("0123456789"))
LETTERS_NAME = "letters"
