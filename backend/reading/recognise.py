"""Recognise the digits, letters, or whole numbers, in picture files, without a server.

`python -m backend.reading.recognise FILE...` prints a line a file: its name, the digit and how sure that
is, or why there is none. With `--numbers` whole numbers are read, and a space stands between lines. With
`--alphabet letters` it is letters that are read. `-` reads a picture from standard input.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from tqdm import tqdm

from backend.reading.alphabet import DIGITS, LETTERS_NAME
from backend.reading.classifier import Classifier, GraphClassifier
from backend.reading.errors import PictureError, PictureTooLargeError
from backend.reading.model_files import ModelError, prepare_model
from backend.reading.numbers import read_picture
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import ReadingSettings, settings_from_environment

STANDARD_INPUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Recognise each file; return 1 if one could not be read, or the model could not."""
    parser = argparse.ArgumentParser(prog="python -m backend.reading.recognise", description=__doc__)
    parser.add_argument("files", nargs="+", metavar="FILE", help="a picture, or - for standard input")
    parser.add_argument("--numbers", action="store_true", help="read whole numbers, not one digit a picture")
    parser.add_argument("--json", action="store_true", help="print a JSON object a file")
    parser.add_argument("--alphabet", choices=(DIGITS.name, LETTERS_NAME), default=DIGITS.name)
    options = parser.parse_args(arguments)
    # A file's name may be no text at all.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    settings = settings_from_environment()
    try:
        path = settings.letters_model_path if options.alphabet == LETTERS_NAME else settings.model_path
        model = prepare_model(path, settings.cache_folder)
    except ModelError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    classifier = GraphClassifier(model)
    try:
        return recognise_all(options.files, options.json, settings, classifier, options.numbers)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our lines has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def recognise_all(
    files: Sequence[str],
    as_json: bool,
    settings: ReadingSettings,
    classifier: Classifier,
    numbers: bool = False,
) -> int:
    """Print what each of `files` shows, one digit or `numbers`; return 1 if one could not be read, else 0."""
    failed = False
    many = len(files) > 1 and sys.stderr.isatty()
    for name in tqdm(files, unit="file", disable=not many):
        try:
            found = recognise(name, settings, classifier, numbers)
        except (OSError, PictureError) as error:
            failed = True
            reason = str(error) if isinstance(error, PictureError) else f"{error.strerror}."
            found = {"file": name, "error": reason}
            tqdm.write(f"error: {name}: {reason}", file=sys.stderr)
            if not as_json:
                continue
        tqdm.write(json.dumps(found) if as_json else as_line(found), file=sys.stdout)
        sys.stdout.flush()
    return int(failed)


def recognise(
    name: str, settings: ReadingSettings, classifier: Classifier, numbers: bool = False
) -> dict[str, Any]:
    """Return the prediction for the picture in the file `name`, or the `numbers` on it, its name beside it.

    Raises OSError if the file can't be read, PictureError if it is too large or no picture.
    """
    most = settings.max_file_bytes
    with sys.stdin.buffer if name == STANDARD_INPUT else open(name, "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise PictureTooLargeError(f"may hold {most:,} bytes, it has more")
    if numbers:
        answer, _ = read_picture(content, settings.max_picture_memory, classifier)
        return {"file": name, **answer}
    prediction, _, _ = predict_picture(content, settings.max_picture_memory, classifier)
    return {"file": name, **prediction}


def as_line(found: dict[str, Any]) -> str:
    """Return a prediction, or what is read, as a line of three columns with tabs between them."""
    if "reason" in found:
        return f"{found['file']}\t-\t{found['reason']}"
    read = found["text"].replace("\n", " ") if "text" in found else found["character"]
    return f"{found['file']}\t{read}\t{found['confidence']:.1%}"


if __name__ == "__main__":
    sys.exit(main())
