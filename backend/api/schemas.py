"""What goes in and out of the API: the request and answer models that validate and document it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter

from backend.reading.reasons import Reason
from backend.store.corrections import DEFAULT_COLLECTION
from model_training.framing import SIDE

PIXELS = SIDE * SIDE
MOST_IMAGES = 1000
PNG_URL = r"^data:image/png;base64,[A-Za-z0-9+/]+=*$"


def _shape_of(value: Any) -> str:
    return "nested" if isinstance(value, list) and value and isinstance(value[0], list) else "flat"


Level = Annotated[float, Field(ge=0, le=255, allow_inf_nan=False)]
# One error an image is enough: a batch of nothing but mistakes would have 784,000.
Flat = Annotated[list[Level], Field(min_length=PIXELS, max_length=PIXELS, fail_fast=True)]
Row = Annotated[list[Level], Field(min_length=SIDE, max_length=SIDE, fail_fast=True)]
Nested = Annotated[list[Row], Field(min_length=SIDE, max_length=SIDE, fail_fast=True)]
Pixels = Annotated[
    Annotated[Flat, Tag("flat")] | Annotated[Nested, Tag("nested")],
    Discriminator(_shape_of),
    Field(description="28 x 28 levels, row by row: 0 is paper, 255 is full ink. Flat (784) or nested."),
]


def _optional(schema: dict[str, Any]) -> None:
    """Document a field that may be absent, but is never null."""
    del schema["default"]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class PixelsRequest(_Strict):
    """An image as numbers."""

    pixels: Pixels


class ImageRequest(_Strict):
    """An image as a file's bytes, in text."""

    image: Annotated[
        str,
        Field(
            min_length=1,
            description="A PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC file in base64, in lines or not, alone or "
            "as a data URL.",
            json_schema_extra={"format": "picture-in-base64"},
        ),
    ]


