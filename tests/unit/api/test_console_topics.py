"""The console finds its topics by their declarations, and none is forgotten."""

import pytest

from api.console.frame import topics
from api.console.frame.topics import CONSOLE
from bot.language import words
from bot.services.kernel.permissions import PERMISSIONS

pytestmark = pytest.mark.unit


def test_every_folder_with_pages_is_a_topic_with_all_its_routes() -> None:
    assert set(topics.topics()) == {path.parent.name for path in CONSOLE.glob("*/pages.py")}
    for name, topic in topics.topics().items():
        written = sum(path.read_text("utf-8").count(" = APIRouter(") for path in (CONSOLE / name).glob("*.py"))
        assert len(topic.routers) == written, name


def test_the_menu_begins_at_home_and_every_place_has_a_name_and_a_permission() -> None:
    menu = topics.menu()
    assert menu[0].path == "/staff"
    assert len({place.order for place in menu}) == len({place.path for place in menu}) == len(menu)
    for place in menu:
        assert place.permission in PERMISSIONS
        assert words.has(place.title), place.title


@pytest.mark.parametrize(
    ("kind", "page"),
    [("case", "/staff/cases/12345678"), ("application", "/staff/jobs"), ("what nobody declares", "/staff/queue")],
)
def test_from_what_was_revealed_the_way_leads_back_to_its_page(kind: str, page: str) -> None:
    assert topics.page_of(kind, "12345678") == page
