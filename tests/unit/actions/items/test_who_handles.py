"""An item is told whole for the eye, and by what was asked for the ear."""

from collections.abc import Callable

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.core.turn import Said
from actions.items.items import reply, tell
from bot import wiring
from bot.services.items.items import Catalogue, read_items
from bot.services.pages.knowledge import load
from bot.settings import ROOT
from bot.store.store import Store

PAGES = load(ROOT / "data" / "knowledge")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(read_items(ROOT / "data" / "items"))


def told(catalogue: Catalogue, said: Said) -> dict[str, object]:
    dispatcher = CollectingDispatcher()
    item = catalogue.find(said.text, said.language)
    assert item is not None
    tell(item, said, dispatcher)
    message: dict[str, object] = dispatcher.messages[0]
    return message


def test_the_eye_gets_everything_and_the_ear_what_was_asked(catalogue: Catalogue, said: Callable[..., Said]) -> None:
    message = told(catalogue, said("残疾证要带什么材料", "who_handles"))
    assert "公共服务部" in str(message["text"])
    assert "要带" in str(message["text"])
    custom = message["custom"]
    assert isinstance(custom, dict)
    assert "要带" in custom["spoken"]
    assert "归公共服务部管" not in custom["spoken"]
    assert "示例" in custom["spoken"], "that it is not confirmed is said as well"
    assert custom["sources"] == []


def test_what_the_plan_says_has_its_section(catalogue: Catalogue, said: Callable[..., Said]) -> None:
    message = told(catalogue, said("which department handles illegal building", "who_handles", language="en"))
    custom = message["custom"]
    assert isinstance(custom, dict)
    assert {source["section"] for source in custom["sources"]} == {"3.2", "5.1"}
    assert "within 3 days" in str(message["text"])
    assert "example" not in str(message["text"])


def test_the_actions_find_the_catalogue(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "store", lambda: sqlite_store)
    assert "subsistence_allowance" in wiring.items().items


def test_a_page_that_leaves_it_open_is_told_as_it_is(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, said: Callable[..., Said]
) -> None:
    monkeypatch.setattr(wiring, "store", lambda: sqlite_store)
    monkeypatch.setattr(wiring, "knowledge", lambda: PAGES)
    dispatcher = CollectingDispatcher()
    reply(said("我们这一家归哪位党员联系", "who_handles"), dispatcher)
    [message] = dispatcher.messages
    assert message["text"] == PAGES.pages["party_my_member"].text["zh"]
    assert message["custom"]["sources"] == []


def test_who_handles_what_nothing_speaks_of_is_not_known(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, said: Callable[..., Said]
) -> None:
    monkeypatch.setattr(wiring, "store", lambda: sqlite_store)
    monkeypatch.setattr(wiring, "knowledge", lambda: PAGES)
    dispatcher = CollectingDispatcher()
    reply(said("which department is responsible for space rockets", "who_handles", language="en"), dispatcher)
    assert [message.get("response") for message in dispatcher.messages] == ["utter_no_such_item"]
