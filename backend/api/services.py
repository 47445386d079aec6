"""What the API is handed by whoever serves it."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from backend.reading.alphabet import Alphabet


class Metrics(Protocol):
    """Counts what is answered."""

    content_type: str

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count one request; `route` is the rule that matched, never the path that was sent."""

    def count_prediction(
        self, alphabet: Alphabet, character: str | None, reason: str | None, times: int = 1
    ) -> None:
        """Count images predicted as `character` of `alphabet`, or as none for a `reason`."""

    def count_explanation(self, alphabet: Alphabet, character: str | None) -> None:
        """Count an image explained, whose prediction is counted apart if it was asked for too."""

    def exposition(self) -> bytes:
        """Return all that was counted, in Prometheus's text format."""
        ...


class Limiter(Protocol):
    """Says how often a client may ask."""

    def wait(self, client: str) -> float:
        """Return 0 if `client` may ask now, or the seconds until it may."""
        ...


class BatchAnswer(NamedTuple):
    """The answer to a batch, and what is to be counted of it."""

    document: bytes  # JSON
    counts: dict[tuple[str | None, str | None], int]  # images by character and by reason


class Batches(Protocol):
    """Answers batches where they keep no single request waiting."""

    def answer(self, body: bytes, media_type: str, alphabet: str) -> BatchAnswer:
        """Return what `batches.answer_batch` makes of `body` by the classifier of the alphabet so named.

        Raises Problem as it does.
        """
        ...


class Versions(Protocol):
    """Knows what the served models have learnt."""

    def line(self, alphabet: str) -> list[dict[str, Any]]:
        """Return the versions of the model of the alphabet so named, see `VersionsResponse`."""
        ...


@dataclass(frozen=True)
class Services:
    """All of them; those that are None are done without."""

    metrics: Metrics
    limiter: Limiter | None = None
    lesson_limiter: Limiter | None = None  # of corrections alone
    drawing_limiter: Limiter | None = None  # of shared drawings alone
    batches: Batches | None = None
    versions: Versions | None = None
