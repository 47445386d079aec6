"""What the first picture would wait for, and what it would allocate for good, is done once, at the start."""

from collections.abc import Iterable

import cv2
import numpy as np

from backend.reading.classifier import Classifier
from backend.reading.line_reader import LINE_HEIGHT, WIDEST
from backend.reading.numbers import read_picture
from backend.reading.predict_picture import predict_picture
from backend.reading.settings import ReadingSettings

SIZE = 600, 800  # px, height and width
DESK, PAPER, PEN = (120, 80, 50), (240, 240, 235), (40, 30, 90)
LEFT, RIGHT, TOP, BOTTOM = 90, 710, 120, 480  # px, the paper's edges


def warm_up(classifiers: Iterable[Classifier]) -> None:
    """Let each read a picture, as a digit and as a number, and its widest line: 11 on a sheet on a desk.

    Libraries build their tables at the first use (OpenCV's of colours take 3.4 MB), and the network of lines
    keeps what its widest line took.
    """
    picture = np.full((*SIZE, 3), DESK, np.uint8)
    cv2.rectangle(picture, (LEFT, TOP), (RIGHT, BOTTOM), PAPER, cv2.FILLED)
    for x in (350, 420):
        cv2.line(picture, (x, 230), (x - 10, 370), PEN, 12, cv2.LINE_AA)
    content = cv2.imencode(".png", picture)[1].tobytes()
    most = ReadingSettings.max_picture_memory
    for classifier in classifiers:
        predict_picture(content, most, classifier)
        read_picture(content, most, classifier)
        if classifier.line_reader:
            classifier.line_reader.read(np.zeros((LINE_HEIGHT, WIDEST), np.uint8))
