"""Lines out of pictures say truly what stands on them, and none is of what is never tuned on."""

import numpy as np
import pytest

from backend.evaluation.picture_lines import PictureWriter, is_whole, lines_of, save, some_page
from backend.evaluation.written_numbers import Page, picture_of
from backend.reading.line_reader import LINE_HEIGHT, STEP
from backend.reading.pictures.decoding import decode
from backend.reading.settings import ReadingSettings
from model_training.string_data import MOST_CHARACTERS, NO_DIGIT
from model_training.stroke_alphabet import DIGIT_GLYPHS, glyphs
from model_training.tests.test_string_data import drawings, scanned


class Reads:
    """A reader of lines that reads the same on each of them."""

    def __init__(self, digits: list[int]):
        outputs = [each for digit in digits for each in (digit, NO_DIGIT)] or [NO_DIGIT]
        self._outputs = np.log(np.eye(NO_DIGIT + 1)[outputs] + 1e-6)

    def read(self, ink: np.ndarray) -> np.ndarray:
        return self._outputs


def picture(page: Page, seed: int = 1) -> tuple[bytes, str]:
    person = {name[0]: [strokes] for name, strokes in glyphs(DIGIT_GLYPHS).items()}
    return picture_of(page, person, np.random.default_rng(seed))


def test_no_page_is_of_what_is_never_tuned_on():
    rng = np.random.default_rng(0)
    pages = [some_page(rng) for _ in range(500)]
    assert not any(page.print_ == "comb" for page in pages)
    assert not any(page.print_ == "squared" and page.touching for page in pages)
    assert not any(page.fit and page.around for page in pages)


@pytest.mark.parametrize("page", [Page(), Page(lines=(3, 3)), Page(print_="underline")])
def test_every_line_of_a_picture_comes_with_its_digits(page):
    content, text = picture(page)
    lines = lines_of(content, text, page.print_ == "underline")
    assert ["".join(map(str, digits)) for _, digits in lines] == text.split("\n")
    for ink, _ in lines:
        assert ink.dtype == np.uint8
        assert ink.shape[0] == LINE_HEIGHT
        assert ink.shape[1] % STEP == 0
        assert ink.max() > 200


def test_of_a_picture_on_which_more_or_less_was_found_than_written_there_is_no_line():
    content, text = picture(Page())
    assert lines_of(content, f"{text}\n{text}", False) == []
    content, text = picture(Page(lines=(2, 2)))
    assert lines_of(content, text.replace("\n", ""), False) == []


def test_a_line_that_lost_digits_is_told_by_the_reader():
    line = np.zeros((LINE_HEIGHT, STEP), np.uint8), [1, 2, 3, 4, 5, 6]
    assert is_whole(line, Reads([1, 2, 3, 4, 5, 6]))
    assert is_whole(line, Reads([1, 2, 8, 4, 5]))
    assert not is_whole(line, Reads([1, 2, 3]))


def test_people_write_with_their_own_digits():
    content, text, underlined = PictureWriter(scanned(), drawings(), (0, 0)).write()
    assert decode(content, ReadingSettings.max_picture_memory).colours.ndim == 3
    assert set(text) <= set("0123456789\n")
    assert isinstance(underlined, bool)


def test_lines_of_one_width_are_kept_together(tmp_path):
    path = tmp_path / "new" / "lines.npz"
    narrow, wide = (np.full((LINE_HEIGHT, width), width, np.uint8) for width in (32, 64))
    save([(narrow, [1]), (wide, [2, 3]), (narrow, [4, 5, 6])], path)
    with np.load(path) as archive:
        assert sorted(archive.files) == ["labels 32", "labels 64", "lines 32", "lines 64"]
        assert archive["lines 32"].shape == (2, LINE_HEIGHT, 32)
        assert archive["labels 32"][:, :4].tolist() == [[1, 10, 10, 10], [4, 5, 6, 10]]
        assert archive["labels 64"].shape == (1, MOST_CHARACTERS)
    assert [each.name for each in path.parent.iterdir()] == ["lines.npz"]