class UploadRequest(_Strict):
    """An image as an uploaded file, in either of two fields."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    image: bytes = Field(
        default=b"",
        json_schema_extra=_optional,
        description="A PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC file.",
    )
    file: bytes = Field(default=b"", json_schema_extra=_optional, description="Another name of `image`.")


class BatchRequest(_Strict):
    """Several images as numbers."""

    images: Annotated[list[Pixels], Field(min_length=1, max_length=MOST_IMAGES)]


# No control characters, and no spaces at either end.
NAME = r"^[^\x00-\x20\x7f-\xa0]([^\x00-\x1f\x7f-\x9f]{0,62}[^\x00-\x20\x7f-\xa0])?$"
VERSION = r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,99}$"
MOST_STROKES = 100
MOST_POINTS = 4_000  # of a stroke; how many there are in all is limited by the body's size
FARTHEST = 1e15  # of a coordinate, and of a time in ms

Coordinate = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST, allow_inf_nan=False)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=3, fail_fast=True)]
Stroke = Annotated[list[Point], Field(min_length=1, max_length=MOST_POINTS, fail_fast=True)]
Strokes = Annotated[list[Stroke], Field(min_length=1, max_length=MOST_STROKES, fail_fast=True)]
Digit = Annotated[str, Field(pattern=r"^[0-9]$")]
Letter = Annotated[str, Field(pattern=r"^[A-Z]$")]
MEANT = Field(description="What was drawn: a label of the alphabet, or null for nothing that could be read.")
READ = Field(default=None, description="What the model read, or null where it recognised nothing.")


class _CorrectionFields(BaseModel):
    id: Annotated[UUID, Field(strict=False)] = Field(
        description="Made by the client, at random: sending a correction again is harmless."
    )
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = Field(
        default=None, description="The confidence of `read`."
    )
    model: str = Field(pattern=VERSION, description="The version of the model that read it.")
    kind: Literal["correction", "confirmation", "challenge"] = Field(
        description="Whether the answer was wrong, or right, or the drawing was asked for."
    )
    strokes: Strokes | None = Field(
        default=None,
        description="What was drawn: strokes of points, each `[x, y]` or `[x, y, time in ms]`, y downwards; "
        "null for what came as a picture.",
    )
    collection: str = Field(
        default=DEFAULT_COLLECTION,
        pattern=NAME,
        description="A name (a class, a device) under which lessons are kept apart.",
    )


class DigitCorrection(_Strict, _CorrectionFields):
    """A drawing, and which digit it was meant to be."""

    alphabet: Literal["digits"]
    meant: Digit | None = MEANT
    read: Digit | None = READ
    pixels: Pixels


class LetterCorrection(_Strict, _CorrectionFields):
    """A drawing, and which letter it was meant to be."""

    alphabet: Literal["letters"]
    meant: Letter | None = MEANT
    read: Letter | None = READ
    pixels: Pixels


class CorrectionResponse(_CorrectionFields):
    """A correction as it is kept."""

    created: datetime = Field(description="When it was stored.")
    alphabet: Literal["digits", "letters"]
    meant: str | None
    read: str | None
    pixels: list[Annotated[int, Field(ge=0, le=255)]] = Field(min_length=PIXELS, max_length=PIXELS)


class CorrectionsResponse(BaseModel):
    """Some of the corrections that one keeps."""

    corrections: list[CorrectionResponse] = Field(description="Newest first.")
    next: UUID | None = Field(
        description="What to send as `after` for older ones, null where there are none."
    )


class DeletedResponse(BaseModel):
    """What was deleted."""

    deleted: Annotated[int, Field(ge=0)]


class TeachingResponse(BaseModel):
    """Whether corrections are kept here, and what is kept of whoever asks."""

    teaching: Literal["off", "on", "token"] = Field(description="With `token`, of those who know the token.")
    collections: list[str] = Field(description="`default`, and those that one has used.")
    kept: Annotated[int, Field(ge=0)] = Field(description="How many corrections one keeps.")
    limit: Annotated[int, Field(ge=0)] = Field(description="How many one may keep.")


class DrawingRequest(_Strict):
    """A drawing to be shared by a short link."""

    alphabet: Literal["digits", "letters"] = Field(description="What it is to be read as.")
    strokes: Strokes = Field(
        description="Strokes of points, each `[x, y]` or `[x, y, time in ms]`, y downwards, in any unit."
    )


class DrawingResponse(BaseModel):
    """A drawing that is shared."""

    id: str = Field(
        pattern=r"^[A-Za-z0-9_-]{22}$", description="At random: whoever knows it sees the drawing."
    )
    alphabet: Literal["digits", "letters"]
    strokes: list[list[list[float]]]
    created: datetime
    ends: datetime = Field(description="From when on it is there no more.")


class SharedResponse(DrawingResponse):
    """A drawing that is shared now, and what deletes it."""

    secret: str = Field(
        pattern=r"^[0-9a-f]{32}$", description="Deletes the drawing, as a bearer token. It is told once."
    )


class SharingResponse(BaseModel):
    """Whether drawings are kept here for short links."""

    sharing: bool
    days: Annotated[int, Field(ge=0)] = Field(description="For how long, 0 where they aren't.")


class Prediction(BaseModel):
    """Which digit one image shows, or which letter if letters were asked for."""

    digit: Annotated[int, Field(ge=0, le=9)] | None = Field(
        description="The digit, or null where nothing is recognised as one; of letters always null."
    )
    character: str | None = Field(
        description="One of `labels`: the digit as text, or what else was asked for; null where nothing is "
        "recognised."
    )
    confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        description="The calibrated probability that `character` is right; the largest of `probabilities`."
    )
    probabilities: list[Annotated[float, Field(ge=0, le=1)]] = Field(
        min_length=2,
        description="One probability for each of `labels`, in their order, summing to 1: real ones where "
        "it doesn't look like one of them, all alike where there is no ink, or where the pixels are none "
        "(`wrong_scale`, `looks_inverted`).",
    )
    is_character: Annotated[float, Field(ge=0, le=1)] = Field(
        description="How probable it is that the image shows one of `labels` at all; 0 where that isn't "
        "asked, since there is no ink or the pixels are none."
    )
    reason: str = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="Why `character` is null, for people; absent where it isn't.",
    )
    reason_code: Reason = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="The same for programs; these codes stay.",
    )
    upside_down: str = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="Which of `labels` a picture shows upside down, where it does so as surely; absent "
        "elsewhere, and for pairs such as 6 and 9, which nobody can tell.",
    )


Labels = Annotated[
    list[str],
    Field(min_length=2, description='What the probabilities are of: "0" to "9", or "A" to "Z".'),
]


class Stage(BaseModel):
    """One step of the way from the picture to what the model was given."""

    name: str = Field(description="What the step shows, such as `grey`, `paper removed` or `ink`.")
    image: str = Field(
        pattern=PNG_URL,
        description="The picture at that step, a grey PNG of at most 256 px a side, as a data URL.",
    )


class PredictResponse(Prediction):
    """Which character the image shows, and what the model saw."""

    labels: Labels
    pixels: list[Annotated[int, Field(ge=0, le=255)]] = Field(
        min_length=PIXELS,
        max_length=PIXELS,
        description="The framed 28 x 28 image that the model was given, row by row.",
    )
    model: str = Field(description="The version of the model.")
    stages: list[Stage] = Field(
        default=None,  # type: ignore[arg-type]
        json_schema_extra=_optional,
        description="How the picture became ink, step by step; only where `?stages=true` asks for it.",
    )


class ReadCharacter(BaseModel):
    """One character of a number, and where it stands."""

    character: str = Field(description="One of `labels`; the most probable one.")
    confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        description="The calibrated probability of `character`; the largest of `probabilities`."
    )
    probabilities: list[Annotated[float, Field(ge=0, le=1)]] = Field(
        min_length=2, description="One probability for each of `labels`, in their order, summing to 1."
    )
    box: list[Annotated[int, Field(ge=0)]] = Field(
        min_length=4,
        max_length=4,
        description="Left, top, width and height in px of the picture that was sent, upright as EXIF has it.",
    )
    line: Annotated[int, Field(ge=0)] = Field(
        description="Which line of `text` it stands in, the first is 0."
    )
    pixels: list[Annotated[int, Field(ge=0, le=255)]] = Field(
        min_length=PIXELS,
        max_length=PIXELS,
        description="The framed 28 x 28 image that the model was given, row by row.",
    )


class ReadResponse(BaseModel):
    """The numbers on a picture, character by character."""

    text: str = Field(
        description="All characters that are read, from left to right, with a line break between lines; "
        "separators and signs of currencies are not among them. Empty where nothing is read."
    )
    confidence: Annotated[float, Field(ge=0, le=1)] = Field(
        description="The calibrated probability that all of `text` is right; 0 where it is empty."
    )
    characters: list[ReadCharacter] = Field(description="Those of `text`, in its order.")
    reason: str = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="Why `text` is empty, for people; absent where it isn't.",
    )
    reason_code: Reason = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="The same for programs; these codes stay.",
    )
    labels: Labels
    model: str = Field(description="The version of the model.")


class Layer(BaseModel):
    """What one layer of the network makes of the image."""

    name: str = Field(description="`block1`, `block2`, ... or `head`.")
    title: str
    description: str = Field(description="A sentence for whoever is new to networks.")
    shape: list[Annotated[int, Field(ge=1)]] = Field(
        min_length=1, max_length=3, description="Height, width and number of maps; of the head, its units."
    )
    columns: Annotated[int, Field(ge=1)]
    rows: Annotated[int, Field(ge=1)]
    image: str = Field(
        pattern=PNG_URL,
        description="All maps side by side without gaps, `columns` x `rows` tiles of width x height px (a "
        "unit is 1 x 1), as a grey PNG in a data URL. White is the layer's strongest response, black none.",
    )


Evidence = Annotated[list[Annotated[float, Field(ge=-1, le=1)]], Field(min_length=PIXELS, max_length=PIXELS)]


class ExplainResponse(PredictResponse):
    """Which character the image shows, and why."""

    guess: Annotated[int, Field(ge=0)] = Field(
        description="The most probable label's place in `labels`, which of digits is the digit itself, also "
        "where nothing is recognised; the first of two that are equal."
    )
    runner_up: Annotated[int, Field(ge=0)] = Field(description="The second most probable label's place.")
    saliency: Evidence = Field(
        description="For each of `pixels`: above 0 its ink speaks for the guess, below 0 against it. The "
        "strongest is 1 or -1; where there is no ink it is 0."
    )
    counter_evidence: Evidence = Field(
        description="What would make it the runner-up. Above 0: ink added here would speak for it; below 0: "
        "the ink here would have to go."
    )
    layers: list[Layer] = Field(description="From the first to the last; empty for other networks than ours.")


class BatchResponse(BaseModel):
    """Which characters the images show, in their order."""

    predictions: list[Prediction]
    labels: Labels
    model: str = Field(description="The version of the model.")


class HealthResponse(BaseModel):
    """The state of this server."""

    status: Literal["ready", "alive"]


class ModelResponse(BaseModel):
    """The facts of the model that is served, as in models/digit_cnn.json or letter_cnn.json."""

    model_config = ConfigDict(extra="allow")

    name: str
    version: str
    sha256: str
    created: str
    parameters: int
    size_bytes: int
    figures: dict[str, Any] = Field(description="Every measured figure.")
    alphabet: str = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="What the model reads, `digits` or `letters`.",
    )
    labels: Labels = Field(default=None, json_schema_extra=_optional)  # type: ignore[arg-type]


class Version(BaseModel):
    """A model that was served once, or is."""

    version: str
    parent: str | None = Field(description="The version that it learnt from; null for a trained model.")
    created: str | None
    lessons: int = Field(description="How many corrections it learnt.")
    figures: dict[str, Any] = Field(
        description="By set: `n`, and the share `answered_right` and the `loss` `before` and `after`."
    )
    served: bool
    shipped: bool = Field(description="Whether it is the trained model from which all others come.")


class VersionsResponse(BaseModel):
    """What became of a model by learning."""

    versions: list[Version] = Field(description="The newest first, the trained model last.")


class ProblemItem(BaseModel):
    """One thing that is wrong with a request."""

    location: str = Field(description='Where: "pixels[5]", "images[2][5]", "body".')
    message: str


class ProblemResponse(BaseModel):
    """Why a request has no answer (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What is wrong and what was expected, in a sentence.")
    code: str = Field(  # type: ignore[assignment]
        default=None,
        json_schema_extra=_optional,
        description="What is wrong, for programs, where the status alone doesn't say it; these codes stay.",
    )
    request_id: str = Field(description="Also in the X-Request-ID header and in the log.")
    errors: list[ProblemItem] = Field(
        default=None,  # type: ignore[arg-type]
        json_schema_extra=_optional,
        description="The first ten things that are wrong.",
    )


def _kind_of(value: Any) -> str:
    return "image" if isinstance(value, dict) and "image" in value and "pixels" not in value else "pixels"


PredictRequest = Annotated[
    Annotated[PixelsRequest, Tag("pixels")] | Annotated[ImageRequest, Tag("image")],
    Discriminator(_kind_of),
]
PREDICT_REQUEST: TypeAdapter[PixelsRequest | ImageRequest] = TypeAdapter(PredictRequest)
IMAGE_REQUEST: TypeAdapter[ImageRequest] = TypeAdapter(ImageRequest)
BATCH_REQUEST: TypeAdapter[BatchRequest] = TypeAdapter(BatchRequest)


def _alphabet_of(value: Any) -> str:
    return "letters" if isinstance(value, dict) and value.get("alphabet") == "letters" else "digits"


CorrectionRequest = Annotated[
    Annotated[DigitCorrection, Tag("digits")] | Annotated[LetterCorrection, Tag("letters")],
    Discriminator(_alphabet_of),
]
CORRECTION_REQUEST: TypeAdapter[DigitCorrection | LetterCorrection] = TypeAdapter(CorrectionRequest)
DRAWING_REQUEST: TypeAdapter[DrawingRequest] = TypeAdapter(DrawingRequest)
