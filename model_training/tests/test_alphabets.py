import pytest

from model_training.alphabets import ALPHABETS, DIGITS, LETTERS


def test_a_letter_is_one_label_in_either_case():
    assert LETTERS.index("a") == LETTERS.index("A") == 0
    assert LETTERS.index("z") == len(LETTERS) - 1 == 25


@pytest.mark.parametrize(
    ("alphabet", "label"), [(DIGITS, "a"), (LETTERS, "7"), (LETTERS, "ä"), (LETTERS, "")]
)
def test_what_is_no_label_has_no_output(alphabet, label):
    with pytest.raises(ValueError, match="not in tuple"):
        alphabet.index(label)


def test_each_alphabet_names_its_files_and_its_refusing_output():
    assert [(a.network, a.is_one) for a in ALPHABETS.values()] == [
        ("digit_cnn", "is_digit"),
        ("letter_cnn", "is_letter"),
    ]
