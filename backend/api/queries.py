"""A request's query: parameters that are understood, each at most once."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from flask import Request

from backend.api.errors import Problem, shortened
from backend.reading.classifier import Classifier

USUALLY_LISTED, MOST_LISTED = 50, 100  # corrections on a page
T = TypeVar("T")


def wants_stages(request: Request) -> bool:
    """Return what the query's `stages` says: true or false, the default. Raises Problem 422."""
    return _one_of(request, "stages", ("true", "false"), "false") == "true"


def wants_numbers(request: Request) -> bool:
    """Return whether the query's `read` says numbers, or one digit, the default. Raises Problem 422."""
    return _one_of(request, "read", ("digit", "numbers"), "digit") == "numbers"


def classifier_for(request: Request, classifiers: Sequence[Classifier]) -> Classifier:
    """Return the classifier of the alphabet that the query asks for, the first where it names none.

    Raises Problem 422 if none of `classifiers` reads that alphabet.
    """
    by_name = {classifier.alphabet.name: classifier for classifier in classifiers}
    return by_name[_one_of(request, "alphabet", tuple(by_name), classifiers[0].alphabet.name)]


def page_of(request: Request) -> tuple[UUID | None, int]:
    """Return the query's `after`, an id or None, and its `limit`, 1..100 or 50. Raises Problem 422."""
    after = _sent(request, "after", "the id of a correction", UUID)
    limit = _sent(request, "limit", f"a whole number from 1 to {MOST_LISTED}", _listed)
    return after, USUALLY_LISTED if limit is None else limit


def _listed(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", text) or not 1 <= int(text) <= MOST_LISTED:
        raise ValueError(text)
    return int(text)


def _sent(request: Request, name: str, asked: str, parsed: Callable[[str], T]) -> T | None:
    sent = request.args.getlist(name)
    if not sent:
        return None
    try:
        (text,) = sent
        return parsed(text)
    except ValueError:
        message = f"must be {asked}, once, got {shortened(', '.join(sent), 30) or 'nothing'}"
        raise Problem(422, f"{name} {message}.", [{"location": name, "message": message}]) from None


def _one_of(request: Request, name: str, values: Sequence[str], default: str) -> str:
    sent = request.args.getlist(name)
    if not sent:
        return default
    if len(sent) == 1 and sent[0] in values:
        return sent[0]
    got = shortened(", ".join(sent), 30) or "nothing"
    message = f"must be {' or '.join(values)}, once, got {got}"
    raise Problem(422, f"{name} {message}.", [{"location": name, "message": message}])
