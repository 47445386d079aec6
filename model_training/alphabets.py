"""Alphabets: the labels that a model knows, in the order of its outputs."""

import string
from dataclasses import dataclass


@dataclass(frozen=True)
class Alphabet:
    """The labels of one model; a drawing's label is one of them, or is no character of the alphabet."""

    name: str
    one: str  # what one of its characters is called
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def is_one(self) -> str:
        """The name of the network's output that says whether it is one of its characters at all."""
        return f"is_{self.one}"

    @property
    def network(self) -> str:
        """The name of its network, and of the model's files."""
        return f"{self.one}_cnn"

    def index(self, label: str) -> int:
        """The output that stands for `label`, in either case; raises ValueError if it isn't one of them."""
        return self.labels.index(label.upper())


DIGITS = Alphabet("digits", "digit", tuple(string.digits))
# Case isn't asked: framed to one size, c and C, o and O, s and S, ... are the same drawing.
LETTERS = Alphabet("letters", "letter", tuple(string.ascii_uppercase))
ALPHABETS = {alphabet.name: alphabet for alphabet in (DIGITS, LETTERS)}
