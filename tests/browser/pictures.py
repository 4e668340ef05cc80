"""Pictures of pages, for people to look at."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page

TRIES = 3


def take_picture(page: Page, path: Path, **options: Any) -> None:
    """Chromium on a busy machine now and then says that it is unable to capture; it is asked again."""
    for _ in range(TRIES - 1):
        try:
            page.screenshot(path=path, **options)
        except Error:
            continue
        return
    page.screenshot(path=path, **options)
