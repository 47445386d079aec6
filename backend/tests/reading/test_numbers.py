"""Numbers on pictures: read, left alone or refused, in bounded time whatever is on the picture."""

import dataclasses

import cv2
import numpy as np
import pytest

from backend.evaluation.written_numbers import Page, picture_of
from backend.reading.classifier import GraphClassifier
from backend.reading.numbers import MOST_LINES, read_numbers, read_picture
from backend.reading.pictures.cleaning import clean
from backend.reading.pictures.decoding import Picture
from backend.reading.settings import ReadingSettings
from backend.tests.pictures import STROKES, grey_of, number, picture, strokes_of

MOST = ReadingSettings.max_picture_memory


@pytest.fixture(scope="module")
def classifier(served):
    return GraphClassifier(served)


def answer_for(content, classifier):
    return read_picture(content, MOST, classifier)[0]


def text_on(grey, classifier):
    return answer_for(picture(grey), classifier)["text"]


@pytest.mark.parametrize("digits", ["42", "10", "0123456", "5271640312"])
@pytest.mark.parametrize("inverted", [False, True])
def test_numbers_are_read_in_either_polarity(classifier, digits, inverted):
    grey = number(digits)
    assert text_on(255 - grey if inverted else grey, classifier) == digits


def test_one_digit_is_a_number_too(classifier):
    assert text_on(grey_of(5), classifier) == "5"


def test_lines_are_read_from_the_top_down(classifier):
    assert text_on(number("502", "46", "72135"), classifier) == "502\n46\n72135"


def test_what_stands_far_apart_in_a_row_is_one_line(classifier):
    left, right = number("50", "46"), number("27", "13")
    height = min(len(left), len(right))
    room = np.full((height, 400), 255, np.uint8)
    assert text_on(np.hstack([left[:height], room, right[:height]]), classifier) == "5027\n4613"


def number_sign():
    sign = np.full((120, 84), 255, np.uint8)
    for at in (26, 48):
        sign[24:84, at : at + 6] = 0
    for at in (40, 62):
        sign[at : at + 6, 12:70] = 0
    return sign


def test_number_signs_around_an_amount_are_left_out(classifier):
    assert text_on(np.hstack([number_sign(), number("5027")[:120], number_sign()]), classifier) == "5027"


def test_a_number_sign_that_touches_the_first_digit_is_left_out(classifier):
    grey = np.hstack([number_sign()[:, :72], number("5027")[:120, 20:]])
    first = np.flatnonzero((grey[62:68, 72:] < 128).any(axis=0))[0]
    grey[62:68, 66 : 72 + first + 2] = 0
    assert text_on(grey, classifier) == "5027"


def test_a_foot_that_two_digits_share_is_no_line_beneath_them(classifier):
    grey = number("22", gap=12)
    rows, columns = (np.flatnonzero((grey < 128).any(axis=axis)) for axis in (1, 0))
    grey[rows[-1] - 5 : rows[-1] + 1, columns[0] : columns[-1] + 1] = 0
    assert text_on(grey, classifier) == "22"


def test_a_number_on_squared_paper_is_read(classifier):
    grey = number("5027")
    squares = np.full(grey.shape, 255, np.uint8)
    squares[11::24] = squares[12::24] = 175
    squares[:, 7::24] = squares[:, 8::24] = 175
    photograph = picture(np.minimum(grey, squares), "JPEG", quality=85)
    assert answer_for(photograph, classifier)["text"] == "5027"


def read_right_of_16(count, classifier):
    """How many of 16 pictures of `count` touching digits are read right."""
    writer = {str(digit): [strokes_of(digit)] for digit in STROKES}
    right = 0
    for seed in range(16):
        page = Page(touching=1.0, digits=(count, count))
        content, text = picture_of(page, writer, np.random.default_rng(seed))
        right += answer_for(content, classifier)["text"] == text
    return right


def test_touching_digits_are_read_whole_or_parted(classifier, served):
    without = GraphClassifier(dataclasses.replace(served, line_graph=None))
    assert read_right_of_16(2, classifier) >= 13
    assert read_right_of_16(3, classifier) >= 11
    assert 5 <= read_right_of_16(3, without) < read_right_of_16(3, classifier)


def test_every_digit_that_was_read_whole_has_a_box_of_its_own(classifier):
    writer = {str(digit): [strokes_of(digit)] for digit in STROKES}
    for seed in range(8):
        content, _ = picture_of(Page(touching=1.0, digits=(5, 5)), writer, np.random.default_rng(seed))
        answer = answer_for(content, classifier)
        middles = [each["box"][0] + each["box"][2] / 2 for each in answer["characters"]]
        assert middles == sorted(set(middles))
        for each in answer["characters"]:
            assert np.argmax(each["probabilities"]) == int(each["character"])
            assert sum(each["probabilities"]) == pytest.approx(1, abs=1e-3)
            assert max(each["pixels"]) == 255


