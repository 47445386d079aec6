"""Logs: one JSON object a line."""

import json
import logging
import sys
import time


class JsonFormatter(logging.Formatter):
    """Formats a record as one line of JSON: time, level, message, and the request's fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of `record`; a stack trace is a part of it, never of an answer."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "time": f"{stamp}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "message": record.getMessage(),
        }
        if isinstance(record.args, dict):
            line |= record.args
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


def configure_logs() -> None:
    """Send this process's logs to standard error, one JSON object a line."""
    # Finding out for each line which thread logs would cost more than the line.
    logging.logThreads = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    log = logging.getLogger("backend")
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
