"""The alphabet of a model: the labels that it tells apart, in the order of its probabilities."""

from typing import NamedTuple


class Alphabet(NamedTuple):
    """What a model reads."""

    name: str  # such as "digits"
    labels: tuple[str, ...]

    @property
    def one(self) -> str:
        """What one of its labels is called in a sentence."""
        return {"digits": "digit", "letters": "letter"}.get(self.name, "character")


DIGITS = Alphabet("digits", tuple("0123456789"))
