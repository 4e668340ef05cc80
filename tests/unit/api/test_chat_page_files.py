"""How the chat page is served: strict about what it may load, kept by browsers, never mixed with an older version."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.webchat.page import MEDIA_TYPES, STATIC, files, fingerprint, router

pytestmark = pytest.mark.unit


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_the_page_may_load_only_what_is_ours(client: TestClient) -> None:
    policy = client.get("/").headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not [part for part in policy if "unsafe" in part or "*" in part or "http" in part]


def test_the_page_names_no_outside_address_and_holds_no_inline_code() -> None:
    for name, file in files().items():
        text = file.body.decode().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://", text), name
        assert not re.search(r"\sstyle=|\son\w+=|<style|innerHTML|insertAdjacentHTML", text), name
    for script in re.findall(r"<script[^>]*>(.*?)</script>", files()["index.html"].body.decode()):
        assert script == ""


def test_every_file_that_the_page_names_is_there(client: TestClient) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text)
    assert len(named) > 3
    for address in named:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_script_that_a_script_imports_is_there() -> None:
    for name, file in files().items():
        for imported in re.findall(r'from "\./([^"]+)"', file.body.decode()):
            assert imported in files(), name


def test_an_unchanged_page_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/")
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_older_version_gets_the_present_file_and_does_not_keep_it(client: TestClient) -> None:
    answer = client.get("/static/0123456789abcdef/chat.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["index.html", "nothing.js", "..%2fpage.py", "%2e%2e/page.py"])
def test_only_the_files_of_the_page_can_be_asked_for(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{fingerprint()}/{name}").status_code == 404


def test_the_page_answers_head(client: TestClient) -> None:
    assert client.head("/").status_code == 200


def test_every_file_in_the_folder_is_of_a_kind_we_serve() -> None:
    assert {path.suffix for path in STATIC.iterdir()} <= MEDIA_TYPES.keys()
