import pytest
import tests.telephone.test_topic_calls as t

t.CALLS = (t.known_once,)
pytestmark = pytest.mark.telephone
made = t.made
test_known = t.test_who_is_known_once_books_a_series_and_what_there_is_not_is_counted
