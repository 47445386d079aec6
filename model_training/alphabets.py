"""Alphabets: the labels that a model knows, in the order of its outputs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Alphabet:
    """The labels of one model; a drawing's label is one of them, or is no character of the alphabet."""

    name: str
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.labels)

    def index(self, label: str) -> int:
        """The output that stands for `label`; raises ValueError if it isn't one of the labels."""
        return self.labels.index(label)


DIGITS = Alphabet("digits", tuple("0123456789"))
