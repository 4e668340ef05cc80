"""The widget exists only where the office allows a site to have it."""

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from bot.settings import Settings

pytestmark = pytest.mark.api


def test_without_an_allowed_site_there_is_no_widget(client: TestClient) -> None:
    assert client.get("/embed.js").status_code == client.get("/embed").status_code == 404


@pytest.mark.parametrize("origins", ["*", "https://a.example/path", "'self'; script-src *", "ftp://a.example"])
def test_what_is_no_list_of_origins_stops_the_start(origins: str) -> None:
    with pytest.raises(ValidationError, match="widget_origins"):
        Settings(widget_origins=origins)
