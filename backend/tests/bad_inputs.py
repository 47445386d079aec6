"""The corpus of bad inputs: each by class and name, with every status that is a right answer."""

import json
import zlib
from dataclasses import dataclass, field
from io import BytesIO

import numpy as np

from backend.tests.pictures import form, grey_of, in_base64, picture, pixels_of, png_saying

JSON = {"Content-Type": "application/json"}
ONE = pixels_of(1)


@dataclass(frozen=True)
class BadInput:
    """One request that must be refused with `status`."""

    kind: str
    name: str
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    method: str = "POST"
    path: str = "/predict"
    announced: str | None = None  # a Content-Length of its own; "" sends none

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    def raw(self) -> bytes:
        """The request as it goes over the wire."""
        length = str(len(self.body)) if self.announced is None else self.announced
        headers = {"Host": "localhost", **self.headers, **({"Content-Length": length} if length else {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{self.method} {self.path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + self.body


def corpus() -> list[BadInput]:
    """Return every bad input."""
    return [*_body(), *_top_level(), *_type(), *_shape(), *_values(), *_structure(), *_headers(),
            *_base64(), *_multipart(), *_pictures(), *_batch(), *_numbers(), *_corrections(),
            *_routes()]  # fmt: skip


def _json(kind: str, cases: dict[str, tuple[int, object]], path: str = "/predict") -> list[BadInput]:
    return [
        BadInput(
            kind, name, status, sent if isinstance(sent, bytes) else json.dumps(sent).encode(), path=path
        )
        for name, (status, sent) in cases.items()
    ]


def with_level(text: str) -> bytes:
    """Good pixels with `text` in the place of the first level."""
    return f'{{"pixels": [{text}, {", ".join(map(str, ONE[1:]))}]}}'.encode()


def _body() -> list[BadInput]:
    good = json.dumps({"pixels": ONE}).encode()
    cases = {
        "empty": (400, b""),
        "a space": (400, b" "),
        "a word": (400, b"seven"),
        "cut off": (400, good[:-20]),
        "one bracket": (400, b"{"),
        "two documents": (400, good + good),
        "something after it": (400, good + b"x"),
        "a trailing comma": (400, good[:-2] + b",]}"),
        "single quotes": (400, b"{'pixels': [1]}"),
        "a comment": (400, b"/* hello */" + good),
        "a byte order mark": (400, b"\xef\xbb\xbf" + good),
        "UTF-16": (400, good.decode().encode("utf-16")),
        "UTF-32": (400, good.decode().encode("utf-32")),
        "bytes that are no UTF-8": (400, b'{"image": "\xff\xfe"}'),
        "an overlong UTF-8 form": (400, b'{"image": "\xc0\xaf"}'),
        "NUL bytes": (400, b"\0" * 100),
        "a control character": (400, b'{"image": "a\nb"}'),
        "random bytes": (400, np.random.default_rng(1).bytes(5000)),
        "XML": (400, b"<pixels>1</pixels>"),
        "form fields": (400, b"pixels=1&pixels=2"),
    }
    return _json("body", cases)


def _top_level() -> list[BadInput]:
    cases: dict[str, tuple[int, object]] = {
        "null": (422, None),
        "true": (422, True),
        "a number": (422, 7),
        "text": (422, "pixels"),
        "an empty list": (422, []),
        "the bare pixels": (422, ONE),
        "an empty object": (422, {}),
        "NaN": (400, b"NaN"),
    }
    return _json("top level", cases)


def _type() -> list[BadInput]:
    kinds: dict[str, object] = {
        "null": None, "true": True, "a number": 7, "text": "0" * 784, "an object": {"0": 0},
    }  # fmt: skip
    cases: dict[str, tuple[int, object]] = {
        f"pixels are {name}": (422, {"pixels": value}) for name, value in kinds.items()
    }
    levels: dict[str, object] = {
        "text": "1", "empty text": "", "true": True, "null": None, "a list": [1], "an object": {"r": 1},
    }  # fmt: skip
    cases |= {f"a level is {name}": (422, {"pixels": [value, *ONE[1:]]}) for name, value in levels.items()}
    cases |= {
        f"the last level is {name}": (422, {"pixels": [*ONE[:-1], value]}) for name, value in levels.items()
    }
    return _json("type", cases)


def _shape() -> list[BadInput]:
    row = [0] * 28
    cases: dict[str, tuple[int, object]] = {
        "no levels": (422, {"pixels": []}),
        "one level": (422, {"pixels": [1]}),
        "783 levels": (422, {"pixels": ONE[:-1]}),
        "785 levels": (422, {"pixels": [*ONE, 0]}),
        "300,000 levels": (422, {"pixels": [1] * 300_000}),
        "27 rows": (422, {"pixels": [row] * 27}),
        "29 rows": (422, {"pixels": [row] * 29}),
        "a short row": (422, {"pixels": [row] * 27 + [row[1:]]}),
        "a long row": (422, {"pixels": [row] * 27 + [[*row, 0]]}),
        "empty rows": (422, {"pixels": [[]] * 28}),
        "a row and levels": (422, {"pixels": [row] * 27 + [0]}),
        "28x28x1": (422, {"pixels": [[[0]] * 28] * 28}),
        "1x28x28": (422, {"pixels": [[row] * 28]}),
        "1x784": (422, {"pixels": [ONE]}),
        "784x1": (422, {"pixels": [[level] for level in ONE]}),
    }
    return _json("shape", cases)


def _values() -> list[BadInput]:
    cases: dict[str, tuple[int, object]] = {
        "below 0": (422, with_level("-1")),
        "a little below 0": (422, with_level("-0.001")),
        "above 255": (422, with_level("256")),
        "a little above 255": (422, with_level("255.0001")),
        "the largest double": (422, with_level("1.7976931348623157e308")),
        "1e400": (422, with_level("1e400")),
        "-1e400": (422, with_level("-1e400")),
        "NaN": (400, with_level("NaN")),
        "Infinity": (400, with_level("Infinity")),
        "-Infinity": (400, with_level("-Infinity")),
        "nan": (400, with_level("nan")),
        "a 400-digit integer": (422, with_level("9" * 400)),
        "a 5,000-digit integer": (400, with_level("9" * 5000)),
        "2 to the 64": (422, with_level(str(1 << 64))),
        "hexadecimal": (400, with_level("0xff")),
        "a leading zero": (400, with_level("007")),
        "a leading plus": (400, with_level("+7")),
        "no digits after the point": (400, with_level("7.")),
        "a huge exponent": (422, with_level("1e999999999")),
    }
    return _json("values", cases)


def _structure() -> list[BadInput]:
    flat = json.dumps(ONE)
    cases: dict[str, tuple[int, object]] = {
        "another key": (422, {"image_data": ONE}),
        "the key in capitals": (422, {"Pixels": ONE}),
        "a key too many": (422, {"pixels": ONE, "label": 1}),
        "pixels and image": (422, {"pixels": ONE, "image": in_base64(picture(grey_of(1)))}),
        "pixels twice": (400, f'{{"pixels": {flat}, "pixels": {flat}}}'.encode()),
        "pixels twice, once escaped": (400, f'{{"pixels": {flat}, "pixel\\u0073": {flat}}}'.encode()),
        "image twice": (400, b'{"image": "aGk=", "image": "aGk="}'),
        "many keys": (422, {f"key{i}": i for i in range(50_000)}),
        "many keys, one of them twice": (400, b'{"a": 1, ' + b", ".join([b'"b": 1'] * 50_000) + b"}"),
        "nested a hundred thousand deep": (400, b"[" * 100_000 + b"]" * 100_000),
        "objects nested deeply": (400, b'{"pixels":' * 50_000 + b"1" + b"}" * 50_000),
        "pixels nested deeply": (400, with_level("[" * 300 + "]" * 300)),
        "pixels nested less deeply": (422, with_level("[" * 100 + "]" * 100)),
        "a lone surrogate": (400, b'{"image": "\\ud800"}'),
        "a lone surrogate as key": (400, b'{"\\udfff": 1}'),
        "surrogates the wrong way round": (400, b'{"image": "\\udc00\\ud800"}'),
        "a key with a NUL": (422, b'{"pixels\\u0000": 1}'),
        "a prototype": (422, b'{"__proto__": {"pixels": []}}'),
        "an unfinished escape": (400, b'{"image": "\\u12"}'),
    }
    return _json("structure", cases)


def _headers() -> list[BadInput]:
    good = json.dumps({"pixels": ONE}).encode()
    zipped = zlib.compress(good)

    def case(name: str, status: int, headers: dict[str, str], body: bytes = good, **more: str) -> BadInput:
        return BadInput("headers", name, status, body, headers, **more)

    return [
        case("no Content-Type", 415, {}),
        case("an empty Content-Type", 415, {"Content-Type": ""}),
        case("text", 415, {"Content-Type": "text/plain"}),
        case("form fields", 415, {"Content-Type": "application/x-www-form-urlencoded"}),
        case("an image as the body", 415, {"Content-Type": "image/png"}, picture(grey_of(1))),
        case("a type that is none", 415, {"Content-Type": "json"}),
        case("another charset", 415, {"Content-Type": "application/json; charset=utf-16"}),
        case("gzip", 415, {**JSON, "Content-Encoding": "gzip"}, zipped),
        case("deflate", 415, {**JSON, "Content-Encoding": "deflate"}, zipped),
        case("an unknown coding", 415, {**JSON, "Content-Encoding": "identity, x-nothing"}, zipped),
        case("chunked", 411, {**JSON, "Transfer-Encoding": "chunked"}, b"2\r\n{}\r\n0\r\n\r\n", announced=""),
        case("no Content-Length", 411, JSON, b"", announced=""),
        case("a Content-Length of words", 400, JSON, announced="many"),
        case("a negative Content-Length", 400, JSON, announced="-5"),
        case("a body that is too large", 413, JSON, announced=str(1 << 20 | 1)),
        case("an immense body", 413, JSON, announced="9" * 18),
        case("a body shorter than announced", 400, JSON, announced=str(len(good) + 10)),
        case("no boundary", 400, {"Content-Type": "multipart/form-data"}),
    ]


def _base64() -> list[BadInput]:
    text = in_base64(picture(grey_of(1)))
    cases: dict[str, tuple[int, object]] = {
        "empty": (422, {"image": ""}),
        "null": (422, {"image": None}),
        "a number": (422, {"image": 7}),
        "a list": (422, {"image": [text]}),
        "not base64": (422, {"image": "%%%%"}),
        "padding missing": (422, {"image": "eHg"}),
        "padding in the middle": (422, {"image": text[:40] + "==" + text[40:]}),
        "only padding": (422, {"image": "===="}),
        "only white space": (422, {"image": " \n\t"}),
        "the URL alphabet": (422, {"image": text[:40] + "-_-_" + text[40:]}),
        "not ASCII": (422, {"image": "ünïcödé"}),
        "text behind it": (422, {"image": in_base64(b"hello, this is no picture")}),
        "a data URL without base64": (422, {"image": "data:image/png," + text}),
        "a data URL without data": (422, {"image": "data:image/png;base64,"}),
        "a data URL cut off": (422, {"image": "data:"}),
        "an address": (422, {"image": "http://localhost/7.png"}),
        "a file's name": (422, {"image": "../../etc/passwd"}),
    }
    return _json("base64", cases)


def _multipart() -> list[BadInput]:
    content = picture(grey_of(1))

    def case(name: str, status: int, sent: tuple[str, bytes]) -> BadInput:
        return BadInput("multipart", name, status, sent[1], {"Content-Type": sent[0]})

    media_type, body = form(("image", content))
    return [
        case("no parts", 422, form()),
        case("another field", 422, form(("picture", content))),
        case("a field too many", 422, form(("image", content), ("label", b"7"))),
        case("both fields", 422, form(("image", content), ("file", content))),
        case("a field twice", 422, form(("image", content), ("image", content))),
        case("text instead of a file", 422, form(("image", b"hello"), names=False)),
        case("an empty file", 422, form(("image", b""))),
        case("a file that is no picture", 422, form(("image", b"hello, this is no picture"))),
        case("a thousand files", 413, form(*[("image", b"x")] * 1000)),
        case("a thousand texts", 413, form(*[("x", b"x")] * 1000, names=False)),
        case("a long text", 413, form(("image", b"x" * 300_000), names=False)),
        case("another boundary", 400, (media_type.replace("frontier", "elsewhere"), body)),
        case("cut off in the file", 400, (media_type, body[: len(body) // 2])),
        case("a part without a head", 400, (media_type, b"--frontier\r\nhello")),
        case("an empty body", 400, (media_type, b"")),
        case("no Content-Disposition", 400, (media_type, b"--frontier\r\n\r\nhello\r\n--frontier--\r\n")),
        case("a part's head without an end", 413, (media_type, b"--frontier\r\n" + b"x" * 200_000)),
    ]


def _pictures() -> list[BadInput]:
    png, jpeg = picture(grey_of(1)), picture(grey_of(1), "JPEG")
    gif = picture(grey_of(1), "GIF")
    frame_at = gif.index(b"\x2c")
    screen = (60_000).to_bytes(2, "little") * 2
    immense = gif[:6] + screen + gif[10 : frame_at + 5] + screen + gif[frame_at + 9 :]
    progressive = bytearray(picture(np.dstack([grey_of(1)] * 3), "JPEG", progressive=True))
    at = progressive.index(b"\xff\xc2")
    progressive[at + 5 : at + 9] = (9000).to_bytes(2, "big") * 2
    sent = {
        "PNG cut off": (422, png[: len(png) // 2]),
        "PNG with only its signature": (422, png[:8]),
        "PNG with a wrong checksum": (422, png[:45] + bytes([png[45] ^ 255]) + png[46:]),
        "PNG that says it has 3.6 gigapixels": (413, png_saying(60_000, 60_000)),
        "PNG that takes too much memory": (413, png_saying(6000, 6000)),
        "GIF that says it has 3.6 gigapixels": (413, immense),
        "progressive JPEG that takes too much memory": (413, bytes(progressive)),
        "HEIC's first bytes": (422, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        "TIFF cut off": (422, picture(grey_of(1), "TIFF")[:2000]),
        "JPEG cut off in its head": (422, jpeg[:100]),
        "JPEG's first bytes": (422, jpeg[:3]),
        "BMP's first bytes": (422, b"BM" + b"\0" * 20),
        "GIF's first bytes": (422, b"GIF89a"),
        "WebP's first bytes": (422, b"RIFF\x10\0\0\0WEBPVP8 "),
        "PPM": (422, picture(grey_of(1), "PPM")),
        "an icon": (422, picture(grey_of(1), "ICO")),
        "SVG": (422, b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
        "EPS": (422, b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
        "PDF": (422, b"%PDF-1.7\n"),
    }
    return [
        BadInput("picture", name, status, form(("image", content))[1], {"Content-Type": form()[0]})
        for name, (status, content) in sent.items()
    ]


def _batch() -> list[BadInput]:
    cases: dict[str, tuple[int, object]] = {
        "no images": (422, {"images": []}),
        "1,001 images": (422, {"images": [[0] * 784] * 1001}),
        "not a list": (422, {"images": 7}),
        "flat": (422, {"images": ONE}),
        "pixels": (422, {"pixels": ONE}),
        "one short image": (422, {"images": [ONE, ONE, ONE[1:]]}),
        "one bad level": (422, {"images": [ONE, [*ONE[1:], 256]]}),
        "images in base64": (422, {"images": [in_base64(picture(grey_of(1)))]}),
        "nothing but mistakes": (422, {"images": [["x"] * 784] * 1000}),
        "null": (422, {"images": [None] * 1000}),
        "a list": (422, [None, None]),
        "a number": (422, 7),
        "an empty object": (422, {}),
    }
    too_large = BadInput("batch", "over 8 MiB", 413, b"", path="/predict/batch", announced=str(8 << 20 | 1))
    as_form = BadInput("batch", "a form", 415, form()[1], {"Content-Type": form()[0]}, path="/predict/batch")
    return [*_json("batch", cases, "/predict/batch"), too_large, as_form, *_batch_of_arrays()]


def _batch_of_arrays() -> list[BadInput]:
    def saved(array: np.ndarray) -> bytes:
        file = BytesIO()
        np.save(file, array)
        return file.getvalue()

    good = saved(np.zeros((2, 28, 28), np.uint8))
    levels = {
        "no level": (422, b""),
        "half an image": (422, bytes(392)),
        "one level too many": (422, bytes(785)),
        "1,001 images": (422, bytes(1001 * 784)),
    }
    npy = {
        "nothing": (400, b""),
        "no NumPy file": (400, b"PK\3\4" + bytes(784)),
        "of a version to come": (400, good[:6] + b"\x09" + good[7:]),
        "cut off in its head": (400, good[:40]),
        "cut off in its levels": (400, good[:-1]),
        "longer than it says": (400, good + b"\0"),
        "with a head that is no Python": (400, good[:10] + b"(" * 118 + good[128:]),
        "of 9 billion images": (422, good.replace(b"(2, 28, 28), }         ", b"(9000000000, 28, 28), }")),
        "floats": (422, saved(np.zeros((2, 784)))),
        "objects": (422, saved(np.array([None] * 784))),
        "one image": (422, saved(np.zeros((28, 28), np.uint8))),
        "images of 32 px": (422, saved(np.zeros((2, 32, 32), np.uint8))),
        "a number": (422, saved(np.uint8(7))),
        "no images": (422, saved(np.zeros((0, 784), np.uint8))),
        "1,001 images": (422, saved(np.zeros((1001, 784), np.uint8))),
    }
    return [
        BadInput(
            f"batch as {kind}",
            name,
            status,
            body,
            {"Content-Type": f"application/{kind}"},
            path="/predict/batch",
        )
        for kind, cases in (("octet-stream", levels), ("x-npy", npy))
        for name, (status, body) in cases.items()
    ]


def _numbers() -> list[BadInput]:
    """What `/read` refuses: it takes pictures, and those alone."""
    text = in_base64(picture(grey_of(1)))
    cases: dict[str, tuple[int, object]] = {
        "nothing": (400, b""),
        "no JSON": (400, b"one zero three"),
        "cut off": (400, json.dumps({"image": text}).encode()[:-20]),
        "image twice": (400, b'{"image": "aGk=", "image": "aGk="}'),
        "UTF-16": (400, json.dumps({"image": text}).encode("utf-16")),
        "nested a hundred thousand deep": (400, b"[" * 100_000 + b"]" * 100_000),
        "a lone surrogate": (400, b'{"image": "\\ud800"}'),
        "null": (422, None),
        "a number": (422, 10359),
        "a list": (422, [text]),
        "an empty object": (422, {}),
        "pixels": (422, {"pixels": ONE}),
        "pixels and image": (422, {"pixels": ONE, "image": text}),
        "images": (422, {"images": [text]}),
        "an image that is null": (422, {"image": None}),
        "an image that is a number": (422, {"image": 10359}),
        "an image that is a list": (422, {"image": [text]}),
        "an empty image": (422, {"image": ""}),
        "not base64": (422, {"image": "%%%%"}),
        "base64 of words": (422, {"image": in_base64(b"one two three")}),
        "a data URL without data": (422, {"image": "data:image/png;base64,"}),
        "an address": (422, {"image": "http://localhost/numbers.png"}),
        "a field too many": (422, {"image": text, "lines": 2}),
    }
    good = json.dumps({"image": text}).encode()
    png, jpeg = picture(grey_of(1)), picture(grey_of(1), "JPEG")
    media_type = form()[0]
    as_form = {"Content-Type": media_type}
    files = {
        "PNG cut off": png[: len(png) // 2],
        "JPEG's first bytes": jpeg[:3],
        "a file of words": b"hello, this is no picture",
        "an empty file": b"",
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><text>42</text></svg>',
    }

    def case(
        name: str, status: int, body: bytes = good, headers: dict[str, str] = JSON, **more: str
    ) -> BadInput:
        return BadInput("numbers", name, status, body, headers, **{"path": "/read", **more})

    return [
        *_json("numbers", cases, "/read"),
        *[case(name, 422, form(("image", content))[1], as_form) for name, content in files.items()],
        case("two files", 422, form(("image", png), ("file", png))[1], as_form),
        case("another type", 415, headers={"Content-Type": "text/plain"}),
        case("gzip", 415, headers={**JSON, "Content-Encoding": "gzip"}),
        case("a body that is too large", 413, announced="9" * 18),
        case("a body shorter than announced", 400, announced=str(len(good) + 10)),
        case("another alphabet", 422, path="/read?alphabet=runes"),
        case("two alphabets", 422, path="/read?alphabet=digits&alphabet=digits"),
        case("by GET", 405, b"", {}, method="GET"),
    ]


def _corrections() -> list[BadInput]:
    """What `/corrections` refuses of whoever may teach, and what it refuses for want of a good secret."""
    teacher = {"X-Teacher": "a" * 32}
    sender = {**JSON, **teacher}
    good: dict[str, object] = {
        "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "alphabet": "digits", "meant": "9", "read": "4",
        "confidence": 0.5, "model": "1", "kind": "correction", "strokes": [[[1, 2, 3]]], "pixels": ONE,
    }  # fmt: skip
    changed: dict[str, dict[str, object]] = {
        "an id that is none": {"id": "7"},
        "an id that is null": {"id": None},
        "an id that is a number": {"id": 7},
        "an alphabet that is none": {"alphabet": "runes"},
        "an alphabet that is a list": {"alphabet": ["digits"]},
        "a letter as a digit": {"meant": "A"},
        "a digit as a letter": {"alphabet": "letters"},
        "two digits": {"meant": "12"},
        "no text": {"meant": ""},
        "a digit with a line break": {"meant": "9\n"},
        "a digit of another script": {"meant": "٩"},
        "a number instead of text": {"meant": 9},
        "read is a word": {"read": "four"},
        "a confidence above 1": {"confidence": 1.01},
        "a confidence below 0": {"confidence": -0.01},
        "a confidence of text": {"confidence": "0.5"},
        "a confidence that is true": {"confidence": True},
        "a model's version with spaces": {"model": "the best"},
        "a long model's version": {"model": "1" * 101},
        "a model that is null": {"model": None},
        "a kind that is none": {"kind": "guess"},
        "strokes that are none": {"strokes": []},
        "a stroke without points": {"strokes": [[]]},
        "a point without y": {"strokes": [[[1]]]},
        "a point of four numbers": {"strokes": [[[1, 2, 3, 4]]]},
        "a point of text": {"strokes": [[["1", "2"]]]},
        "a point out of this world": {"strokes": [[[1e16, 0]]]},
        "points that are objects": {"strokes": [[{"x": 1, "y": 2}]]},
        "points without strokes": {"strokes": [[1, 2], [3, 4]]},
        "101 strokes": {"strokes": [[[1, 2]]] * 101},
        "4,001 points": {"strokes": [[[1, 2]] * 4001]},
        "strokes of text": {"strokes": "M 1 2 L 3 4"},
        "783 levels": {"pixels": ONE[1:]},
        "a level above 255": {"pixels": [256, *ONE[1:]]},
        "no pixels": {"pixels": None},
        "a collection without a name": {"collection": ""},
        "a collection of spaces": {"collection": " "},
        "a collection with a NUL": {"collection": "a\0b"},
        "a collection with a line break": {"collection": "a\nb"},
        "a collection with a long name": {"collection": "x" * 65},
        "a collection that is null": {"collection": None},
        "a field too many": {"teacher": 1},
        "a time of its own": {"created": "2026-11-25T16:20:00Z"},
    }

    def case(name: str, status: int, body: bytes, headers: dict[str, str] = sender, **more: str) -> BadInput:
        return BadInput("corrections", name, status, body, headers, **{"path": "/corrections", **more})

    def sent(document: object) -> bytes:
        return json.dumps(document).encode()

    whole = sent(good)
    lacking = [{name: value for name, value in good.items() if name != left_out} for left_out in
               ("id", "alphabet", "meant", "model", "kind", "pixels")]  # fmt: skip
    return [
        *[case(name, 422, sent(good | other)) for name, other in changed.items()],
        *[case(f"without {(set(good) - set(each)).pop()}", 422, sent(each)) for each in lacking],
        case("nothing", 400, b""),
        case("cut off", 400, whole[:-20]),
        case("null", 422, b"null"),
        case("a list", 422, sent([good])),
        case("a lone surrogate", 400, whole.replace(b'"model": "1"', b'"model": "\\ud800"')),
        case("a confidence that is no number", 400, whole.replace(b"0.5", b"NaN")),
        case("meant twice", 400, whole.replace(b'"read"', b'"meant"')),
        case("another type", 415, whole, {**teacher, "Content-Type": "text/plain"}),
        case("a body that is too large", 413, whole, announced=str(1 << 20 | 1)),
        case("no secret", 422, whole, JSON),
        case("a secret that is none", 422, whole, {**JSON, "X-Teacher": "Ann"}),
        case("a list without a secret", 422, b"", {}, method="GET"),
        case("a page of none", 422, b"", teacher, method="GET", path="/corrections?limit=0"),
        case("a page of too many", 422, b"", teacher, method="GET", path="/corrections?limit=101"),
        case("a page of words", 422, b"", teacher, method="GET", path="/corrections?limit=all"),
        case("a page after what is no id", 422, b"", teacher, method="GET", path="/corrections?after=7"),
        case("two pages", 422, b"", teacher, method="GET", path="/corrections?limit=1&limit=1"),
        case(
            "a page after what isn't there",
            404,
            b"",
            teacher,
            method="GET",
            path=f"/corrections?after={good['id']}",
        ),
        case(
            "deleting what isn't there", 404, b"", teacher, method="DELETE", path=f"/corrections/{good['id']}"
        ),
        case("deleting what is no id", 404, b"", teacher, method="DELETE", path="/corrections/7"),
        case("deleting without a secret", 422, b"", {}, method="DELETE"),
        case("by PUT", 405, whole, method="PUT"),
        case(
            "a state for a secret that is none",
            422,
            b"",
            {"X-Teacher": "Ann"},
            method="GET",
            path="/teaching",
        ),
    ]


def _routes() -> list[BadInput]:
    def case(method: str, path: str, status: int) -> BadInput:
        return BadInput("route", f"{method} {path}", status, b"", {}, method, path)

    return [
        case("GET", "/predict", 405),
        case("PUT", "/predict", 405),
        case("DELETE", "/predict", 405),
        case("POST", "/health", 405),
        case("TRACE", "/predict", 405),
        case("POST", "/nothing", 404),
        case("GET", "/predict/", 404),
        case("GET", "/../etc/passwd", 404),
        case("GET", "/docs/../../app.py", 404),
        case("GET", "/%00", 404),
        case("GET", "/%ff%fe", 404),
        case("GET", "/" + "x" * 3000, 404),
    ]


def unlike_levels() -> dict[str, tuple[str, list]]:
    """Pixels that are numbers of 0..255, but no levels of ink: by name, the reason's code and the pixels."""
    levels = np.array(pixels_of(2)).reshape(28, 28)
    noise = np.random.default_rng(0).normal(0, 5, levels.shape)
    cases = {
        "0..1": ("wrong_scale", levels / 255),
        "0..1, inverted": ("wrong_scale", 1 - levels / 255),
        "0 and 1": ("wrong_scale", levels > 127),
        "0 and 1, inverted": ("wrong_scale", levels < 128),
        "dark ink": ("looks_inverted", 255 - levels),
        "dark ink on grey paper": ("looks_inverted", np.clip(190 - 0.6 * levels + noise, 0, 255)),
        "dark ink not framed": ("looks_inverted", np.roll(255 - levels, (3, -2), (0, 1))),
        "all white": ("looks_inverted", np.full((28, 28), 255)),
    }
    return {name: (code, pixels.astype(float).tolist()) for name, (code, pixels) in cases.items()}
