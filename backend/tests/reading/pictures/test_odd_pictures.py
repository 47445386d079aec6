"""Odd pictures have defined answers: read, nothing found, or refused in words; never a failure."""

import numpy as np
import pytest

from backend.reading.errors import PictureError
from backend.reading.pictures.digit import picture_to_ink
from backend.reading.settings import ReadingSettings
from backend.tests.odd_pictures import damaged, extreme, readable
from backend.tests.pictures import form, grey_of, picture
from model_training.framing import frame

MOST = ReadingSettings.max_picture_memory
REFERENCE = frame(picture_to_ink(picture(grey_of(2)), MOST).levels).astype(int)


def post(client, content):
    media_type, body = form(("image", content))
    return client.post("/predict?stages=true", data=body, content_type=media_type)


@pytest.mark.parametrize(("name", "content"), readable().items(), ids=readable())
def test_what_is_rare_is_read_as_what_is_common(name, content):
    framed = frame(picture_to_ink(content, MOST).levels).astype(int)
    assert np.abs(framed - REFERENCE).mean() < 8


@pytest.mark.parametrize("content", extreme().values(), ids=extreme())
def test_what_is_extreme_is_answered(client, content):
    answer = post(client, content)
    assert answer.status_code == 200
    assert (answer.json["digit"] is None) == (max(answer.json["pixels"]) == 0)
    assert len(answer.json["stages"]) >= 4


@pytest.mark.parametrize("content", damaged().values(), ids=damaged())
def test_what_is_damaged_is_read_or_refused_in_words(client, content):
    answer = post(client, content)
    assert answer.status_code in (200, 413, 422)
    if answer.status_code != 200:
        assert answer.json["detail"].startswith("image ")


def test_half_of_a_file_is_refused():
    for name, content in damaged().items():
        if name.endswith(("10%", "30%", "60%")):
            with pytest.raises(PictureError):
                picture_to_ink(content, MOST)
