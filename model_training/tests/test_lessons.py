import numpy as np
import pytest

from model_training.alphabets import DIGITS, LETTERS
from model_training.datasets import Drawing
from model_training.lessons import LessonsError, part, read_lessons, variants
from model_training.replay import own_characters
from model_training.tests.exports import by_hand, write_export

BAR = np.array([[0.5, 0.0], [0.5, 1.0]])
HOOK = np.array([[0.2, 0.0], [0.8, 0.0], [0.3, 1.0]])


def test_lessons_hold_what_was_exported(tmp_path):
    drawings = [Drawing((BAR,), "1", 4), Drawing((HOOK, BAR), "7", 5)]
    lessons = read_lessons(write_export(tmp_path / "corrections.npz", drawings), DIGITS)
    assert lessons.labels.tolist() == [1, 7]
    assert lessons.meant == ["1", "7"]
    assert lessons.teachers.tolist() == [4, 5]
    assert [len(d.strokes) for d in lessons.drawings] == [1, 2]
    assert np.allclose(lessons.drawings[1].strokes[0], HOOK)
    assert lessons.images.shape == (2, 28, 28)


def test_nothing_and_what_is_beyond_the_alphabet_mean_no_character(tmp_path):
    drawings = [Drawing((BAR,), "", 1), Drawing((HOOK,), "F", 1)]
    lessons = read_lessons(write_export(tmp_path / "corrections.npz", drawings), DIGITS)
    assert lessons.meant == ["nothing", "nothing"]


def test_a_letter_means_the_same_in_either_case_and_digits_arent_mixed_in(tmp_path):
    path = write_export(tmp_path / "corrections.npz", [Drawing((HOOK,), "r", 1)], "letters")
    assert read_lessons(path, LETTERS).meant == ["R"]
    assert len(read_lessons(path, DIGITS)) == 0


def test_of_the_same_drawing_the_last_meaning_counts(tmp_path):
    drawings = [Drawing((HOOK,), "1", 1), Drawing((BAR,), "1", 1), Drawing((HOOK,), "7", 1)]
    assert read_lessons(write_export(tmp_path / "c.npz", drawings), DIGITS).meant == ["1", "7"]


def test_a_picture_has_no_strokes_and_an_empty_one_is_no_lesson(tmp_path):
    picture = np.zeros((2, 28, 28), np.uint8)
    picture[0, 4:24, 13:15] = 255
    drawings = [Drawing((), "1", 1), Drawing((), "2", 1)]
    lessons = read_lessons(write_export(tmp_path / "c.npz", drawings, images=picture), DIGITS)
    assert lessons.drawings == (None,)


def test_there_may_be_no_lessons_at_all(tmp_path):
    assert len(read_lessons(write_export(tmp_path / "c.npz", []), DIGITS)) == 0


def test_what_is_no_export_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(LessonsError, match=r"backend\.store export"):
        read_lessons(tmp_path / "nowhere.npz", DIGITS)
    damaged = tmp_path / "damaged.npz"
    damaged.write_text("cut off")
    with pytest.raises(LessonsError, match="can't be read"):
        read_lessons(damaged, DIGITS)
    np.savez(tmp_path / "other.npz", images=np.zeros(3))
    with pytest.raises(LessonsError, match="missing: meant"):
        read_lessons(tmp_path / "other.npz", DIGITS)
    for wrong in ({"stroke_lengths": np.array([5])}, {"images": np.zeros((1, 28, 28))}, {"id": np.array([])}):
        with pytest.raises(LessonsError, match="don't fit together"):
            read_lessons(write_export(tmp_path / "c.npz", [Drawing((BAR,), "1", 1)], **wrong), DIGITS)


def test_a_fifth_is_held_out_and_a_lesson_never_changes_sides(tmp_path):
    own = own_characters(DIGITS)
    drawings = [d for i, glyph in enumerate(own) for d in by_hand(glyph.strokes, glyph.label, 10, seed=i)]
    lessons = read_lessons(write_export(tmp_path / "all.npz", drawings), DIGITS)
    learnt, held_out = part(lessons)
    assert not {i.tobytes() for i in learnt.images} & {i.tobytes() for i in held_out.images}
    assert len(learnt) + len(held_out) == len(lessons)
    assert 0.1 < len(held_out) / len(lessons) < 0.3
    fewer = read_lessons(write_export(tmp_path / "some.npz", drawings[::3]), DIGITS)
    assert {i.tobytes() for i in part(fewer)[0].images} <= {i.tobytes() for i in learnt.images}


def test_variants_are_of_the_same_meaning_and_no_two_alike(tmp_path):
    images = np.zeros((2, 28, 28), np.uint8)
    images[:, 4:24, 13:15] = 255
    images[1, 4:6, 8:20] = 255
    drawings = [Drawing((), "1", 1), Drawing((HOOK,), "7", 1)]
    lessons = read_lessons(write_export(tmp_path / "c.npz", drawings, images=images), DIGITS)
    drawn = variants(lessons, 5, seed=1)
    assert drawn.labels.tolist() == [1, 7] + [1] * 5 + [7] * 5
    assert len(np.unique(drawn.images, axis=0)) == len(drawn)
    assert drawn.images.any(axis=(1, 2)).all()
    assert np.array_equal(drawn.images, variants(lessons, 5, seed=1).images)
