"""Whether a question's meaning is nearer to what pages are asked or to what no page answers."""

import numpy as np

from bot.services.pages.nearness import left_out, nearness


def test_a_page_stands_before_what_no_page_answers_by_the_difference() -> None:
    own = np.array([[0.9, 0.6, 0.3], [0.2, 0.1, 0.0]], dtype=np.float32)
    titles = np.array([0.7, 0.1], dtype=np.float32)
    found = nearness(own, titles, own.ravel(), np.array([0.5, 0.4, 0.3, 0.0], dtype=np.float32))
    nearest, mean, before, title, *same = found[0]
    assert (round(float(nearest), 2), round(float(mean), 2), round(float(title), 2)) == (0.9, 0.6, 0.7)
    assert round(float(before), 2) == 0.4
    assert [round(float(one), 2) for one in same] == [0.5, 0.4, 0.9, 0.6, 0.4, 0.2]
    assert list(found[1][4:]) == same, "the same for every page"
    assert found[1][2] < 0 < found[0][2]


def test_a_question_is_not_near_to_itself() -> None:
    alike = np.array([1.0, 0.4], dtype=np.float32)
    assert list(left_out(alike, ["who sells tickets", "who sells fish"], "who sells tickets")) == [alike[1]]