@pytest.mark.parametrize("mark", ["dot", "comma", "dash", "equals", "stroke"])
def test_what_stands_between_digits_is_not_read(classifier, mark):
    grey = number("50", "2", gap=40)[:140]
    digits = np.hstack([grey[:, :180], np.full((140, 60), 255, np.uint8), number("27", gap=40)[:140, 20:]])
    at = np.s_[:, 180:240]
    spot = digits[at]
    if mark in ("dot", "comma"):
        spot[92:99, 25:32] = 0
    if mark == "comma":
        spot[98:108, 23:29] = 0
    if mark in ("dash", "equals"):
        spot[66:72, 15:45] = 0
    if mark == "equals":
        spot[80:86, 15:45] = 0
    if mark == "stroke":
        for row in range(30, 112):
            left = 46 - (row - 30) * 32 // 82
            spot[row, left : left + 6] = 0
    assert text_on(digits, classifier) == "5027"


def test_an_underlined_number_is_read_without_the_line(classifier):
    grey = number("5027")
    grey[-18:-13, 20:-20] = 0
    assert text_on(grey, classifier) == "5027"


def test_the_confidence_is_lower_where_a_digit_is_doubtful(classifier):
    clear = answer_for(picture(number("502")), classifier)
    spoilt = number("502")
    spoilt[50:84, 40:50] = 0
    assert answer_for(picture(spoilt), classifier)["confidence"] < clear["confidence"]
    assert clear["confidence"] > 0.9


def specks(count):
    rng = np.random.default_rng(0)
    grey = np.full((800, 800), 255, np.uint8)
    grey[rng.integers(0, 800, count), rng.integers(0, 800, count)] = 0
    return grey


def barcode():
    rng = np.random.default_rng(1)
    bars = np.repeat(rng.integers(0, 2, 90), rng.integers(2, 7, 90)).astype(np.uint8)
    grey = np.full((300, len(bars) + 80), 255, np.uint8)
    grey[60:240, 40:-40] = 255 * (1 - bars)
    return grey


def page_of_writing():
    """Lines of scribbled words, as joined-up writing looks from afar."""
    rng = np.random.default_rng(2)
    grey = np.full((1000, 800), 255, np.uint8)
    for top in range(60, 940, 40):
        x = 50.0
        while x < 700:
            length = int(rng.integers(30, 90))
            heights = np.cumsum(rng.normal(0, 2.5, length))
            rows = np.clip(top + heights - heights.mean(), top - 12, top + 12).astype(int)
            for step, row in enumerate(rows):
                grey[row : row + 4, int(x) + step : int(x) + step + 3] = 20
            x += length + 25
    return grey


def test_paper_without_writing_holds_no_number(classifier):
    for level in (0, 128, 255):
        answer = answer_for(picture(np.full((300, 400), level, np.uint8)), classifier)
        assert (answer["text"], answer["reason_code"]) == ("", "nothing_found")


@pytest.mark.parametrize(
    "grey", [specks(60_000), barcode(), page_of_writing()], ids=["specks", "bars", "page"]
)
def test_what_holds_no_numbers_has_a_defined_answer(classifier, grey):
    answer = answer_for(picture(grey), classifier)
    assert answer["text"] == ""
    assert answer["characters"] == []
    assert answer["reason_code"] in ("nothing_found", "not_a_character")


class Counting:
    """A stand-in that counts what it is asked."""

    def __init__(self, stand_in):
        self.stand_in, self.alphabet, self.threshold, self.asked = stand_in, stand_in.alphabet, 0.4, 0
        self.line_reader = None

    def classify(self, pixels):
        self.asked += len(pixels)
        return self.stand_in.classify(pixels)


@pytest.mark.parametrize("seed", range(3))
def test_noise_asks_the_model_no_more_than_a_page_of_writing_does(stand_in, seed):
    rng = np.random.default_rng(seed)
    grey = (255 * (rng.random((100, 100)) > 0.25)).astype(np.uint8)
    grey = np.repeat(np.repeat(grey, 8, axis=0), 8, axis=1)
    counting = Counting(stand_in)
    colours = np.dstack([grey] * 3)
    numbers = read_numbers(clean(Picture(colours, False)), counting)
    assert counting.asked < 8000
    assert len(numbers.lines) <= MOST_LINES


@pytest.mark.slow
def test_four_hundred_digits_are_read(classifier):
    rng = np.random.default_rng(3)
    lines = ["".join(rng.choice(list("01234567"), 20)) for _ in range(20)]
    grey = number(*lines, height=20, pen=2.4, gap=9)
    read = text_on(grey, classifier).split("\n")
    assert [len(line) for line in read] == [20] * 20
    right = np.mean([a == b for x, y in zip(lines, read, strict=True) for a, b in zip(x, y, strict=True)])
    assert right > 0.97


def test_digits_that_touch_a_box_around_the_number_are_read(classifier):
    grey = number("5027")
    rows, columns = np.nonzero(grey < 128)
    boxed = np.where(grey < 128, 30, 230).astype(np.uint8)
    boxed = np.pad(boxed, 40, constant_values=230)
    low = np.array([columns.min(), rows.min()]) + 40
    high = np.array([columns.max(), rows.max()]) + 40
    cv2.rectangle(boxed, (low - (20, 14)).tolist(), (high + (1, 14)).tolist(), 130, 3)
    boxed += np.random.default_rng(0).integers(0, 8, boxed.shape, np.uint8)  # as a camera does
    assert text_on(boxed, classifier) == "5027"
