"""Coarse images are told from drawings, and only they get higher odds."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_training.coarseness import ODDS, is_coarse, with_coarse_odds
from model_training.framing import SIDE, frame, resample
from model_training.strokes import frame_strokes
from model_training.tests.golden_cases import ALPHABETS, PATH, pixels_of

SEVEN = frame_strokes([np.array([(0.0, 0.0), (1.0, 0.0), (0.4, 1.6)])])
BINARY = (SEVEN > 127) * np.uint8(255)
ENLARGED = frame(resample(resample(SEVEN, 9, 9), 60, 60))
BLANK = np.zeros((SIDE, SIDE), np.uint8)
FULL = np.full((SIDE, SIDE), 255, np.uint8)


def test_a_drawing_is_not_coarse_but_binarised_or_enlarged_it_is():
    images = np.stack([SEVEN, BINARY, ENLARGED, BLANK, FULL])

    assert is_coarse(images).tolist() == [False, True, True, False, False]


def test_only_coarse_images_are_likelier_to_be_characters():
    says = with_coarse_odds(
        np.array([0.2, 0.2, 0.2, 0.2]), np.stack([SEVEN, BINARY, ENLARGED, BLANK]), "digits"
    )

    raised = ODDS["digits"] * 0.25 / (1 + ODDS["digits"] * 0.25)  # the odds of 0.2 are a quarter
    np.testing.assert_allclose(says, [0.2, raised, raised, 0.2])


@given(st.lists(st.floats(0, 1), min_size=2, max_size=9))
def test_probabilities_stay_probabilities_in_their_order(scores):
    ordered = np.sort(scores)

    raised = with_coarse_odds(ordered, np.repeat(BINARY[None], len(ordered), axis=0), "digits")

    assert (np.diff(raised) >= 0).all()
    assert ((raised >= ordered - 1e-12) & (raised <= 1)).all()


def test_letters_are_judged_as_they_are():
    assert with_coarse_odds(np.array([0.2]), BINARY[None], "letters").tolist() == [0.2]


def test_no_images_are_no_scores():
    assert with_coarse_odds(np.zeros(0), np.zeros((0, SIDE, SIDE)), "digits").shape == (0,)


@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_the_golden_cases_hold_what_becomes_of_scores_of_coarse_images_and_of_others(alphabet):
    golden = json.loads(PATH.read_text())
    cases = golden["ink"] + golden["strokes"]
    images = np.stack([pixels_of(case["framed"]) for case in cases])

    says = with_coarse_odds(np.full(len(cases), golden["score"]), images, alphabet)

    np.testing.assert_allclose(says, [case["coarse_scores"][alphabet] for case in cases])
    assert 0 < is_coarse(images).sum() < len(cases)
