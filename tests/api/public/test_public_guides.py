"""Guides, honorary residents and figures are pages for everybody: a case is chosen by links, and no page needs to sign in."""

import pytest
from fastapi.testclient import TestClient

pytestmark = pytest.mark.api


def test_a_guide_asks_and_then_tells_all_steps(client: TestClient) -> None:
    first = client.get("/guides/school_entry?lang=zh")
    assert "孩子的户口在大冶吗" in first.text
    assert "household=away" in first.text
    second = client.get("/guides/school_entry?lang=zh&household=away")
    assert "孩子要上哪一级" in second.text
    steps = client.get("/guides/school_entry?lang=zh&household=away&stage=primary").text
    assert "您的情况：户口在外地、上小学" in steps
    assert "居住证" in steps
    assert "示例" in steps
    local = client.get("/guides/school_entry?lang=zh&household=local&stage=primary").text
    assert "先办好孩子和家长的居住证" not in local
    english = client.get("/guides/school_entry?lang=en&household=away&stage=primary").text
    assert "Bring: identity card" in english


@pytest.mark.parametrize("query", ["household=nowhere", "household=away&stage=%3Cscript%3E", "stage=primary"])
def test_an_answer_that_is_none_is_asked_for(client: TestClient, query: str) -> None:
    answer = client.get(f"/guides/school_entry?lang=zh&{query}")
    assert answer.status_code == 200
    assert '<ul class="choices">' in answer.text
    assert "<script>" not in answer.text


def test_a_guide_that_does_not_exist_is_not_found(client: TestClient) -> None:
    answer = client.get("/guides/none?lang=zh")
    assert answer.status_code == 404
    assert "子女入学" in answer.text
    assert "社保转移" in client.get("/guides?lang=zh").text


@pytest.mark.parametrize(("path", "words"), [("/honours", "现在名单上还没有人"), ("/figures", "最近半年没有诉求")])
def test_empty_lists_say_so(client: TestClient, path: str, words: str) -> None:
    answer = client.get(f"{path}?lang=zh")
    assert answer.status_code == 200
    assert words in answer.text
