"""A request's query: parameters that are understood, each at most once."""

from collections.abc import Sequence

from flask import Request

from backend.api.errors import Problem, shortened
from backend.reading.classifier import Classifier


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


def _one_of(request: Request, name: str, values: Sequence[str], default: str) -> str:
    sent = request.args.getlist(name)
    if not sent:
        return default
    if len(sent) == 1 and sent[0] in values:
        return sent[0]
    got = shortened(", ".join(sent), 30) or "nothing"
    message = f"must be {' or '.join(values)}, once, got {got}"
    raise Problem(422, f"{name} {message}.", [{"location": name, "message": message}])
